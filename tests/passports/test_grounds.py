"""Row 9 of both standards, the Law's six grounds, and the register of call-up acts."""

from datetime import date

import pytest

from kazservices.passports.models import Ground
from kazservices.passports.service import call_up_acts, grounds_offered

from . import law

SPRING = (date(2026, 3, 1), date(2026, 6, 30))
SERVICES = ("deferral", "exemption")


def offered(edition, office, on=date(2026, 3, 20), consent=True):
    found = grounds_offered(edition, office=office, accepted_on=on, consent_given=consent)
    return [ground.code for ground in found]


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("place", [pytest.param(n, marks=pytest.mark.norm(f"CONS-S9-{n + 1}")) for n in range(3)])
def test_a_ground_of_the_standard_says_what_row_nine_prints(editions, service, place):
    printed = law.grounds(service)
    grounds = list(editions[service].grounds.all())
    assert len(grounds) == len(printed) == 3
    assert (grounds[place].code, grounds[place].norm) == (str(place + 1), f"CONS-S9-{place + 1}")
    assert law.bare(grounds[place].text_raw) == printed[place]
    assert grounds[place].text_kk == law.cyrillic(printed[place])


@pytest.mark.norm("CONS-S9-2")
@pytest.mark.parametrize(
    ("service", "article", "other"), [("deferral", "35-ба", "36-ба"), ("exemption", "36-ба", "35-ба")]
)
def test_deferral_rests_on_article_35_and_exemption_on_article_36(editions, service, article, other):
    ground = editions[service].grounds.get(code="2")
    for text in (ground.text_kk, ground.basis_kk):
        assert article in text
        assert other not in text


@pytest.mark.norm("CONS-S9-1", "CONS-S9-2")
@pytest.mark.parametrize("service", SERVICES)
def test_grounds_one_and_two_may_be_named_in_any_case(editions, office, call_up, service):
    call_up(*SPRING)
    assert offered(editions[service], office) == ["1", "2"]


@pytest.mark.norm("CONS-S9-3")
@pytest.mark.parametrize("service", SERVICES)
def test_ground_three_may_be_named_only_while_no_act_orders_the_call_up(editions, office, call_up, service):
    assert offered(editions[service], office) == ["1", "2", "3"]
    call_up(*SPRING)
    assert offered(editions[service], office) == ["1", "2"]
    assert offered(editions[service], office, on=date(2026, 9, 1)) == ["1", "2", "3"]


@pytest.mark.norm("CONS-S9-3")
def test_an_act_for_another_territory_orders_nothing_here(deferral, office, other_office, call_up):
    call_up(*SPRING, office=other_office)
    assert offered(deferral, office) == ["1", "2", "3"]
    assert offered(deferral, other_office) == ["1", "2"]


@pytest.mark.norm("CONS-S9-3")
@pytest.mark.parametrize(
    ("accepted_on", "acts"),
    [
        (date(2026, 2, 28), 0),  # the day before the period
        (date(2026, 3, 1), 1),
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), 1),  # filed on a last day that was off, accepted after it: still the spring call-up
        (date(2026, 9, 1), 0),  # the autumn call-up has no act yet
    ],
)
def test_an_act_covers_the_whole_window_and_what_was_accepted_just_after_it(
    deferral, office, call_up, accepted_on, acts
):
    call_up(*SPRING)
    assert call_up_acts(deferral, office, accepted_on).count() == acts


@pytest.mark.norm("CONS-S9-3")
def test_what_is_accepted_in_january_belongs_to_the_autumn_before(deferral, office, call_up):
    call_up(date(2023, 9, 1), date(2023, 12, 30))
    assert call_up_acts(deferral, office, date(2024, 1, 3)).count() == 1  # filed on Sat 30.12.2023


@pytest.mark.norm("LAW-19-1-2")
def test_the_six_general_grounds_are_those_of_the_law(passports):
    lines = law.services_law()
    start = lines.index("2. Көрсетілетін қызметті берушілер мынадай негіздер:")
    general = list(Ground.objects.filter(edition=None))
    assert [ground.code for ground in general] == [f"law-{n}" for n in range(1, 7)]
    for number, ground in enumerate(general, 1):
        printed = lines[start + number].removesuffix(" бойынша мемлекеттік қызметтерді көрсетуден бас тартады.")
        assert f"{number}) {law.bare(ground.text_raw)}" == law.bare(printed)
        assert ground.text_kk == law.bare(ground.text_raw)
        assert (ground.norm, ground.basis_kind) == ("LAW-19-1-2", "law")
        assert f"19-1-бабы 2-тармағының {number}) тармақшасы" in ground.basis_kk


@pytest.mark.norm("LAW-19-1-2")
@pytest.mark.parametrize("service", SERVICES)
def test_a_refused_consent_opens_the_sixth_ground_and_no_other_general_one(editions, office, call_up, service):
    call_up(*SPRING)
    assert offered(editions[service], office, consent=False) == ["1", "2", "law-6"]


@pytest.mark.norm("LAW-19-1-5")
def test_a_ground_that_no_law_sets_carries_that_mark(editions):
    assert any("заңдарымен" in line and "өзге де негіздері" in line for line in law.services_law())
    for edition in editions.values():
        kinds = {ground.code: ground.basis_kind for ground in edition.grounds.all()}
        assert kinds == {"1": "law", "2": "law", "3": "sublaw"}
        for ground in edition.grounds.filter(basis_kind="law"):
            assert "19-1-бабы" in ground.basis_kk
            assert "статьи 19-1" in ground.basis_ru
