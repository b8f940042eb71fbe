from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import import_string


class BackupsConfig(AppConfig):
    name = "kazservices.backups"
    label = "backups"

    def ready(self):
        register(import_string("kazservices.backups.checks.no_restore_was_killed"), Tags.database)
