from io import StringIO

from django.core.management import call_command

from kazservices.reports.norms import citations


def told(**options) -> list[str]:
    out = StringIO()
    call_command("norms", stdout=out, **options)
    return out.getvalue().splitlines()


def test_the_list_names_each_norm_with_its_owner_and_its_tests(tmp_path):
    lines = told(owner="main")
    assert all(line.split()[1] == "main" for line in lines[:-1])
    assert lines[-1].startswith("norms: ")


def test_the_missing_ones_are_those_without_a_test():
    assert all(line.endswith("-") for line in told(missing=True)[:-1])


def test_a_citation_is_read_without_running_the_test(tmp_path):
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_some.py").write_text(
        "import pytest\n@pytest.mark.norm('CONS-8', 'CONS-10-1')\ndef test_some(): 1 / 0\n"
    )
    assert citations(tests) == {"CONS-8": ["tests/test_some.py"], "CONS-10-1": ["tests/test_some.py"]}


def test_the_pieces_of_a_norm_stand_below_it(db):
    lines = told(owner="main", pieces=True)
    first = next(number for number, line in enumerate(lines) if line.startswith("CONS-10-2 "))
    below = lines[first + 1 : next(n for n, line in enumerate(lines) if line.startswith("CONS-10-3 "))]
    assert f"{'':16} - rule deferral.send" in below
    assert f"{'':16} - permission send_to_members" in below
    alone = lines[next(n for n, line in enumerate(lines) if line.startswith("SCHED-5 ")) + 1]
    assert alone.strip().startswith("- no piece alone: ")
