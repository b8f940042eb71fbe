"""Brought on paper: taken in at the counter, decided at the desk, handed over to whoever has no cabinet."""

from django.test import Client
from django.urls import reverse

from kazservices.cases.models import Channel, Draft
from kazservices.documents import drawing
from kazservices.simple.models import SimpleCase
from kazservices.simple.states import State
from tests import world
from tests.conftest import on

AT = "2026-03-20 10:00"
IIN = "030411105088"
FORM = {
    "child_name": "Әлиева Дана", "child_iin": "000101100006", "class": "5 «А»", "camp": "country",
    "season": "2026-06-01", "health_need": "no", "consent": "yes",
}  # fmt: skip


def test_an_application_on_paper_is_taken_in_decided_and_handed_over_on_paper(school):
    clerk = Client()
    clerk.force_login(school.clerk)
    category = world.category_of("camps", "LOW_INCOME", world.date(2026, 3, 20))
    who = {"iin": IIN, "full_name": "Әлиев Самат Ерланұлы", "language": "kk"}
    with on(AT):
        clerk.post(reverse("admin:counter"), {"situation": f"{school.office.pk}-{category.pk}", **who})
        draft = Draft.objects.get(channel=Channel.OFFICE)
        page = reverse("admin:counter-draft", args=[draft.ref])
        sent = clerk.post(page, {**FORM, "handed_in": ["income_proof"], "act": "take"})
    case = SimpleCase.objects.get()
    assert sent.url == reverse("admin:case", args=[case.ref])
    assert (case.channel, case.state, case.handed_in) == (Channel.OFFICE, State.IN_WORK, ["income_proof"])
    with on("2026-03-20 15:00"):
        case = world.make(case, "grant", school.head, motive="")
    with on("2026-03-26 11:00"):
        desk = clerk.get(reverse("admin:case", args=[case.ref])).content.decode()
        case = world.make(case, "hand_over", school.clerk, collected_by="Әлиев Самат, жеке куәлік")
    assert "отбасының аз қамтылғанын растайтын құжат" in desk
    assert case.state == State.HANDED_OVER
    assert "Лагерьге жолдама" in drawing.html(case.papers.get(kind="simple_result"))


def test_a_package_on_paper_that_lacks_something_gets_the_receipt_of_it(school):
    clerk = Client()
    clerk.force_login(school.clerk)
    category = world.category_of("camps", "LOW_INCOME", world.date(2026, 3, 20))
    who = {"iin": IIN, "full_name": "Әлиев Самат Ерланұлы", "language": "ru"}
    with on(AT):
        clerk.post(reverse("admin:counter"), {"situation": f"{school.office.pk}-{category.pk}", **who})
        draft = Draft.objects.get(channel=Channel.OFFICE)
        page = reverse("admin:counter-draft", args=[draft.ref])
        clerk.post(page, {**FORM, "health_need": "yes", "handed_in": ["income_proof"], "act": "take"})
    case = SimpleCase.objects.get()
    assert case.state == State.NOT_TAKEN
    assert "справка о состоянии здоровья ребёнка" in drawing.html(case.papers.get(kind="not_taken_receipt"))
