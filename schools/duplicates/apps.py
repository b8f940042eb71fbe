from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class DuplicatesConfig(AppConfig):
    name = "schools.duplicates"
    label = "duplicates"
    verbose_name = _("Education documents")

    def ready(self):
        import_string("calendars.rules.register")(*import_string("schools.duplicates.rules.RULES"))
        declare = import_string("kazservices.documents.kinds.declare")
        wanted = import_string("schools.duplicates.papers.WANTED")
        declare("duplicate", _("duplicate"), wanted=wanted["duplicate"], two_handed=True)
        declare("duplicate_refusal", _("reasoned refusal"), wanted=wanted["duplicate_refusal"])
        import_string("schools.duplicates.manifest.DUPLICATES").register()
        import_string("schools.duplicates.manifest.ORIGINALS").register()
        import_string("kazservices.flow.demo.register")(import_string("schools.duplicates.demo.fill"))
