from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "kazservices.reports"
    label = "reports"
