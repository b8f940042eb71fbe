"""What row 8 of the standard asks of whom, in every edition: papers, questions, registers, fields; and its grounds."""

import pytest

from kazservices.cases.models import Channel
from kazservices.passports import service as passports
from kazservices.passports.models import Edition

pytestmark = pytest.mark.django_db
FIRST_CLASS = ("admission-2020", "admission-2025")
EDITIONS = (*FIRST_CLASS, "admission-classes-2020")
STATUSES = {
    "FOREIGNER": "тұруға ықтиярхаты",
    "STATELESS": "азаматтығы жоқ адамның жеке куәлігі",
    "REFUGEE": "босқын куәлігі",
    "ASYLUM": "пана іздеуші адамның куәлігі",
    "KANDAS": "оралман куәлігі",
}
EVERYBODY = ("CITIZEN", *STATUSES)
WAYS = (Channel.OFFICE, Channel.PORTAL)


def category(edition, code):
    return Edition.objects.get(code=edition).categories.get(code=code)


def asked(edition, code, channel, *, special_needs):
    answers = {"special_needs": special_needs}
    return {r.code for r in passports.required_documents(category(edition, code), answers, channel)}


@pytest.mark.norm("ADM-9-1", "ADM-S8-F")
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_citizen_and_five_statuses_of_who_is_none_may_apply(edition):
    found = {c.code: c.label_raw for c in Edition.objects.get(code=edition).categories.all()}
    assert set(found) == set(EVERYBODY)
    assert "ата-аналары немесе өзге заңды өкілдері" in found["CITIZEN"]
    assert all(words in found[code] for code, words in STATUSES.items())


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("paper", "channels"),
    [
        pytest.param("application", {Channel.OFFICE}, marks=pytest.mark.norm("ADM-S8-P1")),
        pytest.param("identity", {Channel.OFFICE}, marks=pytest.mark.norm("ADM-S8-P2")),
        pytest.param("health_063", {Channel.OFFICE, Channel.PORTAL}, marks=pytest.mark.norm("ADM-S8-P3")),
        pytest.param("health_026", {Channel.OFFICE, Channel.PORTAL}, marks=pytest.mark.norm("ADM-S8-E2")),
        pytest.param("photos", {Channel.OFFICE}, marks=pytest.mark.norm("ADM-S8-P4")),
        pytest.param("photo", {Channel.PORTAL}, marks=pytest.mark.norm("ADM-S8-E2")),
    ],
)
def test_a_paper_of_row_eight_is_asked_of_everybody(edition, who, paper, channels):
    told = {channel for channel in WAYS if paper in asked(edition, who, channel, special_needs=False)}
    assert told == channels


@pytest.mark.norm("ADM-S8-F")
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("channel", WAYS)
def test_the_document_of_the_status_is_asked_of_who_is_no_citizen_and_nothing_beside_row_eight(edition, who, channel):
    papers = {Channel.OFFICE: {"application", "identity", "photos"}, Channel.PORTAL: {"photo"}}[channel]
    status = {"status_document"} if who in STATUSES else set()
    assert asked(edition, who, channel, special_needs=False) == papers | {"health_063", "health_026"} | status


@pytest.mark.norm("ADM-6", "ADM-S8-P5")
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("channel", WAYS)
def test_the_conclusion_is_asked_only_of_who_answers_that_he_agrees(edition, who, channel):
    (question,) = category(edition, who).questions.all()
    assert (question.code, "келісесіз" in question.text_kk) == ("special_needs", True)
    without, with_it = (asked(edition, who, channel, special_needs=yes) for yes in (False, True))
    assert with_it - without == {"pmpk"}


@pytest.mark.norm("ADM-S8-P2")
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("who", EVERYBODY)
def test_the_identity_document_is_shown_and_nothing_else_is(edition, who):
    assert [r.code for r in category(edition, who).requirements.filter(shown=True)] == ["identity"]


@pytest.mark.norm("ADM-S8-G")
@pytest.mark.parametrize("edition", EDITIONS)
def test_identity_birth_and_address_come_from_the_registers(edition):
    items = Edition.objects.get(code=edition).register_items.all()
    assert {item.register for item in items} == {"identity", "births", "address"}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"child_iin"}, marks=pytest.mark.norm("ADM-S8-G")),
        pytest.param({"child_name", "child_born", "child_document"}, marks=pytest.mark.norm("ADM-S8-P1")),
        pytest.param({"locality", "street", "house"}, marks=pytest.mark.norm("ADM-S8-E1")),
        pytest.param({"relation", "language"}, marks=pytest.mark.norm("ADM-9-1")),
    ],
)
def test_the_form_asks_for_the_child_its_home_and_the_language(edition, fields):
    assert fields <= {field.code for field in Edition.objects.get(code=edition).fields.all()}


@pytest.mark.norm("ADM-S3-2")
def test_the_grade_of_another_class_is_the_second_to_the_eleventh():
    grade = Edition.objects.get(code="admission-classes-2020").fields.get(code="grade")
    assert (grade.kind, grade.least, grade.most) == ("whole", 2, 11)


@pytest.mark.norm("ADM-S9-1", "ADM-S9-2", "ADM-S9-3")
@pytest.mark.parametrize("edition", EDITIONS)
def test_three_grounds_to_refuse(edition):
    found = {ground.code: ground.text_kk for ground in Edition.objects.get(code=edition).grounds.all()}
    words = {"1": "анық еместігін", "2": "талаптарға сәйкес келмеуі", "3": "шамадан тыс толуы"}
    assert set(found) == set(words)
    assert all(words[code] in found[code] for code in words)


@pytest.mark.norm("ADM-9-2a")
def test_the_later_edition_is_open_from_april_to_the_end_of_august():
    (window,) = Edition.objects.get(code="admission-2025").windows.all()
    assert (window.norm, str(window)) == ("ADM-9-2a", "01.04–31.08")
