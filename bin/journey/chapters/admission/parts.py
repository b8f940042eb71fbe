"""The chapter: who takes part, and in which order."""

from cast import Known
from chapter import Chapter
from days import at, day_name

from chapters.admission import filing, queue
from chapters.admission.days import EVE, FIRST, SCHOOL, SECOND

ADMISSION = Chapter(
    name="admission",
    title="Admission to the first class",
    told=f"""Written by `manage.py journey --walk admission`. On {day_name(FIRST)}, the first day of the intake, one
application comes by phone and four on paper at the counter of one school; the list of the day is final at its closing
hour. On {day_name(SECOND)} the head confirms the round: three children of the area, then one from outside. The result
is due that day at 18:30. All people are fictional.""",
    begins=at(EVE, "17:00"),
    people={
        "father": Known("860621105032", "+77000000043", "ru"),
        "mother": Known("810214205017", "+77000000041", "kk"),
    },
    office=SCHOOL,
    parts=(
        filing.closed_on_the_eve,
        filing.five_years_old,
        filing.filed_by_phone,
        filing.four_come_to_the_counter,
        queue.not_final_on_its_own_day,
        queue.proposed_by_three_and_one,
        queue.confirmed_and_signed,
        queue.father_is_answered,
        queue.paper_waits_for_paper,
        queue.auditor_replays,
    ),
    prefix="admission-",
)
