from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class SimpleConfig(AppConfig):
    name = "kazservices.simple"
    label = "simple"
    verbose_name = _("Services that run from their file")

    def ready(self):
        import_string("kazservices.simple.papers.declare_kinds")()
        import_string("kazservices.simple.introducing.introduce_all")()
        register(import_string("kazservices.simple.checks.files_are_in_order"))
        import_string("kazservices.flow.demo.register")(import_string("kazservices.simple.demo.fill"))
