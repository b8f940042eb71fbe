"""To whom one complains, how, and until when: on the paper that refuses. Norms: CONS-14-7, ADM-8."""

import pytest

from kazservices.documents.drawing import html
from kazservices.passports.loading import FOLDER
from kazservices.passports.models import Edition
from tests import world
from tests.complaints import scene


def refusal_of(case):
    return html(case.papers.get(kind="refusal"))


@pytest.mark.norm("CONS-14-7")
def test_a_refusal_says_to_whom_and_how_one_complains_who_considers_it_and_that_court_comes_after(user, place):
    scene.build_authority(place.office)
    said = refusal_of(world.to_refused(user, place))
    for words in ("Облыс әкімдігі", "Акимат области", "Сапа департаменті", "Департамент качества",
                  "Егер заңда өзгеше көзделмесе, сотқа жүгінуге", "обращение в суд допускается после обжалования",
                  "Подать жалобу по этому делу"):  # fmt: skip
        assert words in said


@pytest.mark.norm("CONS-14-7")
def test_no_edition_that_is_shipped_names_a_term_and_so_no_paper_prints_a_last_day(refused):
    assert not Edition.objects.exclude(appeal_length=None).exists()
    assert "appeal_term" not in "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml"))
    said = refusal_of(refused)
    assert "Последний день подачи" not in said
    assert "Шағым беруге болатын соңғы күн" not in said


@pytest.mark.norm("CONS-14-7")
@pytest.mark.parametrize(
    ("length", "unit", "last_day"),
    [
        (3, "calendar_months", "02.07.2026"),  # Thu 2 April -> Thu 2 July
        (10, "working_days", "16.04.2026"),  # Thu -> Thu, ten working days on
        (10, "calendar_days", "12.04.2026"),  # Sun: a recipient's own term is not brought forward
    ],
)
def test_an_edition_that_names_one_prints_it_with_its_source(user, place, length, unit, last_day):
    source = {"appeal_source_kk": "ӘРПК 92-бабы", "appeal_source_ru": "статья 92 АППК"}
    Edition.objects.filter(service="deferral").update(appeal_length=length, appeal_unit=unit, **source)
    said = refusal_of(world.to_refused(user, place))
    assert last_day in said
    assert "статья 92 АППК" in said
    assert "ӘРПК 92-бабы" in said
