"""The clocks of a file as rows of the law: the same Rule as that of any other service."""

from datetime import date, timedelta

from calendars.rules import Rule, Unit
from kazservices.passports.flowblock import ANSWER

from .flows import Flow

#: What opens a decided case again, by the body itself or upon a complaint: the answer's term begins anew.
REOPENED = frozenset({"reopen", "withdraw_result"})


def rules(flow: Flow, next_from: date | None = None) -> tuple[Rule, ...]:
    """The rules of an edition, in force until the next one begins; starting and stopping are moves of the machine."""
    before_next = next_from - timedelta(days=1) if next_from else None
    ends = min((day for day in (flow.valid_to, before_next) if day), default=None)
    return tuple(_rule(flow, clock, ends) for clock in flow.clocks)


def _rule(flow: Flow, clock: dict, ends: date | None) -> Rule:
    """One clock; that of the answer ends when the result is ready and offered, collected or not. Norm: GAP-37."""
    anew = REOPENED if clock["code"] == ANSWER else frozenset()
    return Rule(
        code=f"{flow.service}.{clock['code']}",
        norm=clock["norm"],
        since=flow.valid_from,
        until=ends,
        starts=frozenset(clock["starts"]) | anew,
        stops=frozenset(clock["stops"]),
        length=clock["length"],
        unit=Unit(clock["unit"]),
        schedule=flow.schedule,
        responsible=clock["responsible"] or flow.decider,
        label_kk=clock["label"]["kk"],
        label_ru=clock["label"]["ru"],
        label_en=clock["label"]["en"],
    )
