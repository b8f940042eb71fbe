"""The catalogue: all eight services of the school's page, in its words, each with what it takes today."""

import json

import pytest

from kazservices.passports import catalogue
from kazservices.passports.catalogue_file import read_catalogue
from kazservices.passports.faults import PassportError
from kazservices.passports.models import Edition, EditionSwitch
from kazservices.reports.norms import REGISTER
from tests import world
from tests.conftest import on

pytestmark = pytest.mark.django_db
DAY = "2026-03-20 10:00"


def entries() -> dict:
    return {entry["norm"]: entry for group in catalogue.catalogue()["groups"] for entry in group["services"]}


def source(norm: str) -> str:
    rows = {row["id"]: row["source"] for row in json.loads(REGISTER.read_text(encoding="utf-8"))}
    return rows[norm]


def named(row: str, *, corrected: str = ""):
    """A row of the page's list: its id, and the name as it is shown where the page's spelling is wrong."""
    return pytest.param(row, corrected, marks=pytest.mark.norm(row), id=row)


LIST = [
    named("SCH-1"),
    named("SCH-2", corrected="«Үздік педагог» атағын беру конкурсына қатысу үшін құжаттар қабылдау"),
    named("SCH-3"),
    named("SCH-4", corrected="Негізгі орта, жалпы орта білім туралы құжаттардың телнұсқаларын беру"),
    named("SCH-5"),
    named("SCH-6"),
    named("SCH-7"),
    named("SCH-8"),
]


@pytest.mark.parametrize(("norm", "corrected"), LIST)
def test_each_service_of_the_page_is_listed_in_its_own_words(client, norm, corrected):
    """The spelling of the source is kept, the one that is shown is put right: GAP-21."""
    entry = entries()[norm]
    assert entry["raw"] == source(norm)
    assert entry["kk"] == (corrected or source(norm).rstrip("."))
    with on(DAY):
        home = client.get("/").content.decode()
        page = client.get(f"/services/{entry['code']}/")
    assert home.count(f'href="/services/{entry["code"]}/"') == 1
    assert entry["kk"] in home
    assert f">{entry['plain']['kk']}</a>" in home
    assert f"<h1>{entry['plain']['kk']}</h1>" in page.content.decode()


def test_the_order_is_that_of_the_page_and_the_transfer_stands_beside_it():
    school = next(group for group in catalogue.catalogue()["groups"] if group["code"] == "school")
    assert [entry["norm"] for entry in school["services"]][:8] == [f"SCH-{number}" for number in range(1, 9)]
    assert {"transfer", "contest_application"} <= {entry["code"] for entry in school["services"] if not entry["norm"]}


@pytest.mark.parametrize(
    ("code", "says"),
    [
        pytest.param("best-pedagogue", "білім бөліміне апарыңыз", marks=pytest.mark.norm("SCH-2")),
        pytest.param("attestation", "білім басқармасы", marks=pytest.mark.norm("SCH-8")),
    ],
)
def test_a_service_of_another_provider_says_where_to_go_and_takes_nothing(client, code, says):
    with on(DAY):
        page = client.get(f"/services/{code}/").content.decode()
        client.force_login(world.build_recipient())
        apply = client.get(f"/services/{code}/apply/")
    assert says in page
    assert "Мектеп бұл қызмет бойынша өтініш қабылдамайды" in page
    assert "/apply/" not in page
    assert apply.status_code == 404


@pytest.mark.norm("SCH-6")
def test_a_service_without_a_standard_says_so_and_takes_nothing(client):
    Edition.objects.filter(service="meals").delete()
    with on(DAY):
        home = client.get("/").content.decode()
        page = client.get("/services/meals/").content.decode()
        client.force_login(world.build_recipient())
        apply = client.get("/services/meals/apply/")
    assert "Стандарт жүктелмеген" in home
    assert "стандарты жүктелмеген" in page
    assert "Тегін және жеңілдетілген тамақ" in page
    assert "/apply/" not in page
    assert apply.status_code == 404


def test_an_edition_that_is_switched_off_takes_nothing(client, place):
    edition = Edition.objects.get(service="camps")
    with on(DAY):
        EditionSwitch.objects.create(
            edition=edition.code, on=False, reason="Лагерь жабық", by=place.operator, at=world.clock.now()
        )
        page = client.get("/services/camps/").content.decode()
    assert "стандарты жүктелмеген" in page


@pytest.mark.parametrize("moment", ["2026-03-20 10:00", "2026-07-05 10:00"])
def test_each_row_says_whether_it_is_open(client, moment):
    with on(moment):
        rows = {row.code: row for _, rows in catalogue.in_groups(world.clock.now()) for row in rows}
        home = client.get("/").content.decode()
    assert rows["deferral"].window.open is (moment[5:7] == "03")
    assert rows["preschool"].window.open
    assert ("Жабық; 1 қыркүйекте ашылады" in home or "қыркүйекте" in home) is (moment[5:7] == "07")
    assert "30 жұмыс минут" in home


def test_a_service_nobody_knows_is_not_found(client):
    with on(DAY):
        assert client.get("/services/no-such-service/").status_code == 404


def test_the_catalogue_is_read_in_every_language(client):
    for language, says in (("kk", "Мектеп"), ("ru", "Призыв на воинскую службу"), ("en", "Admission to school")):
        client.cookies["django_language"] = language
        with on(DAY):
            assert says in client.get("/").content.decode()


def test_a_fault_of_the_catalogue_is_named_by_its_line(tmp_path):
    text = catalogue.FILE.read_text(encoding="utf-8").replace("norm: SCH-4", "norm: SCH-44")
    path = tmp_path / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    line = text[: text.index("SCH-44")].count("\n") + 1
    with pytest.raises(PassportError) as refused:
        read_catalogue(path)
    assert [(fault.field, fault.line) for fault in refused.value.faults] == [("groups[0].services[3].norm", line)]


def test_the_home_page_asks_the_database_little(client, django_assert_max_num_queries):
    with on(DAY):
        client.get("/")
        with django_assert_max_num_queries(7):
            client.get("/")
