from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "kazservices.counter"
    label = "counter"
