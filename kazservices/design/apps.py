from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "kazservices.design"
    label = "design"
