"""The walk of the contest: two months, 600 candidates."""

from cast import Known
from chapter import Chapter
from days import at

from chapters.contest import holding, intake, orders
from chapters.contest.campaign import (
    BEGINS,
    DAY_BEFORE,
    FILED,
    FREED,
    HELD,
    OFFICE,
    ORDERS,
    PROMOTED,
    REGISTER,
    RESULTS,
    SCHEDULE,
    Contest,
)  # fmt: skip

#: Parents of the demo with a child each of the age of class 5; all are fictional.
PEOPLE = {
    "first": Known("860621105032", "+77000000043", "kk"),
    "second": Known("810214205017", "+77000000041", "ru"),
}

CONTEST = Chapter(
    name="contest",
    title="A contest of 600 candidates",
    told="""Written by `manage.py journey --walk contest` while it walked through the running product. The order that
must come out was made by hand and stands in `tests/schools/contest/contest_600.csv`, with equals at the last place of
class 6, at reserve place ten of class 5 and inside the quota of class 7. 598 of its candidates are taken in by
`manage.py fill_contest` through the counter's own doors, two are filed by their parents. The intake ends on Wed
1 April 2026, the register is due on Thu 2 April, the contest is held on Tue 21 April, the results are due on Wed
22 April, the orders on Mon 4 May. All people are fictional.""",
    begins=at(BEGINS, "09:30"),
    people=PEOPLE,
    office=OFFICE,
    parts=(
        intake.head_sets_the_places,
        intake.families_come,
        intake.parent_forgets_the_photos,
        intake.another_parent_files,
        intake.clerk_enters_the_last,
        intake.register_goes_out,
        holding.schedule_is_published,
        holding.materials_come_sealed,
        holding.contest_is_held,
        holding.wrong_file_is_not_taken,
        holding.scores_are_taken,
        holding.commission_decides_ties,
        holding.protocol_is_published,
        holding.order_is_that_of_the_file,
        holding.nobody_is_named,
        orders.two_orders,
        orders.family_reads_the_end,
        orders.seat_becomes_free,
        orders.auditor_counts,
    ),
    prefix="contest-",
    days={
        BEGINS: "the places",
        FILED: "the day before the intake ends",
        REGISTER: "the register",
        SCHEDULE: "the schedule",
        DAY_BEFORE: "the day before",
        HELD: "the contest",
        RESULTS: "the results",
        ORDERS: "two orders",
        FREED: "a seat becomes free",
        PROMOTED: "the first of the reserve",
    },  # fmt: skip
    scene=Contest,
)
