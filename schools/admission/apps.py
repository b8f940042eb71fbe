from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class AdmissionConfig(AppConfig):
    name = "schools.admission"
    label = "admission"
    verbose_name = _("Admission to school")

    def ready(self):
        import_string("schools.admission.papers.declare_kinds")()
        import_string("calendars.rules.register")(*import_string("schools.admission.rules.RULES"))
        for name in ("ADMISSION", "CLASSES", "ORDER"):
            import_string(f"schools.admission.manifest.{name}").register()
        import_string("kazservices.flow.demo.register")(import_string("schools.admission.demo.fill"))
