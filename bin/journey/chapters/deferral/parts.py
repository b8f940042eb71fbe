"""The two walks: three applications of one office in an ordinary week; one of them with a day off in its middle."""

from cast import Known
from chapter import Chapter
from days import day_name

from chapters.deferral import audit, day_off, decision, filing
from chapters.deferral.week import DAY_OFF, WEEK, Golden, Week

OFFICE = "03"

#: Recipients of the demo without a case; all three are fictional.
CITIZENS = {
    "a": Known("000101100016", "+77000000000", "kk"),
    "b": Known("070206100083", "+77000000001", "ru"),
    "c": Known("140311100155", "+77000000002", "kk"),
}

PARTS = (
    filing.promised_before_filing,
    filing.enter_with_a_code,
    filing.incomplete_is_not_taken,
    filing.file_all_three,
    filing.only_this_office_acts,
    decision.chair_sends_on,
    decision.members_give_opinions,
    decision.first_ends_in_a_conclusion,
    decision.second_is_called_in_time,
    decision.third_is_called_too_late,
    decision.second_is_heard,
    decision.second_is_refused,
    decision.third_is_heard,
    decision.third_is_refused,
    audit.head_explains,
    audit.auditor_counts,
)

PARTS_WITH_A_DAY_OFF = (
    filing.file_the_second,
    decision.second_goes_to_members,
    decision.second_is_voted,
    decision.second_is_called_in_time,
    day_off.why_before,
    day_off.operator_drafts,
    day_off.operator_looks,
    day_off.author_may_not_publish,
    day_off.second_person_publishes,
    day_off.citizen_is_told,
    day_off.why_after,
    day_off.chair_sees,
    day_off.nobody_is_heard_on_the_day_off,
    decision.second_is_heard,
    decision.second_is_refused,
    day_off.auditor_sees_no_breach,
    day_off.journals_hold,
)


def numbered(week: Week) -> dict:
    """The words of the days of a week: the filing, D1 to D7."""
    return {week.filed.date(): "the filing (D0)"} | {day: f"D{number}" for number, day in enumerate(week.days, start=1)}


DEFERRAL = Chapter(
    name="deferral",
    title="The golden week, walked",
    told=f"""Written by `manage.py journey --week {WEEK.filed:%Y-%m-%d}` while it walked through the running product:
its own process, HTTP and cookies, no import of the program. Three applications for a deferral are filed in one office
on {day_name(WEEK.filed)}, {WEEK.filed:%H:%M}. The term is six working days; Nauryz and the days given for it do not
count, so D1 is {day_name(WEEK.day(1))}, D3 is {day_name(WEEK.day(3))}, D6, the day of the result, is
{day_name(WEEK.day(6))}. All people are fictional.""",
    begins=WEEK.begins,
    people=CITIZENS,
    office=OFFICE,
    parts=PARTS,
    prefix="",
    days=numbered(WEEK),
    scene=Golden,
)

WITH_A_DAY_OFF = Chapter(
    name="day-off",
    title="The same week with a day off",
    told=f"""Written by `manage.py journey --week {WEEK.filed:%Y-%m-%d} --day-off {DAY_OFF.date}` while it walked
through a new product. Case B of the walk above is filed again on {day_name(WEEK.filed)}, {WEEK.filed:%H:%M}; on
{day_name(DAY_OFF.published)} an operator drafts a day off for {day_name(DAY_OFF.date)} and a second one publishes it.
The act is invented: no such day off was given. D5, the day of the hearing, becomes {day_name(DAY_OFF.becomes.day(5))};
D6, the day of the result, {day_name(DAY_OFF.becomes.day(6))}. All people are fictional.""",
    begins=WEEK.begins,
    people=CITIZENS,
    office=OFFICE,
    parts=PARTS_WITH_A_DAY_OFF,
    prefix="day-off-",
    days=numbered(DAY_OFF.becomes) | {DAY_OFF.date: "the day off"},
    scene=Golden,
)
