"""All addresses: the citizens' face at the root, the staff's in the admin, the auditors' reports."""

from django.urls import include, path

from kazservices.portal.views.public import choose_language

urlpatterns = [
    path("i18n/setlang/", choose_language, name="set_language"),
    path("api/v1/", include("kazservices.api.urls")),
    path("tokens/", include("kazservices.api.tokenpages.urls")),
    path("reports/", include("kazservices.reports.urls")),
    path("", include("kazservices.backoffice.urls")),
    path("", include("kazservices.portal.urls")),
]

handler403 = "kazservices.portal.views.errors.forbidden"
handler404 = "kazservices.portal.views.errors.not_found"
handler500 = "kazservices.portal.views.errors.broken"
