from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "kazservices.documents"
    label = "documents"
