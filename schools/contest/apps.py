from django.apps import AppConfig
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class ContestConfig(AppConfig):
    name = "schools.contest"
    label = "contest"
    verbose_name = _("Contest to specialised schools")

    def ready(self):
        import_string("calendars.rules.register")(*import_string("schools.contest.rules.RULES"))
        import_string("schools.contest.papers.declare_kinds")()
        import_string("schools.contest.campaign.CAMPAIGN").register()
        import_string("schools.contest.manifest.APPLICATION").register()
        import_string("kazservices.flow.demo.register")(import_string("schools.contest.demo.fill"))
