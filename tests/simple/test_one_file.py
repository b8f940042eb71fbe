"""A service in one file: the example of docs/add-a-service.md is written down, loaded, filed and decided. No code."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from calendars import rules
from kazservices.deadlines.models import Deadline
from kazservices.documents import drawing, papers
from kazservices.documents.models import PaperBytes
from kazservices.flow import manifest as manifests
from kazservices.flow.door import advance, prepare
from kazservices.flow.errors import HandMissing
from kazservices.notices.models import Notice
from kazservices.offices import demands
from kazservices.offices.models import OfficeHours
from kazservices.passports.faults import PassportError
from kazservices.passports.loading import FOLDER, load
from kazservices.simple import flows
from kazservices.simple.introducing import introduce
from kazservices.simple.models import SimpleCase
from kazservices.simple.states import State
from tests import world
from tests.conftest import on

DOC = FOLDER.parent.parent / "docs" / "add-a-service.md"
CODE, EDITION = "school-bus", "school-bus-2026"
FILED = "2026-08-20 11:00"  # Thu; the answer is due by Tue 25


def example() -> str:
    return re.search(r"```yaml\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL).group(1)


@pytest.fixture
def bus(school, tmp_path):
    """The service of the file, which this school provides; afterwards nobody knows it any more."""
    path = tmp_path / "school-bus-2026.yaml"
    path.write_text(example(), encoding="utf-8")
    load(path)
    introduce(path)
    OfficeHours.objects.create(office=school.office, service=CODE, schedule="school")
    yield school
    del manifests._manifests[CODE], demands._demands[CODE], flows._editions[EDITION]
    for code in [code for code in rules.registry if code.startswith(f"{CODE}.")]:
        del rules.registry[code], rules._editions[code]


def filed(cabinet, school, outside, *, wheelchair="no"):
    """From the first question to the signature, by the pages alone."""
    answer = cabinet.post(f"/services/{CODE}/apply/", {"office": school.office.pk, "category": "PUPIL"})
    draft = answer.url.split("/")[2]
    cabinet.post(f"/drafts/{draft}/details/", {"wheelchair": wheelchair})
    cabinet.post(f"/drafts/{draft}/form/", {"stop": "bridge", "class": "5"})
    cabinet.post(f"/drafts/{draft}/papers/", {"requirement": "address_proof", "file": world.picture()})
    cabinet.post(f"/drafts/{draft}/review/")
    key = re.search(r'name="key" value="([^"]+)"', cabinet.get(f"/drafts/{draft}/sign/").content.decode())
    sent = {"code": outside.code, "key": key.group(1) if key else ""}
    return cabinet.post(f"/drafts/{draft}/sign/", sent, follow=True).content.decode()


def post_move(desk, case, move, **facts):
    """A move at the desk: its form, and the paper read and signed where it issues one; the page that follows."""
    seen = str(type(case).objects.get(pk=case.pk).journal_count)
    answer = desk.post(reverse("admin:move", args=[case.ref, move]), {"seen": seen, **facts})
    if kind := manifests.manifest_of(case.service).move(move).paper:
        paper = case.papers.get(kind=kind)
        papers.render(paper.pk)
        paper.refresh_from_db()
        answer = desk.post(reverse("admin:sign", args=[case.ref, move, paper.pk]), {"sha256": paper.sha256})
    assert answer.status_code == 302, answer.content.decode()
    return desk.get(reverse("admin:case", args=[case.ref])).content.decode()


def at_desk(person):
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "ru"
    return client


def test_it_is_listed_by_itself_and_says_what_it_needs(client, bus):
    with on(FILED):
        home = client.get("/").content.decode()
        page = client.get(f"/services/{CODE}/").content.decode()
    assert f'href="/services/{CODE}/"' in home
    assert "Басқа қызметтер" in home
    for said in ("3 жұмыс күні", "Мекенжай туралы анықтама", "автобуста бос орынның болмауы", "Ресми мәтінмен"):
        assert said in page


@pytest.mark.parametrize("day", ["2026-07-31", "2026-10-01"])
def test_outside_its_window_nothing_is_filled_in(cabinet, bus, day):
    with on(f"{day} 12:00"):
        page = cabinet.get(f"/services/{CODE}/apply/").content.decode()
    assert 'name="category"' not in page
    assert "Келесі кезең 1 тамызда басталады" in page


def test_filed_by_the_pages_it_is_registered_with_its_clocks_and_papers(cabinet, bus, outside):
    with on(FILED):
        page = filed(cabinet, bus, outside)
    case = SimpleCase.objects.get()
    assert (case.state, case.number[:3], case.particulars) == (State.IN_WORK, "АВТ", {"stop": "bridge", "class": 5})
    assert case.number in page
    assert "25 тамыз, сейсенбі" in page
    clocks = {clock.rule.partition(".")[2]: clock for clock in Deadline.objects.filter(case=case.pk)}
    assert clocks["decide"].due_at.astimezone(world.ALMATY).isoformat() == "2026-08-25T18:30:00+05:00"
    assert (clocks["register"].unit, clocks["register"].outcome) == ("working_minutes", "met")


@pytest.mark.parametrize(("wheelchair", "state"), [("no", State.IN_WORK), ("yes", State.NOT_TAKEN)])
def test_the_conditional_document_is_wanted_of_whom_it_concerns(cabinet, bus, outside, wheelchair, state):
    with on(FILED):
        filed(cabinet, bus, outside, wheelchair=wheelchair)
    assert SimpleCase.objects.get().state == state


def test_granted_at_the_desk_the_ticket_is_printed_told_and_collected(cabinet, user, bus, outside):
    with on(FILED):
        filed(cabinet, bus, outside)
        case = SimpleCase.objects.get()
        page = post_move(at_desk(bus.academic), case, "grant", motive="3-орын")
    assert "Билет в школьный автобус" not in page  # the desk names the paper by its kind; the paper its own title
    paper = case.papers.get(kind="simple_result")
    assert paper.facts["title"]["ru"] == "Билет в школьный автобус"
    assert PaperBytes.objects.get(paper=paper).content.startswith(b"%PDF")
    letter = Notice.objects.get(case=case, letter="simple_granted", channel="cabinet")
    assert letter.subject == f"№ {case.number}: автобус билеті дайын"
    assert bus.office.address_kk in letter.body
    with on("2026-08-24 10:00"):
        page = post_move(at_desk(bus.clerk), case, "hand_over", collected_by="Анасы, жеке куәлік 012345678")
        status = cabinet.get(f"/cases/{case.ref}/").content.decode()
    assert "Анасы, жеке куәлік 012345678" in page
    assert "Қағаз құжат тапсырылды" in status


def test_refused_it_names_a_ground_of_its_closed_list_and_how_to_complain(cabinet, bus, outside):
    with on(FILED):
        filed(cabinet, bus, outside)
        case, deputy = SimpleCase.objects.get(), at_desk(bus.academic)
        form = deputy.get(reverse("admin:move", args=[case.ref, "refuse"])).content.decode()
        assert set(re.findall(r'name="grounds" value="([^"]+)"', form)) == {"full", "law-1"}
        post_move(deputy, case, "refuse", grounds=["full"], motive="Барлық 30 орын берілді.")
        status = cabinet.get(f"/cases/{case.ref}/").content.decode()
    assert SimpleCase.objects.get().state == State.REFUSED
    assert "Барлық 30 орын берілді." in status
    told = drawing.html(case.papers.get(kind="simple_refusal"))
    assert "отсутствие свободных мест в автобусе" in told
    assert "Право на жалобу" in told


@pytest.fixture
def granted(cabinet, bus, outside):
    with on(FILED):
        filed(cabinet, bus, outside)
        case = SimpleCase.objects.get()
        post_move(at_desk(bus.academic), case, "grant", motive="3-орын")
    return case


@pytest.mark.norm("LAW-5-2-9")
@pytest.mark.parametrize("second", ["head", "clerk"])
@pytest.mark.parametrize("move", ["correct", "withdraw_result"])
def test_what_was_given_is_put_right_by_the_two_whom_the_file_names(granted, bus, move, second):
    case = granted
    with on(FILED):
        slip = {"paper": case.papers.get(kind="simple_result").pk, "wrong": "3", "right": "8", "reason": "Сан қатесі."}
        facts = slip if move == "correct" else {"because": "Сот актісі № 1"}
        by = bus.academic
        with pytest.raises(PermissionDenied):
            prepare(case, move, by=bus.auditor, **facts)
        paper = signed_by(prepare(case, move, by=by, **facts), by, bus.staff[second])
        if second == "clerk":
            with pytest.raises(HandMissing):
                advance(case, move, by=by, document=paper)
            return
        case = advance(case, move, by=by, document=paper)
    assert case.state == (State.GRANTED if move == "correct" else State.IN_WORK)


def signed_by(paper, *people):
    papers.render(paper.pk)
    paper.refresh_from_db()
    for person in people:
        papers.sign(paper, by=person, sha256=paper.sha256)
    return paper


def test_a_fault_in_the_file_is_named_by_file_line_and_field(tmp_path):
    text = example().replace("decider: academic", "decider: janitor")
    path = tmp_path / "broken.yaml"
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("decider: janitor")].count("\n") + 1
    with pytest.raises(PassportError) as refused:
        introduce(path)
    with translation.override("en"):
        said = str(refused.value)
    assert said.startswith(f"{path}:{line}: flow.decider: one of these is expected here")
