from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "kazservices.deadlines"
    label = "deadlines"
