from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "kazservices.portal"
    label = "portal"
