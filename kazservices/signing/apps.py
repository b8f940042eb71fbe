from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "kazservices.signing"
    label = "signing"
