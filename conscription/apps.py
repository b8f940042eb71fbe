from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ConscriptionConfig(AppConfig):
    name = "conscription"
    verbose_name = _("Call-up")

    def ready(self):
        import_string("calendars.rules.register")(*import_string("conscription.rules.RULES"))
        import_string("conscription.manifest.DEFERRAL").register()
        import_string("conscription.manifest.EXEMPTION").register()
        import_string("kazservices.flow.demo.register")(import_string("conscription.demo.filling.fill"))
