from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kazservices.notices"
    label = "notices"
