"""A file of scores: a wrong total, an unknown candidate, a duplicate row; every fault told with its line."""

import pytest

from schools.contest.scorefile import Row, Unreadable, read, read_numbers

GRADES = {"7-1": 7, "7-2": 7, "5-1": 5}


def file(*lines, heading="number;right;wrong;total"):
    return "\n".join([heading, *lines]).encode()


def faults(*lines, **how):
    return [str(fault) for fault in read(file(*lines, **how), GRADES)[1]]


@pytest.mark.norm("ADM-C35")
def test_a_right_file():
    rows, wrong = read("\ufeffnumber;right;wrong;total\r\n7-1;50;10;190\r\n\r\n5-1;0;40;-40\r\n".encode(), GRADES)
    assert rows == [Row("7-1", 50, 10, 190), Row("5-1", 0, 40, -40)]
    assert wrong == []


def test_commas_and_other_columns_do_no_harm():
    assert faults("a,7-1,1,0,4", heading="name,number,right,wrong,total") == []


@pytest.mark.norm("ADM-C35", "ADM-C36")
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("7-1;50;10;200", "4 × 50 − 10"),  # a wrong total
        ("7-9;50;10;190", "7-9"),  # an unknown candidate
        ("7-1;70;6;274", "76"),  # more answers than the test has questions
        ("5-1;41;0;164", "41"),
        ("7-1;-1;0;-4", ""),
        ("7-1;a;0;0", ""),
        ("7-1;1.5;0;6", ""),
        ("7-1", ""),
    ],
)
def test_a_wrong_line_is_told_with_its_number(line, told):
    found = faults("7-2;1;0;4", line)
    assert len(found) == 1
    assert "3" in found[0]
    assert told in found[0]


def test_a_duplicate_row_names_the_first_one():
    assert len(faults("7-1;1;0;4", "7-2;1;0;4", "7-1;1;0;4")) == 1


def test_all_faults_are_told_at_once():
    assert len(faults("7-1;1;0;5", "x;1;0;4", "7-2;80;0;320")) == 3


@pytest.mark.norm("ADM-C36")
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a;b\n1;2", b"number;right;wrong;total\n", b"x" * 1_000_001]
)
def test_what_is_no_file_of_scores_is_said_to_be_none(content):
    with pytest.raises(Unreadable):
        read(content, GRADES)


@pytest.mark.norm("ADM-C46")
def test_the_list_of_the_second_round():
    assert read_numbers(b"number\n7-1\n5-1\n", GRADES) == (["7-1", "5-1"], [])
    assert len(read_numbers(b"number\n7-1\n7-1\nx\n", GRADES)[1]) == 2
