from django.apps import AppConfig


class RootsConfig(AppConfig):
    name = "kazservices.cases.roots"
    label = "roots"
