from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "complaints.registers"
    label = "registers"
    verbose_name = _("Proposals, conclusions and measures")

    def ready(self):
        import_string("kazservices.flow.deskpages.register")(
            "registers", import_string("complaints.registers.desk.page.PAGE")
        )
        import_string("kazservices.flow.casepages.register")(import_string("complaints.registers.desk.case.PAGE"))
        import_string("kazservices.flow.sweeps.register")(
            "measures", import_string("complaints.registers.warning.warn_of_overdue")
        )
