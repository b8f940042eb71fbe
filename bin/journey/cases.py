"""The two walks: three applications of one office in an ordinary week; one of them with a day off in its middle."""

import audit
import day_off
import decision
import filing
from scene import Scene

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


def walk(cast, week, ledger, day_off=None) -> None:
    scene = Scene(cast, week, ledger, day_off)
    for part in PARTS_WITH_A_DAY_OFF if day_off else PARTS:
        part(scene)
