"""Three applications of one office: a conclusion; a refusal after a hearing; a late notice with the head's override."""

import audit
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


def walk(cast, week, ledger) -> None:
    scene = Scene(cast, week, ledger)
    for part in PARTS:
        part(scene)
