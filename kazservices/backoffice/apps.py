from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "kazservices.backoffice"
    label = "backoffice"
