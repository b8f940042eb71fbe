"""The addresses of the interface; whatever else stands under it is a problem in its own shape."""

from django.urls import path, re_path

from .views import cases, drafts, moves, pages, public, report

app_name = "api"

urlpatterns = [
    path("", pages.page, name="page"),
    path("schema/", pages.schema, name="schema"),
    path("services/", public.Services.as_view(), name="services"),
    path("services/<slug:code>/", public.Passport.as_view(), name="service"),
    path("services/<slug:code>/reckoning/", public.Reckoning.as_view(), name="reckoning"),
    path("offices/", public.Offices.as_view(), name="offices"),
    path("token/", cases.Token.as_view(), name="token"),
    path("drafts/", drafts.Drafts.as_view(), name="drafts"),
    path("drafts/<uuid:ref>/", drafts.OneDraft.as_view(), name="draft"),
    path("drafts/<uuid:ref>/power/", drafts.DraftPower.as_view(), name="draft-power"),
    path("drafts/<uuid:ref>/consent/", drafts.DraftConsent.as_view(), name="draft-consent"),
    path("drafts/<uuid:ref>/files/", drafts.DraftFiles.as_view(), name="draft-files"),
    path("drafts/<uuid:ref>/files/<int:attachment>/", drafts.DraftFile.as_view(), name="draft-file"),
    path("drafts/<uuid:ref>/code/", drafts.DraftCode.as_view(), name="draft-code"),
    path("drafts/<uuid:ref>/submission/", drafts.Submission.as_view(), name="submission"),
    path("cases/", cases.Cases.as_view(), name="cases"),
    path("cases/hearings.ics", cases.Hearings.as_view(), name="hearings"),
    path("cases/<uuid:ref>/", cases.OneCase.as_view(), name="case"),
    path("cases/<uuid:ref>/clocks/<int:clock_id>/days/", cases.Days.as_view(), name="days"),
    path("cases/<uuid:ref>/dates.ics", cases.Dates.as_view(), name="dates"),
    path("cases/<uuid:ref>/again/", drafts.Again.as_view(), name="again"),
    path("cases/<uuid:ref>/person/", cases.PersonOfCase.as_view(), name="person"),
    path("cases/<uuid:ref>/history/", cases.History.as_view(), name="history"),
    path("cases/<uuid:ref>/files/<int:attachment_id>/", cases.CaseFile.as_view(), name="file"),
    path("cases/<uuid:ref>/papers/<int:paper_id>/", cases.CasePaper.as_view(), name="paper"),
    path("cases/<uuid:ref>/papers/<int:paper_id>/file/", cases.PaperFile.as_view(), name="paper-file"),
    path("cases/<uuid:ref>/moves/", moves.Moves.as_view(), name="moves"),
    path("cases/<uuid:ref>/moves/<slug:move>/", moves.OneMove.as_view(), name="move"),
    path("cases/<uuid:ref>/moves/<slug:move>/paper/", moves.MovePaper.as_view(), name="move-paper"),
    path(
        "cases/<uuid:ref>/moves/<slug:move>/papers/<int:paper_id>/signature/",
        moves.MoveSignature.as_view(),
        name="signature",
    ),
    path("letters/", cases.Letters.as_view(), name="letters"),
    path("letters/<uuid:key>/", cases.Letter.as_view(), name="letter"),
    path("report/", report.Timeliness.as_view(), name="report"),
    path("report/breaches/", report.Breaches.as_view(), name="breaches"),
    path("report/figures.csv", report.FiguresFile.as_view(), name="figures_csv"),
    path("report/clocks.csv", report.ClocksFile.as_view(), name="clocks_csv"),
    path("report/breaches.csv", report.BreachesFile.as_view(), name="breaches_csv"),
    re_path("", pages.not_found),
]
