"""Service areas: the file with its lines, the border of two areas, the editions, whose area an address lies in."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from schools.admission import areas
from schools.admission.models import AreaEdition
from tests import world

from . import scene

pytestmark = pytest.mark.django_db

HEAD = "street;from;to;side;border\n"
DAY = date(2026, 2, 1)


def load(school, lines, *, day=DAY, by=None, act="№ 2"):
    with world.at("2026-01-20 10:00"):
        return areas.load(school.office, (HEAD + lines).encode(), valid_from=day, act=act, by=by or school.head)


def numbers(wrong):
    return [one.number for one in wrong]


@pytest.mark.norm("ADM-9")
@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Абай;1;9;odd", "columns"),
        (";1;9;;", "street"),
        ("Абай;x;9;;", "digits"),
        ("Абай;;9;;", "first"),
        ("Абай;9;1;;", "before"),
        ("Абай;1;9;left;", "side"),
        ("Абай;1;9;;maybe", "border"),
    ],
)
def test_each_wrong_line_is_told_and_the_right_ones_beside_it_are_not_loaded(school, line, why):
    edition, wrong = load(school, f"Достық;;;;\n{line}\nСәтбаев;1;5;;\n")
    assert edition is None
    assert numbers(wrong) == [3]
    assert AreaEdition.objects.count() == 1


def test_houses_named_twice_in_a_file_are_told(school):
    assert numbers(load(school, "Достық;1;9;;\nул. Достық;9;15;;\n")[1]) == [3]
    assert load(school, "Достық;1;9;odd;\nДостық;2;10;even;\n")[1] == []


@pytest.mark.norm("ADM-9")
@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\xff\xfe", 0), (b"", 1), (b"a;b\n", 1), (HEAD.encode(), 0)],
)
def test_a_file_that_is_none_is_told(school, content, line):
    with world.at("2026-01-20 10:00"):
        edition, wrong = areas.load(school.office, content, valid_from=DAY, act="№ 2", by=school.head)
    assert (edition, numbers(wrong)) == (None, [line])


@pytest.mark.norm("ADM-9")
def test_an_edition_names_its_act_begins_once_and_is_loaded_by_who_may(school):
    assert load(school, "Достық;;;;\n", act=" ")[0] is None
    assert load(school, "Достық;;;;\n")[0] is not None
    assert load(school, "Достық;;;;\n")[0] is None
    with pytest.raises(PermissionDenied):
        load(school, "Достық;;;;\n", by=school.clerk)


def test_an_address_of_two_schools_is_refused_unless_both_call_it_the_border(school):
    other = scene.build_school("52", "№ 6 мектеп", area="")
    load(school, "Достық;1;99;;yes\nАбай;;;;\n")
    assert numbers(load(other, "Абай;5;;;yes\nДостық;1;9;;\n")[1]) == [2, 3]
    edition, wrong = load(other, "Достық;1;9;;yes\n")
    assert (edition is not None, wrong) == (True, [])


@pytest.mark.norm("ADM-9")
def test_a_child_on_the_border_is_of_the_area_at_both_schools_and_is_told_so(school, pool):
    other = scene.build_school("52", "№ 6 мектеп", area="")
    scene.pool(other)
    load(school, "Достық;1;99;;yes\n")
    load(other, "Достық;1;9;;yes\n")
    with world.at("2026-04-01 10:00"):
        here = scene.apply(school, at_home=("Достық көшесі", "5а"))
        there = scene.apply(other, at_home=("Достық көшесі", "7"))
        beyond = scene.apply(school, at_home=("Достық көшесі", "21"))
    assert [(case.local, case.on_border) for case in (here, there, beyond)] == [
        (True, True),
        (True, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("street", "house", "local"),
    [
        ("улица Достық", "7", True),
        ("ДОСТЫҚ КӨШЕСІ", "7/2", True),
        ("Достық", "8", False),  # the even side
        ("Достық", "101", False),  # beyond the last
        ("Достық", "без номера", False),
        ("Сәтбаев даңғылы", "", True),  # the whole street
        ("Белгісіз", "1", False),
        ("проспект Сатпаева", "3", True),  # another spelling of the same line
    ],
)
def test_an_address_is_found_however_it_is_written(school, street, house, local):
    load(school, "Достық;1;99;odd;\nСәтбаев даңғылы | пр. Сатпаева;;;;\n")
    assert areas.match(school.office, street, house, DAY).local is local


def test_the_edition_of_the_day_decides_and_an_older_application_keeps_its_own(school, pool):
    with world.at("2026-04-01 10:00"):
        old = scene.apply(school)
    load(school, "Достық;;;;\n", day=date(2026, 4, 2))
    with world.at("2026-04-02 10:00"):
        new = scene.apply(school)
    assert (old.local, new.local) == (True, False)
    assert old.area.valid_from == date(2026, 1, 1)
    assert new.area.valid_from == date(2026, 4, 2)
