"""The block ``flow`` of a passport file: what a service says that is only accept, register, decide, hand over.

The words of its life are fixed here, because a file may name no others; ``kazservices.simple`` gives them a meaning.
"""

import re

from django.utils.translation import gettext_lazy as _

from calendars.rules import Unit
from kazservices.offices.roles import Role

from .faults import Place
from .register import norm
from .shapes import code, kazakh, many, one_of, optional, record, text, whole, yes_or_no

SIMPLE = "simple"
#: The clock of the answer, which every such service has.
ANSWER = "decide"
#: What a clock may begin with, and what may end it. That a result is collected ends none. Norm: GAP-37.
STARTS = ("submit", "put_to_work")
STOPS = ("put_to_work", "grant", "refuse")
UNITS = (Unit.WORKING_DAYS, Unit.WORKING_MINUTES, Unit.CALENDAR_DAYS, Unit.CALENDAR_MONTHS)
DECIDERS = tuple(role.value for role in Role if role not in (Role.AUDITOR, Role.OPERATOR, Role.MEMBER, Role.DEPUTY))
#: The facts that a letter of the file may name in braces.
FACTS = ("number", "service", "office", "address", "accepted", "result_at")
LETTERS = ("taken", "granted", "refused", "ready")


def _letter_text(longest: int):
    """Our own words, with facts in braces: {number}, {result_at}; no other brace stands in it."""

    def read(value, place: Place):
        said = text(longest)(value, place)
        for name in re.findall(r"\{([^{}]*)\}", said or ""):
            if name not in FACTS:
                place.wrong(
                    _("no letter knows “{%(name)s}”; it may name: %(facts)s"), name=name, facts=", ".join(FACTS)
                )
        if said and re.search(r"[{}]", re.sub(r"\{[^{}]*\}", "", said)):
            place.wrong(_("a brace stands alone here"))
        return said

    return read


def _in_kazakh(kind):
    """The same, in Cyrillic letters; names of facts are no Kazakh words. Norm: GAP-16."""

    def read(value, place: Place):
        said = kind(value, place)
        if isinstance(said, str):
            kazakh()(re.sub(r"\{[^{}]*\}", "…", said), place)
        return said

    return read


def _both(kind):
    return record(kk=_in_kazakh(kind), ru=kind)


LETTER = record(subject=_both(_letter_text(200)), text=_both(_letter_text(2000)))
WORDS = record(kk=kazakh(300), ru=text(300))
CLOCK = record(
    code=code,
    norm=norm,
    starts=many(one_of(*STARTS), least=1),
    stops=many(one_of(*STOPS), least=1),
    length=whole(0, 10_000),
    unit=one_of(*UNITS),
    responsible=optional(one_of(*DECIDERS), ""),
    label=record(kk=kazakh(120), ru=text(120), en=text(120)),
)
FLOW = record(
    kind=one_of(SIMPLE),
    decider=one_of(*DECIDERS),
    second=optional(one_of(*DECIDERS), ""),
    not_taken_prefix=optional(text(10), ""),
    handed_over=optional(yes_or_no, False),
    clocks=many(CLOCK, key="code", least=1),
    result=record(title=WORDS, decision=record(kk=kazakh(1000), ru=text(1000))),
    letters=optional(record(**{name: optional(LETTER) for name in LETTERS}), {}),
)


def note_contradictions(content: dict, tree, place: Place) -> None:
    """What no field of the block shows alone: the term of the answer is that of the standard."""
    flow = content["flow"]
    here = place.at(tree.lc.key("flow")[0] + 1, "flow")
    if flow["second"] == flow["decider"]:
        here.at(tree["flow"].lc.key("second")[0] + 1, "second").wrong(
            _("the second person is another than the one who decides: name another role, or none")
        )
    answer = next((clock for clock in flow["clocks"] if clock["code"] == ANSWER), None)
    leaf = tree["flow"]
    clocks = here.at(leaf.lc.key("clocks")[0] + 1, "clocks")
    if answer is None or "submit" not in answer["starts"] or not {"grant", "refuse"} <= set(answer["stops"]):
        clocks.wrong(_("one clock is called “decide”: it starts with submit, and grant and refuse stop it"))
    elif (answer["length"], answer["unit"]) != (content["standard"]["term_length"], content["standard"]["term_unit"]):
        clocks.wrong(_("the clock “decide” has another term than the standard"))
