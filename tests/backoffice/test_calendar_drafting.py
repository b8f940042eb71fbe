"""A revision of the calendar at the desk: who may draft it, what a bad file or a bad day is told, what is shown."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from calendars import proposals
from calendars.models import DayShift, Proposal, Revision
from kazservices.backoffice.calendar.forms import KnownOnForm
from kazservices.offices.roles import Role
from tests import world

DAY = {
    "act": "day", "date": "2026-04-06", "kind": "day_off", "issuer": "government", "act_number": "215",
    "act_date": "2026-03-26", "source": "adilet.zan.kz",
}  # fmt: skip
HEAD = "date;kind;exchanged_with;issuer;act_number;act_date;source;provisional;note"
GOOD = """\
2026-04-06;day_off;2026-04-11;government;215;2026-03-26;adilet.zan.kz;0;
2026-04-11;works;2026-04-06;government;215;2026-03-26;adilet.zan.kz;0;"""


@pytest.fixture
def second(place):
    return world.build_staff(place.office, "operator2", Role.OPERATOR)


@pytest.fixture
def draft(place):
    with world.at("2026-03-30 14:00"):
        return proposals.begin(place.operator.username, note="Сәуірдегі ауыстыру")


@pytest.fixture(autouse=True)
def _now():
    with world.at("2026-03-30 15:00"):
        yield


def address(proposal, page="draft"):
    return reverse(f"admin:calendar-{page}", args=[proposal.pk])


def file_of(text, name="days.csv"):
    return {"act": "file", "file": SimpleUploadedFile(name, text.encode("utf-8-sig"), content_type="text/csv")}


# --- the year and a day, for all staff ---


def test_all_staff_read_the_year_and_only_an_operator_is_led_to_a_draft(place, desk):
    for who, leads in (("clerk", False), ("auditor", False), ("operator", True)):
        answer = desk(getattr(place, who)).get(reverse("admin:calendar"))
        assert answer.status_code == 200
        assert (reverse("admin:calendar-begin") in answer.content.decode()) is leads


def test_the_picture_has_every_day_of_the_year_once(place, desk):
    picture = desk(place.clerk).get(reverse("admin:calendar") + "?year=2024").context["picture"]
    drawn = [cell.date for month in picture.months for week in month.weeks for cell in week if cell]
    assert drawn == [date.fromordinal(date(2024, 1, 1).toordinal() + n) for n in range(366)]


def test_the_picture_and_the_table_tell_holiday_and_moved_day_apart(place, desk):
    picture = desk(place.clerk).get(reverse("admin:calendar") + "?year=2026").context["picture"]
    looks = {cell.date: cell.classes for month in picture.months for week in month.weeks for cell in week if cell}
    assert looks[date(2026, 3, 8)] == "day-holiday"
    assert looks[date(2026, 3, 9)] == "day-moved"  # given for Sun 8 March
    assert looks[date(2026, 3, 30)] == "day-today"
    assert date(2026, 3, 9) in {row.day.date for row in picture.special}


def test_an_earlier_day_shows_what_was_known_then(place, desk):
    """Only since 18 March 2026 is it known that 30 August is worked from 2026 on."""
    past = desk(place.clerk).get(reverse("admin:calendar-day", args=["2026-08-31"])).context["past"]
    assert [one.day.name for one in past][0] == ""
    assert "constitution_day" in {one.day.name for one in past}  # 30 August is a Sunday: 31 August was given for it
    answer = desk(place.clerk).get(reverse("admin:calendar") + "?year=2026&as_of=2026-03-17")
    assert date(2026, 8, 30) in {row.day.date for row in answer.context["picture"].special}
    now = desk(place.clerk).get(reverse("admin:calendar") + "?year=2026")
    assert date(2026, 8, 30) not in {row.day.date for row in now.context["picture"].special}


@pytest.mark.parametrize("wrong", ["1899-01-01", "gestern", "9999-12-31"])
def test_a_day_that_cannot_be_known_on_is_an_error_of_its_field(place, desk, wrong):
    answer = desk(place.clerk).get(reverse("admin:calendar") + f"?as_of={wrong}")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["as_of"])


@pytest.mark.parametrize("day", ["2026-02-30", "2021-12-31", "2040-01-01", "x"])
def test_a_day_outside_the_calendar_is_no_page(place, desk, day):
    assert desk(place.clerk).get(reverse("admin:calendar-day", args=[day])).status_code == 404


@pytest.mark.parametrize(("zone", "known_on"), [("Asia/Almaty", date(2026, 3, 30)), ("UTC", None)])
def test_the_day_it_is_known_on_is_told_apart_from_today_where_the_calendar_is_kept(settings, zone, known_on):
    """Today is no earlier day: there the calendar in force serves."""
    settings.TIME_ZONE = zone
    with world.at("2026-03-31 02:00"):  # in UTC it is Mon 30 March still
        form = KnownOnForm({"as_of": "2026-03-30"})
        assert form.is_valid()
    assert form.cleaned_data["as_of"] == known_on


# --- who may ---


@pytest.mark.parametrize("who", ["clerk", "chair", "head", "auditor"])
def test_nobody_but_an_operator_writes_to_a_draft(place, desk, draft, who):
    client = desk(getattr(place, who))
    assert client.post(address(draft), DAY).status_code == 403
    assert client.post(address(draft, "preview"), {"act": "propose"}).status_code == 403
    assert client.post(reverse("admin:calendar-begin"), {"note": "Мен де"}).status_code == 403
    assert not draft.shifts.exists()
    assert Proposal.objects.get().state == Proposal.State.DRAFT


def test_another_operator_looks_at_a_draft_and_cannot_change_it(place, desk, draft, second):
    client = desk(second)
    assert 'value="day"' not in client.get(address(draft)).content.decode()
    assert client.post(address(draft), DAY).status_code == 422
    assert not draft.shifts.exists()


# --- a day ---


def test_a_day_entered_stands_in_the_draft_and_in_its_picture(place, desk, draft):
    client = desk(place.operator)
    assert client.post(address(draft), DAY).status_code == 302
    picture = client.get(address(draft)).context["picture"]
    looks = {cell.date: cell.classes for month in picture.months for week in month.weeks for cell in week if cell}
    assert looks[date(2026, 4, 6)] == "day-moved day-drafted"
    assert Revision.objects.filter(shifts__date=date(2026, 4, 6)).count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date": ""}, "date"),
        ({"date": "2040-04-06"}, "date"),
        ({"kind": "party"}, "kind"),
        ({"kind": "works"}, "kind"),  # Mon 6 April is worked already
        ({"exchanged_with": "2026-04-06"}, "exchanged_with"),
        ({"act_number": ""}, "act_number"),
    ],
)
def test_a_wrong_day_is_told_at_its_field_and_what_was_typed_is_kept(place, desk, draft, change, field):
    answer = desk(place.operator).post(address(draft), DAY | {"source": "менің дереккөзім"} | change)
    assert answer.status_code == 422
    assert field in answer.context["day_form"].errors
    assert "менің дереккөзім" in answer.content.decode()
    assert not draft.shifts.exists()


def test_a_day_is_removed_and_a_day_in_force_is_withdrawn_and_kept_again(place, desk, draft):
    client, standing = desk(place.operator), DayShift.objects.in_force(100).latest("date")
    client.post(address(draft), DAY)
    client.post(address(draft), {"act": "remove", "day": draft.shifts.get().pk})
    assert not draft.shifts.exists()
    client.post(address(draft), {"act": "withdraw", "day": standing.pk})
    assert [*draft.withdraws.all()] == [standing]
    client.post(address(draft), {"act": "keep", "day": standing.pk})
    assert not draft.withdraws.exists()


def test_an_act_that_the_page_does_not_know_is_no_page(place, desk, draft):
    assert desk(place.operator).post(address(draft), {"act": "burn"}).status_code == 404


def test_a_note_is_written_as_text_on_every_page(place, desk, draft, second):
    client = desk(place.operator)
    evil = "<script>alert(1)</script>\"'><img src=x>"
    client.post(address(draft), {"act": "describe", "note": evil})
    client.post(address(draft), DAY | {"note": evil, "source": evil})
    client.post(address(draft, "preview"), {"act": "propose"})
    for page in (
        address(draft),
        address(draft, "preview"),
        reverse("admin:calendar"),
        reverse("admin:calendar-revisions"),
    ):
        said = desk(second).get(page).content.decode()
        assert "<script>alert" not in said
        assert "<img src=x" not in said
        assert "&lt;script&gt;" in said


# --- a file ---


def test_the_sample_file_is_taken_as_it_stands(place, desk, draft):
    client = desk(place.operator)
    sample = client.get(reverse("admin:calendar-sample"))
    answer = client.post(address(draft), {"act": "file", "file": SimpleUploadedFile("days.csv", sample.content)})
    assert answer.status_code == 302
    assert {str(day) for day in draft.shifts.values_list("date", flat=True)} == {"2026-05-08", "2026-05-16"}


def test_a_bad_line_is_named_in_the_readers_language_nothing_is_taken_and_the_file_can_be_sent_again(
    place, desk, draft
):
    bad = f"{HEAD}\n{GOOD}\n2026-13-01;day_off;;government;;2026-03-26;adilet.zan.kz;0;"
    said = {}
    for language in ("kk", "ru"):
        answer = desk(place.operator, language).post(address(draft), file_of(bad))
        assert answer.status_code == 422
        said[language] = [(fault.line, fault.field, fault.message) for fault in answer.context["faults"]]
        assert [(line, field) for line, field, _message in said[language]] == [(4, "act_number"), (4, "date")]
        assert said[language][0][2] in answer.content.decode()
    assert said["kk"][0][2] != said["ru"][0][2]
    assert not draft.shifts.exists()
    assert desk(place.operator).post(address(draft), file_of(f"{HEAD}\n{GOOD}")).status_code == 302
    assert draft.shifts.count() == 2


def test_a_file_with_a_day_that_stands_in_the_draft_is_not_taken(place, desk, draft):
    client = desk(place.operator)
    client.post(address(draft), DAY)
    answer = client.post(address(draft), file_of(f"{HEAD}\n{GOOD}"))
    assert answer.status_code == 422
    assert "06.04.2026" in answer.context["faults"][0].message
    assert draft.shifts.count() == 1


def test_no_file_at_all_is_an_error_of_its_field(place, desk, draft):
    answer = desk(place.operator).post(address(draft), {"act": "file"})
    assert (answer.status_code, list(answer.context["file_form"].errors)) == (422, ["file"])


@pytest.mark.parametrize("longer", [0, 1])
def test_a_file_longer_than_a_calendar_is_refused_before_it_is_read(place, desk, draft, monkeypatch, longer):
    read = []
    monkeypatch.setattr(proposals, "read_csv", lambda content: read.append(len(content)) or ([], []))
    answer = desk(place.operator).post(address(draft), file_of("x" * (proposals.LONGEST_FILE - 3 + longer)))  # 3: mark
    assert (answer.status_code, read) == ((422, []) if longer else (302, [proposals.LONGEST_FILE]))
    if longer:
        assert list(answer.context["file_form"].errors) == ["file"]


# --- giving up ---


def test_another_operator_gives_no_draft_up_by_a_hand_made_post(place, desk, draft, second):
    answer = desk(second).post(address(draft), {"act": "discard", "reason": "Маған керек емес"})
    draft.refresh_from_db()
    assert (answer.status_code, draft.state) == (422, Proposal.State.DRAFT)


def test_a_revision_is_given_up_with_its_reason_or_not_at_all(place, desk, draft):
    client = desk(place.operator)
    assert client.post(address(draft), {"act": "discard", "reason": " "}).status_code == 422
    assert client.post(address(draft), {"act": "discard", "reason": "Акт өзгерді"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.reason) == (Proposal.State.DISCARDED, "Акт өзгерді")
    assert "Акт өзгерді" in client.get(reverse("admin:calendar-revisions")).content.decode()
    assert client.post(address(draft), DAY).status_code == 422
