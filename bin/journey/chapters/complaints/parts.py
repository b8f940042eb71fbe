"""The walk of the complaints: two conscripts, a reader of Russian, a parent; five ways that a complaint may go."""

from cast import Known
from chapter import Chapter
from days import at, day_name

from chapters.complaints import authority, filing, forwarding, outside, upheld
from chapters.complaints.ways import (
    ANEW,
    AUTHORITY_LAST,
    CONFIRMED_FOR,
    EXTENDED,
    EXTENDED_TO,
    FORWARDED,
    GRANTED,
    MISSED,
    MONDAY,
    OFFICE,
    REMINDED,
    THEIR_LAST,
    UPHELD,
    Ways,
)  # fmt: skip

#: Recipients of the demo, as the stand-in of the registers knows them; A and B have a refused deferral.
PEOPLE = {
    "a": Known("000105100850", "+77000000012", "kk"),
    "b": Known("070210100923", "+77000000013", "kk"),
    "c": Known("070206100083", "+77000000001", "ru"),
    "e": Known("810214205017", "+77000000041", "kk"),
}

COMPLAINTS = Chapter(
    name="complaints",
    title="Five ways of a complaint",
    told=f"""Written by `manage.py journey --walk complaints` while it walked through the running product. Four
complaints arrive on {day_name(MONDAY)}; D3 is {day_name(FORWARDED)}, D5, after Nauryz, Thu 26 March. A's is granted in
full on D2. B's is forwarded on D3 with the file of the case, upheld by the akimat of the region, and his refusal
becomes a conclusion: the second way and the fourth. C's goes to the authority for quality, which begins to work with
the program that morning; its fifteen working days, to {day_name(AUTHORITY_LAST)}, become twenty-five, to
{day_name(EXTENDED_TO)}. The parent's, against a school, goes to a department outside the product, which registers it on
{day_name(CONFIRMED_FOR)} and has not answered by {day_name(THEIR_LAST)}. All people are fictional.""",
    begins=at(MONDAY, "10:00"),
    people=PEOPLE,
    office=OFFICE,
    parts=(
        authority.authority_is_opened,
        filing.conscripts_complain,
        filing.another_is_not_taken,
        filing.third_goes_to_the_authority,
        filing.parent_writes_by_post,
        forwarding.granted_in_full,
        forwarding.file_of_the_case,
        forwarding.forwarded,
        outside.not_confirmed_yet,
        upheld.body_takes_up,
        authority.authority_takes_up,
        outside.reminded_after_one_day,
        outside.reminded_after_three_days,
        upheld.upheld,
        outside.confirmed,
        upheld.commission_grants,
        outside.their_term_passes,
        authority.school_may_not_extend,
        authority.authority_extends,
        outside.journals_hold,
    ),
    prefix="complaints-",
    days={
        MONDAY: "the complaints arrive (D0)",
        GRANTED: "D2, granted in full",
        FORWARDED: "D3, forwarded",
        REMINDED: "not confirmed yet",
        UPHELD: "upheld; confirmed",
        ANEW: "decided anew",
        MISSED: "their term has passed",
        EXTENDED: "the authority extends",
    },
    scene=Ways,
)
