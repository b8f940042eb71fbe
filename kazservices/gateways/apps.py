from django.apps import AppConfig


class GatewaysConfig(AppConfig):
    name = "kazservices.gateways"
    label = "gateways"
