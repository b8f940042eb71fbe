from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self):
        import_string("calendars.rules.register")(*import_string("complaints.rules.RULES"))
        import_string("complaints.papers.declare_kinds")()
        import_string("complaints.manifest.COMPLAINT").register()
        import_string("kazservices.flow.demo.register")(import_string("complaints.demo.fill"))
