from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "kazservices.api"
    label = "api"
