"""The walk of the duplicates: two people, one Saturday, two months."""

from cast import Known
from chapter import Chapter
from days import at

from chapters.duplicates import arrival, audit, making, storage
from chapters.duplicates.loop import (
    CAME,
    COLLECTED,
    DISPATCHED,
    FIRST,
    POWER_CAME,
    PREPARED,
    RESENT_BY,
    SATURDAY,
    STORED_UNTIL,
    Loop,
)  # fmt: skip

#: Recipients of the demo, as the stand-in of the registers knows them; both are fictional.
PEOPLE = {
    "a": Known("000101100016", "+77000000000", "kk"),
    "b": Known("070206100083", "+77000000001", "ru"),
}

DUPLICATES = Chapter(
    name="duplicates",
    title="A duplicate through the State Corporation",
    told="""Written by `manage.py journey --walk duplicates` while it walked through the running product. Two people of
one school come to the office of the State Corporation on Saturday 6 June 2026. It works on Saturdays, so this is the
day of acceptance (GAP-36); the term of fifteen working days runs on the school's days: D1 is Mon 8 June, D14 Thu
25 June, the last day for handing the result to the State Corporation, D15 Fri 26 June. One application is missing
when the school counts what the courier brings. One duplicate is not collected: the month ends on Sat 25 July, the
person comes on Mon 27 July. All people are fictional.""",
    begins=at(SATURDAY, "10:30"),
    people=PEOPLE,
    office="41",
    parts=(
        arrival.corporation_takes_in,
        arrival.person_sees_it,
        arrival.courier_goes_twice,
        arrival.school_counts,
        arrival.missing_item_comes,
        making.blank_is_given_once,
        making.lot_is_entered_once,
        making.two_sign,
        making.sent_a_day_before_the_end,
        making.person_is_told_the_place,
        making.one_comes_himself,
        storage.month_ends,
        storage.goes_back_to_the_school,
        storage.asked_for_again,
        storage.only_with_a_notary,
        storage.book_says_it,
        audit.auditor_counts,
        audit.journals_hold,
    ),
    prefix="duplicates-",
    days={
        SATURDAY: "the day of acceptance (D0)",
        FIRST: "D1",
        PREPARED: "D3",
        DISPATCHED: "D14",
        COLLECTED: "one comes himself",
        STORED_UNTIL: "the month of storage ends",
        CAME: "one month and two days",
        RESENT_BY: "one working day later",
        POWER_CAME: "handed over",
    },  # fmt: skip
    scene=Loop,
)
