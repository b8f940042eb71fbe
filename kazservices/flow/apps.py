from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "kazservices.flow"
    label = "flow"
