from django.urls import path

from .views import cabinet, check, entry, public, sending, wizard

app_name = "portal"

urlpatterns = [
    path("", public.home, name="home"),
    path("services/<slug:code>/", public.service, name="service"),
    path("services/<slug:code>/apply/", wizard.apply, name="apply"),
    path("help/", public.page, {"name": "help"}, name="help"),
    path("accessibility/", public.page, {"name": "accessibility"}, name="accessibility"),
    path("personal-data/", public.page, {"name": "personal_data"}, name="personal-data"),
    path("check/", check.check, name="check"),
    path("check/<str:code>/", check.checked, name="checked"),
    path("enter/", entry.enter, name="enter"),
    path("enter/code/", entry.enter_code, name="enter-code"),
    path("leave/", entry.leave, name="leave"),
    path("drafts/<uuid:ref>/", sending.resume, name="draft"),
    path("drafts/<uuid:ref>/category/", wizard.category, name="category"),
    path("drafts/<uuid:ref>/details/", wizard.details, name="details"),
    path("drafts/<uuid:ref>/consent/", wizard.consent, name="consent"),
    path("drafts/<uuid:ref>/papers/", wizard.documents, name="papers"),
    path("drafts/<uuid:ref>/papers/<int:attachment>/away/", wizard.take_away, name="take-away"),
    path("drafts/<uuid:ref>/review/", sending.review, name="review"),
    path("drafts/<uuid:ref>/sign/", sending.sign, name="sign"),
    path("drafts/<uuid:ref>/discard/", sending.discard, name="discard"),
    path("cases/", cabinet.cases, name="cases"),
    path("cases/<uuid:ref>/", cabinet.case, name="case"),
    path("cases/<uuid:ref>/why/<int:clock_id>/", cabinet.why, name="why"),
    path("cases/<uuid:ref>/opened/", cabinet.opened, name="opened"),
    path("cases/<uuid:ref>/hearing.ics", cabinet.invitation, name="invitation"),
    path("cases/<uuid:ref>/do/<slug:name>/", cabinet.move, name="move"),
    path("cases/<uuid:ref>/papers/<int:paper_id>/", cabinet.paper, name="paper"),
    path("cases/<uuid:ref>/files/<int:attachment_id>/", cabinet.file, name="file"),
    path("letters/", cabinet.letters, name="letters"),
    path("letters/<uuid:key>/", cabinet.letter, name="letter"),
]
