"""Opening an office: the steps, the check list, the staff from a file, the link for a password, open and closed."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from kazservices.backoffice.opening.people import COLUMNS
from kazservices.backoffice.opening.staff_file import sample
from kazservices.flow import sweeps
from kazservices.flow.health import health
from kazservices.gateways import sms
from kazservices.notices import delivery
from kazservices.notices.models import Notice
from kazservices.offices.models import Commission, Office, OfficeOpening, Staff, User
from kazservices.offices.opening import checklist, is_ready, open_office
from tests import world

MONDAY = "2026-03-16 10:00"
OFFICE = {
    "code": "09", "name_kk": "Жаңа аудан әкімдігі", "name_ru": "Акимат нового района", "territory_kk": "Жаңа аудан",
    "territory_ru": "Новый район", "address_kk": "Абай көшесі, 1", "address_ru": "улица Абая, 1",
    "phone": "+7 7000 00 09 00", "bin": "090140000019", "zone": "Asia/Almaty",
}  # fmt: skip
ORDER = {
    "deed": "order",
    "order_number": "7-Ө",
    "order_date": "2026-03-02",
    "since": "2026-03-16",
    "until": "2026-12-31",
}
PEOPLE = (
    ("h09", "Асель Нұрланова", "head", "asel@example.kz"),
    ("c09", "Бақыт Серікұлы", "clerk", "bakyt@example.kz"),
    ("o09", "Гүлім Асқарова", "operator", "gulim@example.kz"),
    ("ch09", "Данияр Омаров", "chair", "d@example.kz"),
    ("s09", "Еркін Қасым", "secretary", "e@example.kz"),
    ("m1", "Жанна Әли", "member", "j@example.kz"),
    ("m2", "Зере Болат", "member", "z@example.kz"),
    ("m3", "Ілияс Нұр", "member", "i@example.kz"),
)


def lines(people=PEOPLE, separator=",", **changed):
    """A file of staff; ``changed`` gives columns another value in the first line of people."""
    rows = [",".join(COLUMNS).replace(",", separator)]
    for number, (login, name, role, email) in enumerate(people):
        known = {"login": login, "full_name": name, "role": role, "since": "2026-03-16", "email": email}
        known |= {"language": "kk"} | (changed if number == 0 else {})
        rows.append(separator.join(known.get(column, "") for column in COLUMNS))
    return "\r\n".join(rows)


@pytest.fixture
def sent(monkeypatch):
    """The gateway takes all messages."""
    taken = []
    monkeypatch.setattr(sms, "send", lambda phone, text, *, key: taken.append((phone, text)))
    return taken


@pytest.fixture
def operator(place, desk):
    with world.at(MONDAY):
        return desk(place.operator)


def step(office, name) -> str:
    return reverse("admin:opening", args=[office.pk, name])


def upload(client, office, text, encoding="utf-8"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("staff.csv", text.encode(encoding), content_type="text/csv")
    return client.post(step(office, "staff"), {"deed": "file", "file": file})


@pytest.fixture
def begun(operator):
    """An office entered, with hours, a superior body and an order; no people yet."""
    with world.at(MONDAY):
        assert operator.post(reverse("admin:opening-new"), OFFICE).status_code == 302
        office = Office.objects.get(code="09")
        operator.post(step(office, "hours"), {"deferral": "akimat", "exemption": "akimat"})
        operator.post(step(office, "superior"), {"superior_body": Office.objects.get(code="01").pk})
        operator.post(step(office, "commission"), ORDER)
    office.refresh_from_db()
    return office


@pytest.fixture
def manned(begun, operator, sent, django_capture_on_commit_callbacks):
    with world.at(MONDAY):
        assert upload(operator, begun, lines()).status_code == 302
        operator.post(step(begun, "letter"))
        delivery.deliver_waiting()
    return begun


def missing(office):
    return [check.code for check in checklist(Office.objects.get(pk=office.pk)) if not check.ok]


def test_an_office_is_opened_from_nothing_step_by_step(manned, operator, place):
    with world.at(MONDAY):
        assert missing(manned) == []
        assert not Office.objects.get(pk=manned.pk).provides("deferral")  # ready, and not opened yet
        operator.post(step(manned, "check"), {"act": "open"})
        office = Office.objects.get(pk=manned.pk)
        assert office.provides("deferral")
        assert [found.code for found in Office.objects.providing("deferral").order_by("code")] == ["03", "09"]
    row = OfficeOpening.objects.get(office=office)
    assert (row.opened, row.by, row.at.isoformat()) == (True, place.operator, "2026-03-16T05:00:00+00:00")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_list_says_what_is_missing_and_each_step_can_be_taken_up_again(begun, place, desk, language):
    client = desk(place.operator, language)
    with world.at(MONDAY):
        assert missing(begun) == ["seats", "head", "clerk", "operator", "letter"]
        assert client.get(reverse("admin:openings")).status_code == 200
        for name in ("office", "hours", "superior", "commission", "staff", "letter", "check"):
            assert client.get(step(begun, name)).status_code == 200, name
        assert client.get(step(begun, "nothing")).status_code == 404
        client.post(step(begun, "check"), {"act": "open"})
    assert not Office.objects.get(pk=begun.pk).is_active
    assert not OfficeOpening.objects.filter(office=begun).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "03"}, "code"),
        ({"code": "0 9"}, "code"),
        ({"name_ru": ""}, "name_ru"),
        ({"bin": "090140000018"}, "bin"),
        ({"bin": "0901"}, "bin"),
        ({"phone": "call us"}, "phone"),
        ({"zone": "Europe/Paris"}, "zone"),
    ],
)
def test_a_wrong_office_is_refused_at_its_field_and_nothing_typed_is_lost(operator, wrong, field):
    with world.at(MONDAY):
        answer = operator.post(reverse("admin:opening-new"), OFFICE | wrong)
    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert OFFICE["address_kk"] in answer.content.decode()
    assert not Office.objects.filter(name_kk=OFFICE["name_kk"]).exists()


def test_an_office_does_not_stand_under_its_own_subordinate(begun, operator):
    above = begun.superior_body
    with world.at(MONDAY):
        assert operator.post(step(above, "superior"), {"superior_body": begun.pk}).status_code == 422


def test_hours_by_which_cases_are_counted_stay(place, user, operator):
    with world.at("2026-03-20 17:00"):
        world.apply(user, place.office)
        answer = operator.post(step(place.office, "hours"), {"deferral": "", "exemption": "akimat"})
        assert answer.status_code == 422
        operator.post(step(place.office, "hours"), {"deferral": "akimat", "exemption": ""})
    assert list(place.office.hours.values_list("service", flat=True)) == ["deferral"]


# --- the staff from a file ---


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_is_taken_with_comma_or_semicolon_with_mark_or_without(begun, operator, separator, encoding):
    with world.at(MONDAY):
        assert upload(operator, begun, lines(separator=separator), encoding).status_code == 302
    assert begun.staff.count() == len(PEOPLE)
    seats = begun.staff.filter(commission=begun.commissions.get())
    assert set(seats.values_list("role", flat=True)) == {"chair", "secretary", "member"}
    assert not User.objects.get(username="h09").has_usable_password()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": "king"}, "role"),
        ({"login": "head-03"}, "login"),  # another person's
        ({"login": "r-000101100016"}, "login"),  # a citizen's
        ({"login": "басшы"}, "login"),
        ({"since": "2026-03-16", "until": "2026-03-15"}, "until"),
        ({"since": "16 March"}, "since"),
        ({"email": ""}, "email"),  # nowhere to send the link
        ({"email": "nowhere"}, "email"),
        ({"phone": "home"}, "phone"),
        ({"language": "de"}, "language"),
        ({"full_name": ""}, "full_name"),
        ({"role": "chair", "since": "2026-03-13"}, "role"),  # Fri: the order begins on Monday
        ({"login": "c09"}, "login"),  # line 3 has this login for another name
    ],
)
def test_one_wrong_line_is_named_and_nothing_of_the_file_is_taken(begun, operator, user, changed, field):
    with world.at(MONDAY):
        answer = upload(operator, begun, lines(**changed))
    assert answer.status_code == 422
    wanted = {3 if changed == {"login": "c09"} else 2}
    assert {(fault.line, fault.field) for fault, _label in answer.context["faults"]} == {(n, field) for n in wanted}
    assert "Жанна Әли" in answer.content.decode()  # the lines stand on the page, to be put right there
    assert not begun.staff.exists()
    assert not User.objects.filter(username="m1").exists()
    assert not Notice.objects.filter(letter="staff_invitation").exists()


def test_the_lines_put_right_on_the_page_are_taken(begun, operator):
    with world.at(MONDAY):
        upload(operator, begun, lines(role="king"))
        assert operator.post(step(begun, "staff"), {"deed": "file", "text": lines()}).status_code == 302
    assert begun.staff.count() == len(PEOPLE)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        (",".join(COLUMNS), 0),
        ("login,full_name\nx,y", 1),
        (lines() + "\r\nonly,three,fields", len(PEOPLE) + 2),
        (lines() + "\r\n" + lines().splitlines()[1], len(PEOPLE) + 2),
        (lines((("x", "X", "clerk", "x@example.kz"),) * 501), 0),
    ],
)
def test_a_file_that_is_no_list_of_people_is_refused_whole(begun, operator, text, line):
    with world.at(MONDAY):
        answer = upload(operator, begun, text)
    assert answer.status_code == 422
    assert line in {fault.line for fault, _label in answer.context["faults"]}
    assert not begun.staff.exists()


def test_a_file_in_another_alphabet_code_is_refused_with_advice(begun, operator):
    with world.at(MONDAY):
        answer = upload(operator, begun, lines().replace("ұ", "у").replace("Ә", "А").replace("қ", "к")
                        .replace("ү", "у").replace("Қ", "К").replace("І", "И").replace("Ұ", "У"), "cp1251")  # fmt: skip
    assert answer.status_code == 422
    assert "UTF-8" in answer.content.decode()


def test_the_sample_has_every_column_and_is_taken_as_it_is(begun, operator):
    with world.at(MONDAY):
        answer = operator.get(reverse("admin:staff-sample"))
        assert answer.content.decode() == sample()
        assert upload(operator, begun, sample()).status_code == 302


def test_the_same_file_twice_writes_no_post_twice(begun, operator):
    with world.at(MONDAY):
        upload(operator, begun, lines())
        assert upload(operator, begun, lines()).status_code == 422
    assert begun.staff.count() == len(PEOPLE)


def test_an_account_that_exists_gets_a_second_post_and_no_new_link(begun, operator, place):
    person = ((place.clerk.username, place.clerk.full_name, "clerk", ""),)
    with world.at(MONDAY):
        assert upload(operator, begun, lines(person)).status_code == 302
    assert set(place.clerk.posts.values_list("office__code", flat=True)) == {"03", "09"}
    assert not Notice.objects.filter(letter="staff_invitation").exists()
    assert place.clerk.check_password("secret-for-tests")


def test_a_seat_may_be_filled_by_hand(begun, operator):
    person = {"deed": "person", "login": "m9", "full_name": "Мұрат", "role": "member", "since": "2026-03-16",
              "email": "m@example.kz", "language": "kk"}  # fmt: skip
    with world.at(MONDAY):
        assert operator.post(step(begun, "commission"), person | {"role": "clerk"}).status_code == 422
        assert operator.post(step(begun, "commission"), person).status_code == 302
    assert begun.staff.get().commission == begun.commissions.get()


def test_the_form_for_one_person_sends_each_name_once(begun, operator):
    """The order on a post is a field of the form too: what the form is for has a name of its own."""
    with world.at(MONDAY):
        for name in ("staff", "commission"):
            page = operator.get(step(begun, name)).content.decode()
            form = next(one for one in page.split("<form") if 'name="login"' in one).partition("</form>")[0]
            sent = re.findall(r'name="(\w+)"', form)
            assert len(sent) == len(set(sent)), sent


def test_the_people_of_an_order_are_carried_over_to_the_next(manned, operator):
    following = ORDER | {"order_number": "8-Ө", "since": "2027-01-01", "until": "2027-12-31", "carry_over": "on"}
    with world.at(MONDAY):
        assert operator.post(step(manned, "commission") + "?order=new", following).status_code == 302
    seats = Staff.objects.filter(commission__order_number="8-Ө")
    assert seats.count() == 5
    assert set(seats.values_list("since", flat=True)) == {date(2027, 1, 1)}


# --- the link for a password ---


def link_to(login):
    body = Notice.objects.filter(letter="staff_invitation", recipient__username=login, channel="email").last().body
    return re.search(r"https?://[^/]+(/admin/password/\S+)", body).group(1)


def test_the_link_sets_a_password_once(begun, operator):
    with world.at(MONDAY):
        upload(operator, begun, lines())
        link, browser = link_to("c09"), Client()
        page = browser.get(link, follow=True)
        assert link.split("/")[-2] not in page.request["PATH_INFO"]  # the token leaves the address
        assert "c09" in page.content.decode()
        weak = browser.post(page.request["PATH_INFO"], {"new_password1": "12345678", "new_password2": "12345678"})
        assert weak.status_code == 200
        assert "Құпиясөзде тек цифрлар бар. Әріп қосыңыз." in weak.content.decode()
        good = {"new_password1": "tas-joly-2026", "new_password2": "tas-joly-2026"}
        assert browser.post(page.request["PATH_INFO"], good).status_code == 302
        assert User.objects.get(username="c09").check_password("tas-joly-2026")
        assert not Client().get(link, follow=True).context["validlink"]


@pytest.mark.parametrize(("moment", "works"), [("2026-03-19 09:59", True), ("2026-03-19 10:01", False)])
def test_the_link_works_for_three_days_of_the_products_clock(begun, operator, moment, works):
    with world.at(MONDAY):
        upload(operator, begun, lines())
    with world.at(moment):
        assert Client().get(link_to("c09"), follow=True).context["validlink"] is works


def test_the_link_is_sent_again_until_a_password_is_set(begun, operator, place):
    with world.at(MONDAY):
        upload(operator, begun, lines())
        clerk = User.objects.get(username="c09")
        operator.post(step(begun, "staff"), {"deed": "again", "user": clerk.pk})
        assert Notice.objects.filter(recipient=clerk, channel="email").count() == 2
        clerk.set_password("tas-joly-2026")
        clerk.save()
        operator.post(step(begun, "staff"), {"deed": "again", "user": clerk.pk})
        assert Notice.objects.filter(recipient=clerk, channel="email").count() == 2
        assert operator.post(step(begun, "staff"), {"deed": "again", "user": place.chair.pk}).status_code == 404


# --- the test letter ---


def test_a_test_letter_counts_once_the_gateway_has_taken_it(begun, operator, sent):
    with world.at(MONDAY):
        upload(operator, begun, lines())
        User.objects.filter(username__in=["h09", "o09"]).update(email="", phone="+77000000901")
        operator.post(step(begun, "letter"))
        assert missing(begun) == ["letter"]
        delivery.deliver_waiting()
        assert missing(begun) == []
        assert operator.get(step(begun, "letter")).status_code == 200
    assert {phone for phone, _text in sent} >= {"+77000000901"}


def test_a_test_letter_needs_somebody_to_reach(begun, operator):
    with world.at(MONDAY):
        operator.post(step(begun, "letter"))
    assert not begun.letter_proofs.exists()


# --- open, closed, and lacking something ---


def test_an_office_without_its_people_takes_no_applications(place, user):
    with world.at("2026-03-20 12:00"):
        filing = world.filing(user, place.office)
        place.secretary.posts.update(until="2026-03-19")
        assert missing(place.office) == ["seats"]
        with pytest.raises(ValidationError) as refusal:
            world.file_application(filing)
    assert set(refusal.value.message_dict) == {"office"}


@pytest.mark.parametrize(
    ("lost", "code"),
    [
        (lambda place: place.office.commissions.update(until="2026-03-19"), "commission"),
        (lambda place: place.chair.posts.update(until="2026-03-19"), "seats"),
        (lambda place: place.member3.posts.update(until="2026-03-19"), "seats"),
        (lambda place: place.head.posts.update(until="2026-03-19"), "head"),
        (lambda place: User.objects.filter(pk=place.clerk.pk).update(is_active=False), "clerk"),
        (lambda place: place.office.letter_proofs.update(delivered_at=None), "letter"),
        (lambda place: Office.objects.filter(pk=place.office.pk).update(phone=""), "contact"),
        (lambda place: Office.objects.filter(pk=place.office.pk).update(name_ru=""), "name"),
    ],
)
def test_what_is_lost_turns_the_check_list_red_and_the_portal_offers_the_office_no_longer(place, lost, code):
    with world.at("2026-03-20 12:00"):
        lost(place)
        assert code in missing(place.office)
        assert not Office.objects.providing("deferral").exists()


def test_one_person_in_two_seats_is_one_person(place):
    place.secretary.posts.update(user=place.chair)
    with world.at("2026-03-20 12:00"):
        assert missing(place.office) == ["seats"]


def test_a_closed_office_takes_no_new_applications_and_its_cases_go_on(place, user, operator):
    with world.at("2026-03-20 17:00"):
        case = world.apply(user, place.office)
        assert operator.post(step(place.office, "check"), {"act": "close", "reason": " "}).status_code == 422
        operator.post(step(place.office, "check"), {"act": "close", "reason": "Аудандар бірікті."})
        assert not Office.objects.get(pk=place.office.pk).provides("deferral")
    with world.at("2026-03-26 10:00"):  # Thu, D1
        assert world.make(case, "send_to_members", place.chair).state == "with_members"
    assert OfficeOpening.objects.get(opened=False).reason == "Аудандар бірікті."


@pytest.mark.parametrize("who", ["clerk", "head", "chair", "auditor"])
def test_nobody_but_an_operator_opens_or_closes(place, desk, who):
    client = desk(getattr(place, who))
    with world.at(MONDAY):
        assert client.get(reverse("admin:openings")).status_code == 403
        assert client.post(step(place.office, "check"), {"act": "close", "reason": "…"}).status_code == 403
    assert Office.objects.get(pk=place.office.pk).is_active


def test_the_old_form_of_an_office_cannot_open_it(place, operator):
    closed = Office.objects.get(code="01")
    with world.at(MONDAY):
        form = operator.get(f"/admin/offices/office/{closed.pk}/change/").content.decode()
        assert 'name="is_active"' not in form
        assert operator.get("/admin/offices/office/add/").status_code == 403


def test_an_office_is_opened_only_ready_and_only_once(place):
    with world.at(MONDAY), pytest.raises(ValidationError):
        open_office(place.office, by=place.operator)
    superior = Office.objects.get(code="01")
    assert not is_ready(superior)
    with world.at(MONDAY), pytest.raises(ValidationError):
        open_office(superior, by=place.operator)
    assert not OfficeOpening.objects.exists()


def warned():
    return sorted(Notice.objects.filter(letter="commission_ends").values_list("recipient__username", flat=True))


def test_operator_and_head_are_warned_once_thirty_days_before_a_commission_ends(place):
    place.office.commissions.update(until="2026-06-30")
    with world.at("2026-05-30 12:00"):  # Sat: 31 days
        sweeps.run("commissions")
    assert warned() == []
    for moment in ("2026-05-31 12:00", "2026-06-01 12:00"):  # Sun: 30 days; Mon
        with world.at(moment):
            sweeps.run("commissions")
    assert warned() == ["head-03", "operator-03"]


def test_no_warning_where_the_next_order_follows(place):
    place.office.commissions.update(until="2026-06-30")
    Commission.objects.create(
        office=place.office, order_number="13", order_date=date(2026, 6, 1), since=date(2026, 7, 1)
    )
    with world.at("2026-06-15 12:00"):
        sweeps.run("commissions")
    assert warned() == []


# --- an open office that ceases to be ready ---


def told(letter):
    return sorted(Notice.objects.filter(letter=letter, channel="cabinet").values_list("recipient__username", flat=True))


def swept(*moments):
    for moment in moments:
        with world.at(moment):
            sweeps.run("offices")


def offices_of_health(moment):
    with world.at(moment):
        return health()["offices"]


@pytest.mark.parametrize(
    ("lose", "code", "whom"),
    [
        (lambda place: place.office.hours.all().delete(), "hours", ["head-03", "operator-03"]),
        (lambda place: place.member3.posts.update(until="2026-03-19"), "seats", ["head-03", "operator-03"]),
        (lambda place: place.office.commissions.update(until="2026-03-19"), "commission", ["head-03", "operator-03"]),
        (lambda place: place.head.posts.update(until="2026-03-19"), "head", ["operator-03"]),
    ],
)
def test_a_check_that_turns_red_is_told_once_and_again_when_it_fails_anew(place, lose, code, whom):
    assert offices_of_health("2026-03-20 09:00") == {"state": "green", "lacking": [], "ending": []}
    lose(place)
    swept("2026-03-20 09:00", "2026-03-20 09:01", "2026-04-20 09:00")
    assert told("office_lacks") == whom
    found = offices_of_health("2026-03-20 09:00")
    assert (found["state"], found["lacking"][0]) == ("red", {"office": "03", "check": code})
    assert health()["state"] == "red"


def test_what_was_put_right_and_fails_again_is_told_again(place):
    for day in ("2026-03-20", "2026-03-23"):
        place.office.letter_proofs.update(delivered_at=None)
        swept(f"{day} 09:00", f"{day} 09:01")
        world.prove_letters(place)
        swept(f"{day} 10:00")
    assert told("office_lacks") == ["head-03", "head-03", "operator-03", "operator-03"]
    assert [(alarm.code, alarm.over_at is None) for alarm in place.office.alarms.all()] == [("letter", False)] * 2


def test_where_neither_head_nor_operator_is_left_those_above_are_told(place):
    above = world.build_staff(place.office.superior_body, "head", "head")
    Staff.objects.filter(user__in=(place.head, place.operator)).update(until="2026-03-19")
    swept("2026-03-20 09:00")
    assert told("office_lacks") == [above.username]
    assert set(place.office.alarms.values_list("code", flat=True)) == {"head", "operator"}


def test_with_nobody_at_all_to_tell_it_waits(place):
    Staff.objects.filter(user__in=(place.head, place.operator)).update(until="2026-03-19")
    swept("2026-03-20 09:00")
    assert not place.office.alarms.exists()
    place.operator.posts.update(until=None)
    swept("2026-06-20 09:00")
    assert told("office_lacks") == ["operator-03"]


def test_a_closed_office_alarms_nobody(place):
    place.head.posts.update(until="2026-03-25")
    Office.objects.filter(pk=place.office.pk).update(is_active=False)
    swept("2026-03-20 09:00", "2026-03-26 09:00")
    assert not Notice.objects.filter(letter__in=("office_lacks", "post_ends")).exists()
    assert offices_of_health("2026-03-26 09:00")["state"] == "green"


@pytest.mark.parametrize("who", ["head", "clerk", "operator", "chair", "member2"])
def test_the_end_of_a_needed_post_is_told_once_thirty_days_ahead(place, who):
    getattr(place, who).posts.update(until="2026-06-30")
    swept("2026-05-30 12:00")  # Sat: 31 days
    assert told("post_ends") == []
    assert offices_of_health("2026-05-30 12:00")["state"] == "green"
    swept("2026-05-31 12:00", "2026-06-01 12:00", "2026-06-30 12:00")  # Sun: 30 days
    assert told("post_ends") == ["head-03", "operator-03"]
    check = who if who in ("head", "clerk", "operator") else "seats"
    found = offices_of_health("2026-05-31 12:00")
    assert found == {
        "state": "amber", "lacking": [], "ending": [{"office": "03", "check": check, "until": "2026-06-30"}],
    }  # fmt: skip


def test_a_post_that_another_person_takes_over_or_that_nobody_needs_is_not_told(place):
    Staff.objects.filter(user__in=(place.clerk, place.deputy, place.auditor)).update(until="2026-06-30")
    world.build_staff(place.office, "clerk2", "clerk")
    swept("2026-06-15 12:00")
    assert told("post_ends") == []


def test_another_last_day_is_told_anew_and_the_nearest_end_first(place):
    other = world.build_place("05", "Басқа аудан әкімдігі")
    place.head.posts.update(until="2026-06-30")
    other.head.posts.update(until="2026-06-20")
    swept("2026-06-15 12:00")
    letters = Notice.objects.filter(letter="post_ends", channel="cabinet").order_by("pk")
    assert [letter.recipient.username[-2:] for letter in letters] == ["05", "05", "03", "03"]
    place.head.posts.update(until="2026-07-05")
    swept("2026-06-16 12:00")
    assert ["05.07.2026" in letter.subject for letter in letters.all()] == [False] * 4 + [True] * 2


def test_the_end_of_a_commission_is_told_by_its_own_letter_alone(place):
    place.office.commissions.update(until="2026-06-30")
    swept("2026-06-15 12:00")
    assert told("post_ends") == []
    assert offices_of_health("2026-06-15 12:00")["ending"] == [
        {"office": "03", "check": "commission", "until": "2026-06-30"}
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_of_health_names_the_office_and_the_check(place, desk, language):
    place.head.posts.update(until="2026-03-19")
    place.clerk.posts.update(until="2026-03-25")
    with world.at("2026-03-20 09:00"):
        page = desk(place.operator, language).get("/admin/sweeps/")
    assert [(row["office"].code, row["until"]) for row in page.context["offices"]] == [
        ("03", None), ("03", date(2026, 3, 25)),
    ]  # fmt: skip
    assert step(place.office, "check") in page.content.decode()
