from django.apps import AppConfig
from django.core.checks import register

from kazservices.checks import clock_is_lawful


class ClockConfig(AppConfig):
    name = "kazservices.clock"
    label = "clock"

    def ready(self):
        register(clock_is_lawful)
