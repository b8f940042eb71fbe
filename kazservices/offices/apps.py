from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "kazservices.offices"
    label = "offices"
