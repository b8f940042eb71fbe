"""Filing for another, and applying again after a refusal: what the pages can, a program can too."""

import re
from datetime import date

import pytest

from kazservices.cases.models import Case, Draft
from kazservices.gateways import registers, sms
from kazservices.gateways.ports import GatewayError
from kazservices.gateways.standin import World
from tests import world
from tests.api.conftest import program
from tests.conftest import on

pytestmark = pytest.mark.django_db
MOTHER, CHILD = "810214205017", "090510105057"
ATTORNEY, PRINCIPAL = "860621105032", "030411105088"
FILED, AFTER = "2026-03-20 17:00", "2026-04-06 10:00"
PARENT = {"basis": "parent", "iin": CHILD, "agreed": True}
POWER = {
    "basis": "attorney", "iin": PRINCIPAL, "number": "1024", "given_on": "2026-01-12", "issued_by": "нотариус",
    "until": "2026-12-31", "agreed": True,
}  # fmt: skip
STUDENT = {"service": "deferral", "office": "03", "category": "STUDY"}


@pytest.fixture
def outside(monkeypatch):
    """The registers know the people of the stand-in, and may be silent; codes are kept as they leave."""
    families = World()
    families.silent_now, families.sent = set(), []

    def ask(register, iin, *, key):
        if register in families.silent_now:
            raise GatewayError("silent")
        if register == registers.Register.MOBILE:
            return {"found": True, "phone": "+77000000000"}
        return families.register(register, iin)

    monkeypatch.setattr(registers, "ask", ask)
    monkeypatch.setattr(sms, "send", lambda phone, text, *, key: families.sent.append(text))
    return families


def citizen(iin, outside):
    known = outside.people[iin]
    born = date.fromisoformat(known["birth_date"])
    return program(world.build_recipient(iin, full_name=known["full_name"], birth_date=born))


def filed(asking, draft, outside, *, papers=()):
    """From a draft to its case."""
    address = f"drafts/{draft['ref']}/"
    asking.put(f"{address}consent/", {"given": True})
    for code in papers:
        asking.upload(f"{address}files/", requirement=code, file=world.picture())
    sent = asking.post(f"{address}code/")
    if sent.status_code != 201:
        return sent
    body = {"challenge": sent.json()["challenge"], "code": re.search(r"\d{6}", outside.sent[-1]).group()}
    return asking.post(f"{address}submission/", body, **{"Idempotency-Key": draft["key"]})


# --- for another person ---


def test_a_parent_applies_for_a_child_whom_the_register_knows(place, outside):
    mother = citizen(MOTHER, outside)
    with on(FILED):
        begun = mother.post("drafts/", {**STUDENT, "power": PARENT})
        assert begun.status_code == 201, begun.json()
        power = begun.json()["power"]
        answer = filed(mother, begun.json(), outside, papers=["study_certificate"])
        assert answer.status_code == 201, answer.json()
    case = Case.objects.get(ref=answer.json()["ref"])
    assert (power["basis"], power["proof"], power["name"]) == ("parent", "confirmed", "Әлиев Самат Ерланұлы")
    assert power["until"] == "2027-05-09"  # the day before the child is 18
    assert (case.applicant.iin, case.representation.basis) == (CHILD, "parent")


def test_a_power_that_no_register_confirms_wants_its_document(place, outside):
    attorney = citizen(ATTORNEY, outside)
    with on(FILED):
        outside.silent_now = {registers.Register.POWERS}
        draft = attorney.post("drafts/", {**STUDENT, "power": POWER}).json()
        assert "power-document" in [asked["code"] for asked in draft["documents"]]
        assert {"code": "power-document", "reason": "missing"}.items() <= draft["missing"][0].items()
        refused = filed(attorney, draft, outside)
        made = filed(attorney, draft, outside, papers=["power-document", "study_certificate"])
    assert (refused.status_code, refused.json()["code"]) == (422, "power_document")
    assert made.status_code == 201, made.json()
    assert made.json()["applicant"] == "С. А. Б."  # an IIN alone opens nobody's name


@pytest.mark.parametrize(
    ("changed", "field", "status"),
    [
        ({"iin": "1" * 12}, "power.iin", 422),
        ({"iin": ATTORNEY}, "power.iin", 422),
        ({"number": ""}, "power.number", 400),
        ({"number": " "}, "power.number", 422),
        ({"until": None}, "power.until", 400),
        ({"until": "2026-03-19"}, "power.until", 422),
        ({"given_on": "2026-03-21"}, "power.given_on", 422),
        ({"birth_date": "9999-12-31"}, "power.birth_date", 422),
        ({"agreed": False}, "power.agreed", 422),
        ({"basis": "friend"}, "power.basis", 400),
    ],
)
def test_what_is_wrong_with_a_power_stands_at_its_field_and_no_draft_is_left(place, outside, changed, field, status):
    attorney = citizen(ATTORNEY, outside)
    with on(FILED):
        answer = attorney.post("drafts/", {**STUDENT, "power": {**POWER, **changed}})
    assert (answer.status_code, list(answer.json()["errors"])) == (status, [field])
    assert not Draft.objects.exists()


def test_an_attorney_names_the_last_day_and_a_parent_no_document(place, outside):
    without = {name: said for name, said in POWER.items() if name not in ("number", "until")}
    with on(FILED):
        answer = citizen(ATTORNEY, outside).post("drafts/", {**STUDENT, "power": without})
    assert set(answer.json()["errors"]) == {"power.number", "power.until"}


def test_a_power_is_stated_anew_in_the_draft(place, outside):
    attorney = citizen(ATTORNEY, outside)
    with on(FILED):
        draft = attorney.post("drafts/", {**STUDENT, "power": {**POWER, "number": "7"}}).json()
        anew = attorney.put(f"drafts/{draft['ref']}/power/", POWER)
        wrong = attorney.put(f"drafts/{draft['ref']}/power/", {**POWER, "until": "2026-03-19"})
        own = attorney.post("drafts/", STUDENT).json()
        for_oneself = attorney.put(f"drafts/{own['ref']}/power/", POWER)
    assert draft["power"]["proof"] == "not_found"
    assert (anew.json()["power"]["proof"], anew.json()["power"]["number"]) == ("confirmed", "1024")
    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["until"])
    assert (own["power"], for_oneself.status_code, for_oneself.json()["code"]) == (None, 409, "own_draft")


# --- again after a refusal ---


@pytest.fixture
def refused(user, place):
    return world.to_refused(user, place)


def test_after_a_refusal_a_program_applies_again_and_the_new_case_names_the_old(user, refused, outside):
    asking = program(user)
    with on(AFTER):
        begun, twice = (asking.post(f"cases/{refused.ref}/again/") for _ in range(2))
        answer = filed(asking, begun.json(), outside)
    draft = begun.json()
    assert (begun.status_code, twice.status_code, twice.json()["ref"]) == (201, 200, draft["ref"])
    assert (draft["previous"], draft["category"], len(draft["files"])) == (str(refused.ref), "STUDY", 1)
    assert answer.status_code == 201, answer.json()
    assert answer.json()["previous"] == str(refused.ref)
    assert answer.json()["accepted_on"] == "2026-04-06"  # the clock is new


def test_while_a_case_is_open_nothing_is_asked_for_again(user, place, outside):
    with on(FILED):
        case = world.apply(user, place.office)
        answer = program(user).post(f"cases/{case.ref}/again/")
    assert (answer.status_code, answer.json()["code"]) == (409, "not_refused")


def test_a_repeated_application_waits_for_the_one_that_is_open(user, place, refused, outside):
    with on(AFTER):
        world.apply(user, place.office)
        answer = program(user).post(f"cases/{refused.ref}/again/")
    assert (answer.status_code, answer.json()["code"]) == (409, "open")


def test_nobody_elses_case_is_followed_and_none_outside_of_a_period(user, place, refused, outside):
    with on(AFTER):
        strange = program(world.build_recipient("000101100006")).post(f"cases/{refused.ref}/again/")
        staff = program(place.chair, place.office).post(f"cases/{refused.ref}/again/")
    with on("2026-08-10 10:00"):
        closed = program(user).post(f"cases/{refused.ref}/again/")
    assert (strange.status_code, staff.status_code) == (404, 403)
    assert (closed.status_code, closed.json()["code"], closed.json()["next_opening"]) == (422, "window", "2026-09-01")
