from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class BundlesConfig(AppConfig):
    name = "complaints.bundles"
    label = "bundles"
    verbose_name = _("Case files")

    def ready(self):
        import_string("kazservices.flow.casepages.register")(import_string("complaints.bundles.pages.PAGE"))
        import_string("kazservices.flow.sweeps.register")(
            "case_files", import_string("complaints.bundles.making.make_waiting")
        )
