"""The journey of the golden week over HTTP: the dates are those of the pages."""

import re

import pytest

from kazservices.cases.models import Case, CaseReading, JournalEntry
from kazservices.documents import papers
from kazservices.gateways import registers, sms
from tests import world
from tests.api.conftest import program
from tests.conftest import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """The messages that left; the register binds a number to every IIN."""
    messages = []
    monkeypatch.setattr(registers, "ask", lambda register, iin, *, key: {"found": True, "phone": "+77000000000"})
    monkeypatch.setattr(sms, "send", lambda phone, text, *, key: messages.append(text))
    return messages


def filed(citizen, sent, at="2026-03-20 17:00"):
    """A deferral as a program files it: (the answer, the address of the draft, what was sent)."""
    with on(at):
        draft = citizen.post("drafts/", {"service": "deferral", "office": "03", "category": "STUDY"}).json()
        address = f"drafts/{draft['ref']}/"
        citizen.put(f"{address}consent/", {"given": True})
        for asked in draft["documents"]:
            citizen.upload(f"{address}files/", requirement=asked["code"], file=world.picture())
        challenge = citizen.post(f"{address}code/").json()["challenge"]
        body = {"challenge": challenge, "code": re.search(r"\d{6}", sent[-1]).group()}
        answer = citizen.post(f"{address}submission/", body, **{"Idempotency-Key": draft["key"]})
    return answer, address, (body, draft["key"])


def made(staff, ref, move, **facts):
    """A move with its paper, if it issues one: prepared, drawn, read, signed."""
    option = next(option for option in staff.get(f"cases/{ref}/moves/").json() if option["name"] == move)
    address = f"cases/{ref}/moves/{move}/"
    if not option["paper"]:
        return staff.post(address, {"facts": facts})
    paper = staff.post(f"{address}paper/", {"facts": facts}).json()
    papers.render_waiting()
    paper = staff.get(f"cases/{ref}/papers/{paper['id']}/").json()
    assert staff.get(f"cases/{ref}/papers/{paper['id']}/file/").content.startswith(b"%PDF")
    return staff.post(f"{address}papers/{paper['id']}/signature/", {"sha256": paper["sha256"]})


def dates(case):
    """Every clock of a case, by its rule: base day, due moment."""
    return {clock.rule: (clock.base_on, clock.due_at) for clock in case.deadlines.all()}


def test_an_application_filed_by_a_program_has_the_dates_of_one_filed_on_the_pages(place, user, sent):
    answer, *_ = filed(program(user), sent)
    assert answer.status_code == 201, answer.json()
    by_program = Case.objects.get(ref=answer.json()["ref"])
    with on("2026-03-20 17:00"):
        by_page = world.apply(world.build_recipient("000101100006"), place.office)
    assert dates(by_program) == dates(by_page)
    due = {clock["rule"]: clock["due_at"] for clock in answer.json()["clocks"]}
    assert due["deferral.decide"] == "2026-04-02T18:30:00+05:00"  # Thu, D6 of the golden week


def test_the_calculator_says_before_filing_what_the_case_has_after_it(place, user, sent):
    asked = {"at": "2026-03-20T17:00:00+05:00", "office": "03"}
    with on("2026-03-18 10:00"):  # Wed
        told = program(user).get("services/deferral/reckoning/", asked).json()
    answer, *_ = filed(program(user), sent)
    whole = next(clock for clock in answer.json()["clocks"] if clock["rule"] == "deferral.decide")
    assert (told["accepted_on"], told["due_at"]) == (whole["base_on"], whole["due_at"])
    days = program(user).get(f"cases/{answer.json()['ref']}/clocks/{whole['id']}/days/").json()
    assert days == told["days"]
    assert [day["ordinal"] for day in days if day["counted"]] == [1, 2, 3, 4, 5, 6]


def test_a_case_goes_from_the_application_to_the_refusal_through_the_interface(place, user, sent):
    citizen = program(user)
    ref = filed(citizen, sent)[0].json()["ref"]
    office = place.office
    chair, secretary = program(place.chair, office), program(place.secretary, office)
    with on("2026-03-26 10:00"):
        assert made(chair, ref, "send_to_members").json()["made"]
    with on("2026-03-27 16:00"):
        for member in place.members:
            told = {"decision": "refuse", "ground": "2", "motive": "Оқу мерзімі аяқталған."}
            assert made(program(member, office), ref, "give_opinion", **told).status_code == 200
    with on("2026-03-30 12:00"):
        hearing = {"day": "2026-04-01", "hour": "11:00", "place": "214-кабинет", "method": "in_person"}
        why = {"grounds": ["2"], "motive": "Анықтамадағы оқу мерзімі аяқталған."}
        answer = made(chair, ref, "call_hearing", **hearing, **why)
        assert answer.status_code == 200, answer.json()
        assert answer.json()["case"]["appointed_at"] == "2026-04-01T11:00:00+05:00"
    with on("2026-03-30 13:00"):
        assert made(citizen, ref, "give_position", position="Оқуым жалғасуда.").status_code == 200
    with on("2026-04-01 11:40"):
        facts = {
            "place": "214-кабинет", "started": "11:00", "ended": "11:30", "official": "Төраға", "secretary": "Хатшы",
            "participant": "Өтініш беруші", "matter": "Алдын ала шешім", "explanations": "Оқуым жалғасуда.",
        }  # fmt: skip
        first = made(secretary, ref, "record_hearing", **facts)
        assert first.json()["made"] is False  # the record takes two hands
        record = Case.objects.get(ref=ref).papers.get(kind="hearing_record")
        address = f"cases/{ref}/moves/record_hearing/papers/{record.pk}/signature/"
        assert chair.post(address, {"sha256": record.sha256}).json()["made"] is True
    with on("2026-04-02 15:00"):
        answer = made(chair, ref, "refuse", grounds=["2"], motive="Оқу мерзімі аяқталғаны анықталды.")
    assert answer.json()["case"]["stage"] == "decided"
    with on("2026-04-02 15:10"):
        kinds = [paper["kind"] for paper in citizen.get(f"cases/{ref}/").json()["papers"]]
        letters = citizen.get("letters/").json()["results"]
    assert {"preliminary_decision", "refusal"} <= set(kinds)
    assert letters[0]["letter"] == "refused"


def test_the_journal_says_who_acted_and_that_it_came_through_the_interface(place, user, sent):
    ref = filed(program(user), sent)[0].json()["ref"]
    with on("2026-03-26 10:00"):
        made(program(place.chair, place.office), ref, "send_to_members")
    lines = JournalEntry.objects.filter(case__ref=ref).select_related("kept")
    found = {line.move: (line.actor, line.kept.facts.get("through")) for line in lines}
    assert found["submit"] == (user, "api")
    assert found["send_to_members"] == (place.chair, "api")
    assert found["hand_over"] == (None, None)  # the system's own


def test_every_reading_by_staff_leaves_a_line(place, user):
    with on("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        program(place.chair, place.office).get(f"cases/{case.ref}/")
        program(user).get(f"cases/{case.ref}/")
    assert list(CaseReading.objects.values_list("user", "part")) == [(place.chair.pk, "api")]


def test_the_same_key_files_once(place, user, sent):
    citizen = program(user)
    first, address, (body, key) = filed(citizen, sent)
    with on("2026-03-20 17:01"):
        again = citizen.post(f"{address}submission/", body, **{"Idempotency-Key": key})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["ref"] == first.json()["ref"]
    assert Case.objects.count() == 1


def test_a_move_sent_twice_is_made_once(place, user):
    with on("2026-03-20 17:00"):
        case = world.apply(user, place.office)
    chair = program(place.chair, place.office)
    with on("2026-03-26 10:00"):
        seen = chair.get(f"cases/{case.ref}/").json()["seen"]
        first, again = (
            chair.post(f"cases/{case.ref}/moves/send_to_members/", {"seen": seen}).json()["made"] for _ in range(2)
        )
    assert (first, again) == (True, False)


def test_what_is_not_signed_is_not_taken(place, user, sent):
    citizen = program(user)
    with on("2026-03-20 17:00"):
        draft = citizen.post("drafts/", {"service": "deferral", "office": "03", "category": "STUDY"}).json()
        address = f"drafts/{draft['ref']}/"
        citizen.put(f"{address}consent/", {"given": True})
        challenge = citizen.post(f"{address}code/").json()["challenge"]
        wrong = f"{(int(re.search(r'[0-9]{6}', sent[-1]).group()) + 1) % 10**6:06d}"
        key = {"Idempotency-Key": draft["key"]}
        refused = citizen.post(f"{address}submission/", {"challenge": challenge, "code": wrong}, **key)
        keyless = citizen.post(f"{address}submission/", {"challenge": challenge, "code": wrong})
    assert refused.status_code == 422
    assert "code" in refused.json()["errors"]
    assert keyless.status_code == 400
    assert "Idempotency-Key" in keyless.json()["errors"]
    assert not Case.objects.exists()


def test_what_was_changed_after_the_code_is_not_what_was_signed(place, user, sent):
    citizen = program(user)
    with on("2026-03-20 17:00"):
        draft = citizen.post("drafts/", {"service": "deferral", "office": "03", "category": "STUDY"}).json()
        address = f"drafts/{draft['ref']}/"
        citizen.put(f"{address}consent/", {"given": True})
        challenge = citizen.post(f"{address}code/").json()["challenge"]
        body = {"challenge": challenge, "code": re.search(r"\d{6}", sent[-1]).group()}
        citizen.put(f"{address}consent/", {"given": False})
        refused = citizen.post(f"{address}submission/", body, **{"Idempotency-Key": draft["key"]})
    assert refused.status_code == 422
    assert not Case.objects.exists()


def test_outside_of_a_period_the_next_opening_is_told_before_anything_is_written(place, user):
    with on("2026-08-10 10:00"):  # Mon, between the spring and the autumn
        answer = program(user).post("drafts/", {"service": "deferral", "office": "03", "category": "STUDY"})
    assert answer.status_code == 422
    assert answer.json()["code"] == "window"
    assert answer.json()["next_opening"] == "2026-09-01"


def test_a_bad_file_costs_nothing_but_itself(place, user):
    citizen = program(user)
    with on("2026-03-20 17:00"):
        draft = citizen.post("drafts/", {"service": "deferral", "office": "03", "category": "STUDY"}).json()
        files, wanted = f"drafts/{draft['ref']}/files/", draft["documents"][0]["code"]
        good = citizen.upload(files, requirement=wanted, file=world.picture())
        mislabelled = citizen.upload(files, requirement=wanted, file=world.picture("anyqtama.pdf"))
        unasked = citizen.upload(files, requirement="diploma", file=world.picture())
        kept = citizen.get(f"drafts/{draft['ref']}/").json()["files"]
    assert (good.status_code, mislabelled.status_code, unasked.status_code) == (201, 422, 422)
    assert list(mislabelled.json()["errors"]) == ["file"]
    assert list(unasked.json()["errors"]) == ["requirement"]
    assert [file["id"] for file in kept] == [good.json()["id"]]
