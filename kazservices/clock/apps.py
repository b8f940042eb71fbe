from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "kazservices.clock"
    label = "clock"
