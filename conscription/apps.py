from django.apps import AppConfig


class ConscriptionConfig(AppConfig):
    name = "conscription"
