"""Service areas: the file with its lines, the border of two areas, the editions, whose area an address lies in."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

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


VILLAGES = "locality;" + HEAD


def load_villages(school, lines, day=DAY):
    with world.at("2026-01-20 10:00"):
        return areas.load(school.office, (VILLAGES + lines).encode(), valid_from=day, act="№ 2", by=school.head)


@pytest.mark.norm("ADM-9")
@pytest.mark.parametrize(
    ("locality", "local"),
    [
        ("Сарыөзен ауылы", True),
        ("с. САРЫОЗЕН", True),  # another spelling of the same line
        ("Қараөзен ауылы", False),  # the same street of the next village
        ("", False),  # whose street nobody can say
    ],
)
def test_a_street_of_two_villages_is_found_by_the_village(school, locality, local):
    load_villages(school, "Сарыөзен | Сарыозен;Абай;1;40;;\n")
    assert areas.match(school.office, "Абай көшесі", "12", DAY, locality).local is local


@pytest.mark.norm("ADM-9")
def test_two_schools_may_have_a_street_of_one_name_in_two_villages(school):
    other = scene.build_school("52", "№ 6 мектеп", area="")
    assert load_villages(school, "Сарыөзен;Абай;;;;\n")[1] == []
    assert load_villages(other, "Қараөзен;Абай;;;;\n")[1] == []
    assert numbers(load_villages(other, "село Сарыөзен;Абай;;;;\n", day=date(2026, 2, 2))[1]) == [2]
    here = areas.match(school.office, "Абай", "1", DAY, "Қараөзен")
    there = areas.match(other.office, "Абай", "1", DAY, "Қараөзен")
    assert (here.local, there.local, there.on_border) == (False, True, False)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("ауылы;Абай;1;9;;", 4),  # a kind of place, and no name
        ("Сарыөзен;Абай;1;9;", 4),  # a column too few
        ("Сарыөзен ауылы;Достық;5;5;;", 4),  # the houses of line 2 once more
    ],
)
def test_a_wrong_line_of_villages_is_told(school, line, number):
    edition, wrong = load_villages(school, f"Сарыөзен;Достық;1;9;;\nҚараөзен;Достық;1;9;;\n{line}\n")
    assert (edition, numbers(wrong)) == (None, [number])


def test_a_line_without_a_locality_holds_wherever_the_street_is(school):
    load_villages(school, ";Абай;;;;\n")
    assert areas.match(school.office, "Абай", "1", DAY, "Сарыөзен").local
    assert areas.match(school.office, "Абай", "1", DAY).local


@pytest.mark.norm("ADM-9")
def test_whoever_leaves_the_village_out_is_asked_for_it_and_the_application_says_it(school, pool):
    load_villages(school, "Сарыөзен;Абай;;;;\n")
    with world.at("2026-04-01 10:00"):
        with pytest.raises(ValidationError) as told:
            scene.apply(school, at_home=("Абай көшесі", "12"))
        assert set(told.value.message_dict) == {"locality"}
        near = scene.apply(school, at_home=("Абай көшесі", "12"), said={"locality": "Сарыөзен ауылы"})
        far = scene.apply(school, at_home=("Абай көшесі", "12"), said={"locality": "Қараөзен"})
        assert scene.apply(school, at_home=("Белгісіз", "12")).local is False  # in no table: nothing to ask
    assert (near.local, far.local) == (True, False)
    assert near.particulars["locality"] == "Сарыөзен ауылы"
