from django.apps import AppConfig
from django.contrib.admin import apps as admin


class BackofficeConfig(AppConfig):
    name = "kazservices.backoffice"
    label = "backoffice"
    default = True


class StaffAdminConfig(admin.AdminConfig):
    """Django's admin with our site: the index is Today, and the case pages stand inside."""

    default = False
    default_site = "kazservices.backoffice.site.StaffSite"
