"""What people are told and what the papers say, line by line, on the golden week: filed Fri 20 March 2026, 17:00."""

import pytest

from kazservices.documents.models import Paper
from kazservices.notices.models import Channel, Notice
from tests import world

NOT_ENOUGH = {"papers_of": []}


def filed(user, place, **how):
    with world.at("2026-03-20 17:00"):
        return world.apply(user, place.office, **how)


def not_taken(user, place):
    return filed(user, place, **NOT_ENOUGH)


def granted(user, place):
    case = world.to_opinions(user, place, votes=("approve",) * 3)
    with world.at("2026-03-30 12:00"):
        return world.make(case, "grant", place.chair)


def moved(user, place):
    """Called on Fri 27 March for Mon 30, set anew for Tue 31."""
    case = world.to_hearing(user, place, when="2026-03-27 17:00", held_at="2026-03-30 11:00")
    with world.at("2026-03-27 17:30"):
        return world.make(
            case, "postpone_hearing", place.secretary, held_at=world.local("2026-03-31 15:00"), place="214-кабинет",
            way="in_person", reason="Төраға сапарда.",
        )  # fmt: skip


def letter(walk, name, reader, *words, norms):
    return pytest.param(walk, name, (reader, words), marks=pytest.mark.norm(*norms), id=name)


CERTIFICATE = "білім беру ұйымынан оқып жатқанын растайтын анықтаманың"
LETTERS = [
    letter(filed, "taken", "applicant", "№ КҚ-03-2026-000001", "2 сәуір, бейсенбі, 18:30", norms=["CONS-S8-4"]),
    letter(not_taken, "not_taken", "applicant", CERTIFICATE, norms=["LAW-19"]),
    letter(filed, "staff_new", "chair", "КҚ-03-2026-000001", norms=["CONS-10-1"]),
    letter(world.to_members, "sent_to_members", "applicant", "КҚ-03-2026-000001", norms=["LAW-5-2-8"]),
    letter(world.to_members, "staff_opinion_wanted", "member1", "КҚ-03-2026-000001", norms=["CONS-10-2"]),
    letter(world.to_hearing, "hearing_notice", "applicant", "11:00", "18:30", "214-кабинет", norms=["CONS-10-5"]),
    letter(moved, "hearing_moved", "applicant", "15:00", "214-кабинет", norms=["CONS-10-5"]),
    letter(granted, "granted", "applicant", "КҚ-03-2026-000001", norms=["CONS-S5"]),
    letter(world.to_refused, "refused", "applicant", "КҚ-03-2026-000001", norms=["LAW-19-1-1"]),
]


@pytest.mark.parametrize(("walk", "name", "told"), LETTERS)
def test_a_letter_lies_in_the_cabinet_of_whom_it_concerns_and_says_what_he_must_know(user, place, walk, name, told):
    reader, words = told
    walk(user, place)
    person = user if reader == "applicant" else getattr(place, reader)
    letters = [
        f"{row.subject}\n{row.body}"
        for row in Notice.objects.filter(recipient=person, letter=name, channel=Channel.CABINET)
    ]
    assert len(letters) == 1
    assert [word for word in words if word not in letters[0]] == []


def said(case, kind):
    return case.papers.filter(kind=kind).latest("pk").facts


@pytest.mark.norm("CONS-S8-4")
def test_the_receipt_says_by_when_the_result_is_due(user, place):
    assert said(filed(user, place), Paper.Kind.RECEIPT)["result_at"] == "2026-04-02T18:30:00+05:00"


@pytest.mark.norm("LAW-19")
def test_the_receipt_of_a_refusal_to_accept_names_each_missing_document(user, place):
    missing = said(not_taken(user, place), Paper.Kind.NOT_TAKEN_RECEIPT)["missing"]
    assert [(CERTIFICATE in row["document"]["kk"], row["expired"]) for row in missing] == [(True, False)]


@pytest.mark.norm("CONS-10-5")
def test_the_preliminary_decision_says_why_when_where_and_until_when_one_may_object(user, place):
    facts = said(world.to_hearing(user, place), Paper.Kind.PRELIMINARY_DECISION)
    assert [ground["code"] for ground in facts["grounds"]] == ["2"]
    assert facts["motive"] == "Анықтамадағы оқу мерзімі аяқталған."
    assert facts["hearing"] == {
        "at": "2026-04-01T11:00:00+05:00", "place": "214-кабинет", "method": {"kk": "бетпе-бет", "ru": "лично"},
    }  # fmt: skip
    assert facts["objection_until"] == "2026-04-01T18:30:00+05:00"


@pytest.mark.norm("CONS-10-7")
def test_the_record_of_a_hearing_keeps_what_the_applicant_explained(user, place):
    assert said(world.to_heard(user, place), Paper.Kind.HEARING_RECORD)["explanations"] == "Оқуым жалғасуда."


@pytest.mark.norm("CONS-10-4", "CONS-S5")
def test_the_conclusion_says_how_the_members_voted(user, place):
    facts = said(granted(user, place), Paper.Kind.CONCLUSION)
    assert facts["votes"] == {"seats": 3, "approve": 3, "refuse": 0}


@pytest.mark.norm("LAW-19-1-1")
def test_the_refusal_says_its_ground_and_its_motive(user, place):
    facts = said(world.to_refused(user, place), Paper.Kind.REFUSAL)
    assert [ground["code"] for ground in facts["grounds"]] == ["2"]
    assert facts["motive"] == "Оқу мерзімі аяқталғаны анықталды."
