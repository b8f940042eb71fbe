from django.urls import include, path

urlpatterns = [
    path("", include("kazservices.backoffice.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
