from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "kazservices.cases"
    label = "cases"
