from django.apps import AppConfig


class PassportsConfig(AppConfig):
    name = "kazservices.passports"
    label = "passports"
