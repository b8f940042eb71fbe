"""A complaint and whom it meets: the akimat complained of, the body above it, the authority for quality, a school.

The golden week: filed Fri 20 March 2026 at 17:00. Of the complaint: D1 Thu 26, D2 Fri 27, D3 Mon 30 March (Nauryz
21 to 25 March), D4 Tue 31, D5 Wed 1 April.
"""

from dataclasses import replace

from complaints.bundles import making
from complaints.bundles import service as bundles
from complaints.models import Complaint
from kazservices.cases.models import Applicant
from kazservices.flow.manifest import Filing, manifest_of
from kazservices.flow.taking import take
from kazservices.offices.models import Office, OfficeHours
from kazservices.offices.roles import Role
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from tests import world

SAID = {
    "subject": "decision",
    "text": "Анықтаманың мерзімі өткен жоқ, бас тарту дұрыс емес.",
    "demand": "Бас тартудың күшін жою.",
}
FILED = "2026-03-20 17:00"


def build_body(office, *, kind="local_body", code="") -> world.Place:
    """Let a body work with the program: hours for complaints, a head, a clerk, somebody above it."""
    above, _ = Office.objects.get_or_create(
        code="00", defaults={
            "name_kk": "Министрлік", "name_ru": "Министерство", "territory_kk": "Республика",
            "territory_ru": "Республика", "kind": "central_body",
        },
    )  # fmt: skip
    office.kind, office.superior_body, office.is_active = kind, above, True
    office.save()
    OfficeHours.objects.create(office=office, service="complaint", schedule="akimat")
    place = world.Place(office)
    for key, role in {"clerk": Role.CLERK, "head": Role.HEAD, "operator": Role.OPERATOR}.items():
        place.staff[key] = world.build_staff(office, key, role)
    world.prove_letters(place)
    return place


def build_authority(*below, inside=False):
    """The authority for the quality of services of these offices; outside the product unless told."""
    authority = Office.objects.create(
        code="09", name_kk="Сапа департаменті", name_ru="Департамент качества", territory_kk="Облыс",
        territory_ru="Область", kind="quality",
    )  # fmt: skip
    for office in below:
        office.quality_authority = authority
        office.save()
    return build_body(authority, kind="quality") if inside else authority


def filing(user, office, *, about=None, category="PROVIDER", by=None, recipient=None, arrival=None, **said) -> Filing:
    """A complaint as the portal hands it over, or a clerk who has it on paper before him."""
    how = {"channel": "office", "recipient": recipient} if recipient else {}
    writer = by or user
    draft = world.build_draft(writer, office, "complaint", **how)
    if arrival:
        draft.data = {"arrival": arrival}
        draft.save()
    chosen = passports.edition_on("complaint", office.today()).categories.get(code=category)
    named = {"about": about.number} if about is not None else {}
    return world.signed(Filing(draft, chosen, "", {}, particulars={**SAID, **named, **said}))


def complain(user, office, **how) -> Complaint:
    return take(filing(user, office, **how))


def complain_on_paper(clerk, office, person=None, **how) -> Complaint:
    """What somebody brought, sent by post, or a higher body sent down."""
    recipient = (
        person
        or Applicant.objects.get_or_create(iin="010203500011", defaults={"full_name": "Оспанов Бекзат Нұрланұлы"})[0]
    )
    made = filing(None, office, by=clerk, recipient=recipient, **how)
    paper = replace(made, signature=keep(clerk, Signature.Method.PAPER, made.signature.sha256, "on paper", {}))
    return take(paper)


def case_file(complaint, by):
    """The file of the case, ordered by somebody and made by the worker."""
    found = bundles.order(complaint, by=by)
    making.make(found.pk)
    found.refresh_from_db()
    assert found.is_ready, found.lost
    return found


def forward(complaint, by):
    """The case file, then the letter, then the move."""
    case_file(complaint, by)
    return move(complaint, "forward", by)


def move(complaint, name, by, **facts):
    """A move of a complaint; one with a paper names its signer."""
    if manifest_of("complaint").move(name).paper:
        facts["signed_by"] = by.pk
    return world.make(complaint, name, by, **facts)


def clock_of(case, rule):
    return case.deadlines.filter(rule=f"complaint.{rule}").order_by("-started_at").first()


def day_of(case, rule):
    """The local day on which a clock is due."""
    return case.time.local(clock_of(case, rule).due_at).date()


def fresh(case) -> Complaint:
    return Complaint.objects.get(pk=case.pk)


def build_outside(code, name, *, kind) -> Office:
    """A body of the directory that does not work with the program."""
    return Office.objects.create(
        code=code, name_kk=name, name_ru=name, territory_kk="Республика", territory_ru="Республика", kind=kind
    )


def build_corporation(counter) -> Office:
    """The head of the State Corporation, outside the product, above one of its counters."""
    head = build_outside("50", "Мемлекеттік корпорация", kind="corporation")
    below = build_outside("51", "№ 1 ХҚКО", kind="corporation")
    below.superior_body = head
    below.save()
    return head
