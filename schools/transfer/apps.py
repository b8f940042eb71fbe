from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class TransferConfig(AppConfig):
    name = "schools.transfer"
    label = "transfer"
    verbose_name = _("Transfer between schools")

    def ready(self):
        import_string("calendars.rules.register")(*import_string("schools.transfer.rules.RULES"))
        import_string("schools.transfer.papers.declare_kinds")()
        import_string("schools.transfer.manifest.TRANSFER").register()
        import_string("kazservices.flow.demo.register")(import_string("schools.transfer.demo.fill"))
