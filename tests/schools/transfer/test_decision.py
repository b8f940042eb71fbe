"""A seat is given or a ground is proved: the receipt, or the reasoned refusal, each signed by who is named in it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from kazservices.documents.models import Paper
from kazservices.flow.door import advance, options, prepare
from kazservices.flow.errors import MoveNotAllowed, PaperMissing
from kazservices.notices.models import Notice
from kazservices.offices.actors import SYSTEM
from schools.transfer.models import SchoolClass
from tests import world

from . import scene


def paper_of(case, kind):
    return case.papers.get(kind=kind, state="issued")


def told(error) -> dict:
    return {name: [one.code for one in found] for name, found in error.value.error_dict.items()}


@pytest.mark.norm("TRN-S5-1", "TRN-S5-2")
def test_the_receipt_names_the_child_the_class_and_who_signs(school, leaving, parent):
    case = scene.admit(scene.filed(parent, school), school)
    facts = paper_of(case, "transfer_receipt").facts
    assert (case.state, case.school_class.name, case.decided_by) == ("admitted", "5 «А»", school.head)
    assert facts["child"] == {"full_name": "Әлиев Нұрсұлтан Саматұлы", "birth_date": "2015-06-11"}
    assert facts["school_class"] == {"name": "5 «А»", "language": {"kk": "қазақ тілі", "ru": "казахский язык"}}
    assert facts["coupon"] == {"number": "Т-104", "date": "2026-04-10"}
    assert facts["signer"]["name"] == school.head.full_name
    assert facts["leaving"]["kk"] == "№ 22 мектеп"


@pytest.mark.norm("TRN-S5-2")
def test_who_applied_by_the_portal_finds_the_signed_document_and_the_word_in_the_cabinet(school, leaving, parent):
    case = scene.admit(scene.filed(parent, school), school)
    letter = Notice.objects.get(case=case.pk, letter="transfer_admitted", channel="cabinet")
    assert (letter.recipient, letter.served_at) == (parent, case.decided_at)
    assert "5 «А»" in letter.body
    assert paper_of(case, "transfer_receipt").signed_by == school.head


@pytest.mark.norm("TRN-S5-2", "TRN-S5-1")
def test_nothing_is_decided_without_the_signed_paper(school, leaving, parent):
    case, seat = scene.filed(parent, school), scene.free_class(school)
    with world.at("2026-04-15 10:05"), pytest.raises(PaperMissing):
        advance(case, "admit", by=school.head, school_class=seat.pk, signed_by=school.head.pk)


@pytest.mark.norm("TRN-S5-2")
def test_the_paper_names_who_signs_it_and_nobody_else_may(school, leaving, parent):
    case = scene.filed(parent, school)
    with world.at("2026-04-15 10:10"):
        for move, facts in (
            ("admit", {"school_class": scene.free_class(school).pk}),
            ("refuse", {"grounds": ["2"], "motive": "Талонда мөр жоқ.", "rests_on": []}),
        ):
            with pytest.raises(ValidationError) as error:
                prepare(case, move, by=school.deputy_head, signed_by=school.head.pk, **facts)
            assert told(error) == {"signed_by": ["signed_by"]}


@pytest.mark.norm("TRN-S9-3")
def test_a_full_class_takes_nobody_in(school, leaving, parent):
    case = scene.filed(parent, school)
    full = SchoolClass.objects.get(office=school.office, letter="Б")
    with pytest.raises(ValidationError) as error:
        scene.admit(case, school, into=full)
    assert told(error) == {"school_class": ["full"]}
    full.refresh_from_db()
    assert full.enrolled == 25


@pytest.mark.norm("TRN-S9-3")
def test_a_seat_is_given_with_the_receipt_and_the_last_one_once(school, leaving, parent):
    scene.admit(scene.filed(parent, school), school)
    assert scene.free_class(school).free == 0
    other = {"child_iin": scene.OTHER_IIN, "coupon_iin": scene.OTHER_IIN, "coupon_number": "Т-7"}
    second = scene.filed(world.build_recipient("750903105022"), school, "2026-04-15 11:00", **other)
    with pytest.raises(ValidationError) as error:
        scene.admit(second, school, "2026-04-15 11:05")
    assert told(error) == {"school_class": ["full"]}


@pytest.mark.norm("TRN-S9-3")
@pytest.mark.parametrize("wrong", [{"grade": 6}, {"language": "ru"}, {"is_open": False}])
def test_only_a_class_of_the_grade_and_language_asked_for(school, leaving, parent, wrong):
    case = scene.filed(parent, school)
    SchoolClass.objects.filter(office=school.office, letter="А").update(**wrong)
    with pytest.raises(ValidationError) as error:
        scene.admit(case, school)
    assert told(error) == {"school_class": ["class"]}


@pytest.mark.norm("TRN-S9-3", "LAW-19-1-5")
def test_a_full_class_is_a_ground_only_while_it_is_true(school, leaving, parent):
    case = scene.filed(parent, school)
    with pytest.raises(ValidationError) as error:
        scene.refuse(case, school, grounds=["3"], motive="Сыныптар толы.")
    assert told(error) == {"grounds": ["free_seat"]}
    SchoolClass.objects.filter(office=school.office, letter="А").update(enrolled=25)
    case = scene.refuse(case, school, grounds=["3"], motive="Сыныптар толы.")
    [ground] = paper_of(case, "transfer_refusal").facts["grounds"]
    assert "сынып-жинақталымының шамадан тыс толуы" in ground["text"]["kk"]
    assert "заңға тәуелді" in ground["basis"]["kk"]  # GAP-18: set by a sub-law act only
    assert case.edition.grounds.get(code="3").basis_kind == "sublaw"


@pytest.mark.norm("TRN-S9-3")
def test_free_seats_stand_against_no_other_ground(school, leaving, parent):
    case = scene.refuse(scene.filed(parent, school), school, grounds=["2"])
    assert (case.state, scene.free_class(school).free) == ("refused", 1)


@pytest.mark.norm("TRN-S5-2", "LAW-19-1-1")
def test_a_refusal_has_its_ground_and_its_reasons_and_needs_no_hearing(school, leaving, parent):
    case = scene.filed(parent, school)
    assert not case.edition.hearing_required
    with pytest.raises(ValidationError) as error:
        scene.refuse(case, school, motive="  ")
    assert told(error) == {"motive": ["words"]}
    case = scene.refuse(case, school)
    facts = paper_of(case, "transfer_refusal").facts
    assert case.state == "refused"
    assert facts["motive"] == "Талонда мектептің мөрі жоқ."
    assert [ground["code"] for ground in facts["grounds"]] == ["2"]
    assert Notice.objects.filter(case=case.pk, letter="transfer_refused", recipient=parent).exists()


@pytest.mark.norm("TRN-S9-2", "LAW-5-1-2")
@pytest.mark.parametrize("grounds", [[], ["7"], ["law-1"], ["2", "7"]])
def test_only_a_ground_of_the_closed_list(school, leaving, parent, grounds):
    case = scene.filed(parent, school)
    with pytest.raises(ValidationError) as error:
        scene.refuse(case, school, grounds=grounds)
    assert told(error) == {"grounds": ["ground"]}
    assert scene.refuse(case, school, grounds=["2"]).refusal_grounds == ["2"]


@pytest.mark.norm("TRN-S9-1")
def test_ground_one_names_what_is_not_true(school, leaving, parent):
    case = scene.filed(parent, school)
    for rests_on in ([], ["coupon"], ["denied_coupon"]):
        with pytest.raises(ValidationError) as error:
            scene.refuse(case, school, grounds=["1"], rests_on=rests_on)
        assert told(error) == {"rests_on": ["rests_on"]}
    assert scene.refuse(case, school, grounds=["1"], rests_on=["coupon_copy"]).state == "refused"


@pytest.mark.norm("TRN-S9-1")
def test_a_coupon_denied_by_the_leaving_school_proves_ground_one(school, leaving, parent):
    case = scene.filed(parent, school)
    with world.at("2026-04-15 10:05"):
        case = advance(case, "deny_coupon", by=leaving.clerk, note="Бұл нөмірлі талон басқа балаға берілген.")
    assert scene.refuse(case, school, grounds=["1"], rests_on=["denied_coupon"]).state == "refused"


@pytest.mark.parametrize(
    ("who", "may"),
    [("head", (True, True)), ("deputy_head", (True, True)), ("clerk", (True, False)), ("secretary", (False, False)),
     ("auditor", (False, False)), ("chair", (False, False))],
)  # fmt: skip
@pytest.mark.norm("TRN-S5-1", "TRN-S5-2")
def test_who_may_take_in_and_who_may_refuse(school, leaving, parent, who, may):
    admits, refuses = may
    case = scene.filed(parent, school)
    with world.at("2026-04-15 10:05"):
        offered = {option.move.name for option in options(case, getattr(school, who))}
    assert ("admit" in offered, "refuse" in offered) == (admits, refuses)
    if not refuses:
        with pytest.raises(PermissionDenied):
            scene.refuse(case, school, by=who)
    if not admits:
        with pytest.raises(PermissionDenied):
            scene.admit(case, school, by=who)


@pytest.mark.norm("LAW-19")
def test_acceptance_is_refused_on_the_day_of_arrival_only(school, leaving, parent):
    case = scene.filed(parent, school, "2026-04-15 18:20")
    with world.at("2026-04-15 18:25"), pytest.raises(ValidationError):
        advance(case, "refuse_acceptance", by=school.clerk, missing=[])
    with world.at("2026-04-16 09:05"), pytest.raises(MoveNotAllowed):
        advance(case, "refuse_acceptance", by=school.clerk, missing=[], motive="Файл бос.")
    with world.at("2026-04-15 18:25"):
        case = advance(case, "refuse_acceptance", by=school.clerk, missing=[], motive="Файл бос.")
    assert case.state == "not_taken"
    assert case.papers.filter(kind="not_taken_receipt").exists()
    assert Notice.objects.filter(case=case.pk, letter="not_taken", recipient=parent).exists()


@pytest.mark.norm("LAW-19")
def test_who_may_refuse_to_accept(school, leaving, parent):
    case = scene.filed(parent, school)
    with world.at("2026-04-15 10:05"):
        for person in (school.auditor, school.chair, school.secretary, leaving.clerk, parent):
            with pytest.raises(PermissionDenied):
                advance(case, "refuse_acceptance", by=person, missing=[], motive="Файл бос.")


@pytest.mark.norm("LAW-5-2-9")
def test_a_withdrawn_result_frees_the_seat_and_starts_the_half_hour_anew(school, leaving, parent):
    case = scene.admit(scene.filed(parent, school), school)
    paper = withdrawal(case, school)
    with world.at("2026-04-15 12:50"):
        case = advance(case, "withdraw_result", by=school.head, document=paper)
    assert (case.state, case.school_class, scene.free_class(school).free) == ("submitted", None, 1)
    assert f"{case.time.local(case.deadlines.running().get().due_at):%H:%M}" == "14:50"
    assert case.papers.get(kind="transfer_receipt").state == "withdrawn"


@pytest.mark.norm("LAW-5-2-9")
def test_an_upheld_complaint_brings_the_case_back_by_the_system_alone(school, leaving, parent):
    case = scene.admit(scene.filed(parent, school), school)
    with world.at("2026-04-20 10:00"):
        for person in (school.head, school.clerk, school.deputy_head, leaving.head, parent):
            with pytest.raises(PermissionDenied):
                advance(case, "reopen", by=person, because="Шағым бойынша № 3 шешім.")
        with pytest.raises(ValidationError):
            advance(case, "reopen", by=SYSTEM, because=" ")
        case = advance(case, "reopen", by=SYSTEM, because="Шағым бойынша № 3 шешім.")
    assert (case.state, case.school_class, scene.free_class(school).free) == ("submitted", None, 1)
    assert f"{case.time.local(case.deadlines.running().get().due_at):%d %H:%M}" == "20 10:30"
    refused = scene.refuse(case, school, "2026-04-20 10:10")
    with world.at("2026-04-20 11:00"):
        assert advance(refused, "reopen", by=SYSTEM, because="Сот актісі № 5.").refusal_grounds == []
    assert scene.free_class(school).free == 1


@pytest.mark.norm("LAW-5-2-9")
def test_who_may_withdraw_a_result(school, leaving, parent):
    case = scene.admit(scene.filed(parent, school), school)
    with world.at("2026-04-15 12:50"):
        for person in (school.auditor, school.chair, school.operator, leaving.head, parent):
            with pytest.raises(PermissionDenied):
                prepare(case, "withdraw_result", by=person, because="Қате.")
        with pytest.raises(ValidationError) as error:
            prepare(case, "withdraw_result", by=school.head, because=" ")
    assert told(error) == {"because": ["words"]}
    told_of = Notice.objects.filter(case=case.pk, letter="result_withdrawn")
    paper = withdrawal(case, school)
    with world.at("2026-04-15 12:50"):
        advance(case, "withdraw_result", by=school.head, document=paper)
    assert told_of.filter(recipient=parent).exists()


def withdrawal(case, school):
    """The act of withdrawal, signed by the head and by the clerk."""
    with world.at("2026-04-15 12:50"):
        paper = prepare(case, "withdraw_result", by=school.head, because="Шағым бойынша № 3 шешім.")
        world.papers.render(paper.pk)
        paper.refresh_from_db()
        for person in (school.head, school.clerk):
            world.papers.sign(paper, by=person, sha256=paper.sha256)
    return paper


def test_the_database_itself_lets_nobody_above_the_seats(school):
    for wrong in ({"enrolled": 26}, {"capacity": 23}, {"grade": 12}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SchoolClass.objects.filter(office=school.office, letter="А").update(**wrong)


def test_the_parent_takes_it_back(school, leaving, parent):
    case = scene.filed(parent, school)
    with world.at("2026-04-15 10:05"):
        case = advance(case, "withdraw", by=parent)
    assert (case.state, case.deadlines.get().outcome) == ("withdrawn", "cancelled")


@pytest.mark.drawn
def test_both_papers_are_drawn_in_both_languages(school, leaving, parent):
    case = scene.admit(scene.filed(parent, school), school)
    other = {"child_iin": scene.OTHER_IIN, "coupon_iin": scene.OTHER_IIN, "coupon_number": "Т-7"}
    second = scene.filed(world.build_recipient("750903105022"), school, "2026-04-15 11:00", **other)
    second = scene.refuse(second, school, "2026-04-15 11:10", grounds=["3"], motive="Екі сынып та толы.")
    for one, kind in ((case, "transfer_receipt"), (second, "transfer_refusal")):
        paper = Paper.objects.get(case=one.pk, kind=kind)
        assert world.papers.read(paper).startswith(b"%PDF")
