"""The staff's site: an AdminSite whose own pages are those of the desk."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView
from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views
from .calendar.urls import PAGES as CALENDAR
from .counter import views as counter
from .opening import views as opening
from .shell import in_the_shell, shell

PAGES = (
    ("", views.today, "index"),
    ("queue/", views.queue, "queue"),
    ("find/", views.find, "find"),
    ("together/", views.together, "together"),
    ("cases/<uuid:ref>/", views.case, "case"),
    ("cases/<uuid:ref>/show/", views.show_person, "show"),
    ("cases/<uuid:ref>/moves/<slug:move>/", views.move, "move"),
    ("cases/<uuid:ref>/moves/<slug:move>/sign/<int:pk>/", views.sign, "sign"),
    ("cases/<uuid:ref>/files/<int:pk>/", views.attachment, "file"),
    ("cases/<uuid:ref>/papers/<int:pk>/", views.paper, "paper"),
    ("cases/<uuid:ref>/papers/<int:pk>/hand/", views.hand_paper, "hand-paper"),
    ("cases/<uuid:ref>/more/<slug:code>/", views.case_page, "case-page"),
    ("results/", views.kept_results, "kept-results"),
    ("commission/", views.commission, "commission"),
    ("commission/hearings.ics", views.hearings_file, "hearings-file"),
    ("commission/absences/", views.absences, "absences"),
    ("commission/absences/<int:pk>/end/", views.end_absence, "absence-end"),
    ("counter/", counter.visitors, "counter"),
    ("counter/<uuid:ref>/", counter.package, "counter-draft"),
    ("counter/<uuid:ref>/scan/", counter.scan, "counter-scan"),
    ("counter/<uuid:ref>/scan/<int:attachment>/away/", counter.take_away, "counter-away"),
    ("counter/<uuid:ref>/discard/", counter.discard, "counter-discard"),
    ("services/<slug:service>/<slug:code>/", views.service_page, "service-page"),
    ("shared/", views.shared, "shared"),
    ("shared/<uuid:ref>/", views.shared_case, "shared-case"),
    ("shared/<uuid:ref>/<slug:move>/", views.shared_move, "shared-move"),
    ("tickets/", views.tickets, "tickets"),
    ("tickets/issue/", views.issue_ticket, "ticket-issue"),
    ("tickets/next/", views.call_next, "ticket-next"),
    ("tickets/<int:pk>/", views.ticket, "ticket"),
    ("tickets/<int:pk>/<slug:act>/", views.move_ticket, "ticket-act"),
    ("breaches/", views.breaches, "breaches"),
    ("breaches/<int:pk>/", views.explain, "explain"),
    ("sweeps/", views.sweeps, "sweeps"),
    ("sweeps/stuck/", views.stuck, "stuck"),
    ("offices/open/", opening.openings, "openings"),
    ("offices/open/new/", opening.new_office, "opening-new"),
    ("offices/open/staff.csv", opening.staff_sample, "staff-sample"),
    ("offices/open/<int:pk>/<slug:step>/", opening.opening, "opening"),
    *CALENDAR,
)


class StaffSite(AdminSite):
    """Everybody here has entered as staff; what each sees and does is asked case by case."""

    site_header = site_title = _("Service desk")
    index_title = _("Reference books")
    login_template = "backoffice/login.html"
    enable_nav_sidebar = False

    def each_context(self, request):
        return {**super().each_context(request), **(shell(request) if self.has_permission(request) else {})}

    def get_urls(self):
        """Our pages first; Django's index gives way to Today, its list of models stands at registers/."""
        own = [path(route, self.admin_view(in_the_shell(view)), name=name) for route, view, name in PAGES]
        own.append(path("password/<uidb64>/<token>/", views.set_password, name="set-password"))
        own.append(path("registers/", self.admin_view(self.registers), name="registers"))
        return own + [url for url in super().get_urls() if getattr(url, "name", None) != "index"]

    def registers(self, request):
        """The models that are kept by hand."""
        return super().index(request, {"title": self.index_title})

    def logout(self, request, extra_context=None):
        return LogoutView.as_view(next_page="admin:login")(request)

    def login(self, request, extra_context=None):
        """Whoever enters reads the pages in his own language."""
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                request.user.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                path=settings.LANGUAGE_COOKIE_PATH,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response
