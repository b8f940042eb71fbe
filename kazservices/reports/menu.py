"""What stands around a page of reports: the side menu, who is reading, which offices."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kazservices.design.languages import in_language
from kazservices.flow.deskpages import DeskPage, registered
from kazservices.offices.roles import Role
from kazservices.offices.service import roles_of

#: (address, icon, key after G) of each page of the desk that the auditor and the head have in common.
DESK = (("admin:index", "home", "KeyT"), ("admin:queue", "list", "KeyQ"))
REPORTS = (
    ("reports:index", "chart", "KeyR"),
    ("reports:breaches", "warning", ""),
    ("reports:counter", "people", ""),
    ("reports:journal", "shield", ""),
)


def entries(current: str) -> list[dict]:
    names = {
        "admin:index": _("Today"),
        "admin:queue": _("Queue"),
        "reports:index": _("Deadline report"),
        "reports:breaches": _("Register of breaches"),
        "reports:counter": _("Waiting at the counter"),
        "reports:journal": _("State of the journal"),
    }
    own = [
        {
            "name": names[page],
            "url": reverse(page),
            "icon": icon,
            "go": go,
            "current": page == current,
            "apart": page == REPORTS[0][0],
        }
        for page, icon, go in (*DESK, *REPORTS)
    ]
    return own + [_book(app, page) for app, pages in registered().items() for page in pages]


def _book(app: str, page: DeskPage) -> dict:
    """A register that an app keeps at the desk: read there by head and auditor."""
    return {"name": page.label, "url": reverse("admin:service-page", args=[app, page.code]), "icon": page.icon}


def staff_page(request, current: str, offices) -> dict:
    """The context of templates/base_staff.html."""
    own = _("Offices: %(n)s") % {"n": len(offices)} if len(offices) > 1 else in_language(offices[0], "name")
    held = roles_of(request.user, offices[0])
    return {
        "menu": entries(current),
        "office_name": own,
        "role_name": ", ".join(str(role.label) for role in Role if role in held),
        "leave_url": reverse("admin:logout"),
    }
