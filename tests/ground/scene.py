"""Every route of the product, and a scene in which each can be opened."""

from datetime import date, timedelta

from django.apps import apps
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from calendars import proposals
from calendars.models import DayShift
from kazservices.api import tokens
from kazservices.api.models import Scope
from kazservices.documents import papers
from tests import world

PEOPLE = ("anonymous", "owner", "citizen", "chair", "operator", "auditor", "other_chair")
PROPOSAL_PAGES = ("draft", "preview", "preview-file")
DRAFT_PAGES = {
    "draft",
    "whom",
    "category",
    "details",
    "form",
    "consent",
    "papers",
    "review",
    "sign",
    "take-away",
    "discard",
}
API_DRAFT_PAGES = {"draft", "draft-consent", "draft-power", "draft-files", "draft-file", "draft-code", "submission"}


def routes(patterns=None, namespace=""):
    """(name, its parameters) of every route of the product."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(entry, URLPattern):
            yield from routes(entry.url_patterns, entry.namespace or namespace)
        elif entry.name:
            keys = tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)
            yield f"{namespace}:{entry.name}".lstrip(":"), keys


def some_row(name):
    """A row of the model that an admin page shows; 0 where there is none."""
    app, _, rest = name.partition(":")[2].partition("_")
    try:
        model = apps.get_model(app, rest.rpartition("_")[0])
    except LookupError:
        return 0
    return model._default_manager.values_list("pk", flat=True).order_by("pk").first() or 0


def moved_day():
    """Mon 6 April 2026 becomes a day off."""
    return DayShift(
        date=date(2026, 4, 6), kind="day_off", issuer="government", act_number="215", act_date=date(2026, 3, 26),
        source="adilet.zan.kz",
    )  # fmt: skip


class Scene:
    """One case at its hearing, one draft, and each kind of person."""

    def __init__(self, place, user):
        other = world.build_place("07", "Басқа аудан әкімдігі")
        self.tokens = {}
        self.case = case = world.to_hearing(user, place)
        papers.render_waiting()
        with world.at("2026-03-30 12:30"):
            self.draft = world.build_draft(user, place.office)
            edition = world.passports.edition_on("deferral", place.office.today())
            world.passports.switch(edition, on=True, reason="Тексерілді", by=place.operator)
            upload = world.attach(self.draft, "study_certificate", world.picture(), by=user)
        staff = (place.chair, place.operator, place.auditor, other.chair)
        citizen = world.build_recipient("000101100006")
        self.people = dict(zip(PEOPLE, (None, user, citizen, *staff), strict=True))
        paper = case.papers.filter(state="issued").last()
        letter = case.notices.filter(recipient=user, channel="cabinet").first()
        with world.at("2026-03-30 12:40"):
            self.proposal = proposals.begin(place.operator.username, note="Үлгі")
            proposals.add(self.proposal, [moved_day()], place.operator.username)
        self.known = {
            "ref": case.ref, "code": "deferral", "move": "record_no_show", "name": "give_position", "pk": paper.pk,
            "paper_id": paper.pk, "attachment_id": case.attachments.get().pk, "attachment": upload.pk,
            "key": letter.key, "clock_id": case.deadlines.get(rule="deferral.decide").pk, "content_type_id": "1",
            "app_label": "offices", "basis": "parent", "day": "2026-03-09", "number": 1,
            "uidb64": "MQ", "token": "no-token", "step": "check", "act": "call",
        }  # fmt: skip
        self.special = {
            "admin:case-page": {"code": "file"},
            "admin:file": {"pk": self.known["attachment_id"]},
            "admin:sign": {"move": "record_hearing"},
            "admin:opening": {"pk": place.office.pk},
            "admin:service-page": {"service": "duplicates", "code": "registers"},
            "portal:about": {"service": "complaint"},
            "portal:checked": {"code": paper.public_code},
            **{f"admin:calendar-{page}": {"pk": self.proposal.pk} for page in PROPOSAL_PAGES},
            **{f"portal:{page}": {"ref": self.draft.ref} for page in DRAFT_PAGES},
            **{f"api:{page}": {"ref": self.draft.ref} for page in API_DRAFT_PAGES},
        }

    def address(self, name, keys):
        known = {**self.known, **self.special.get(name, {}), "object_id": some_row(name)}
        return reverse(name, kwargs={key: known[key] for key in keys})

    def enter(self, client, person):
        """Let a person in, or nobody; what he then opens says who he is to the pages and to the interface."""
        client.logout()
        if person is not None:
            client.force_login(person)

    def open(self, client, name, keys, person):
        """A route as this person, who has entered."""
        headers = self.token_of(person) if name.startswith("api:") else {}
        return client.get(self.address(name, keys), headers=headers)

    def token_of(self, person) -> dict:
        """The interface is asked by a token of the person, with all that may be given to it."""
        if person is None:
            return {}
        if person.pk not in self.tokens:
            post = person.posts.first()
            made = {"name": "scene", "scopes": Scope.values, "lives": timedelta(days=300), "post": post}
            self.tokens[person.pk] = tokens.make(person, **made)[1]
        return {"authorization": f"Bearer {self.tokens[person.pk]}"}
