"""What a passport file has to say, field by field; read from YAML, with every fault named by its line."""

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError

from calendars.arithmetic import SCHEDULES

from .contradictions import note_contradictions
from .faults import Fault, PassportError, Place
from .flowblock import FLOW
from .models import Edition, FormField, Ground, Question, RegisterItem
from .models.editions import QUORUM_MORE_THAN_HALF
from .register import norm, norm_ids
from .shapes import (
    code,
    day,
    day_of_year,
    kazakh,
    many,
    nothing_to_pay,
    one_of,
    optional,
    record,
    text,
    whole,
    yes_or_no,
)

RU_STATUS = "our translation, not official"
#: By which ways one may apply; where none is open the provider itself begins the cases. Norm: LAW-18.
CHANNELS = ("portal", "office", "state_corporation")

#: The Law's own grounds that a standard without grounds of its own may name; the one of consent follows from each case.
#: Norms: LAW-19-1-2, GAP-17.
OF_THE_LAW = tuple(f"law-{number}" for number in range(1, 6))


def gap(value, place: Place):
    """The gap of the register, or the norm, that made us assume something."""
    if not re.fullmatch(r"GAP-\d\d", str(value)) and value not in norm_ids():
        return place.wrong(_("a gap or a norm of the register is expected here, such as GAP-23"))
    return str(value)


def both(longest: int | None = None):
    """Our own words in two languages."""
    return record(kk=kazakh(longest), ru=text(longest))


def law(**kinds):
    """A text of the law; without ``raw``, the source's own letters, our own words stand for it: nothing is loaded."""
    read_record = record(raw=optional(text()), **kinds)

    def read(value, place: Place):
        said = read_record(value, place)
        return said and {**said, "raw": said["raw"] or said["kk"]}

    return read


LAW = law(kk=kazakh(), ru=text())

GROUND = record(
    code=code,
    norm=norm,
    text=LAW,
    plain=both(160),
    basis=both(300),
    basis_kind=one_of(*Ground.BasisKind.values),
    offered=one_of(*Ground.Offered.values),
)
VARIANT = record(code=code, norm=norm, label=LAW, plain=both(160))
QUESTION = record(
    code=code,
    norm=norm,
    on_yes=one_of(*Question.OnYes.values),
    text=both(),
    told=optional(both(), {"kk": "", "ru": ""}),
)
DOCUMENT = record(
    code=code,
    norm=norm,
    text=LAW,
    plain=both(160),
    condition=optional(code, ""),
    per_variant=optional(yes_or_no, False),
    notarised_translation=optional(yes_or_no, False),
    expires=optional(yes_or_no, False),
    shown=optional(yes_or_no, False),
    later=optional(yes_or_no, False),
    later_restricted=optional(yes_or_no, False),
    channels=optional(many(one_of(*CHANNELS)), []),
)
FIELD = record(
    code=code,
    norm=norm,
    kind=one_of(*FormField.Kind.values),
    label=both(200),
    hint=optional(both(300), {"kk": "", "ru": ""}),
    required=optional(yes_or_no, True),
    choices=optional(many(record(code=code, kk=kazakh(160), ru=text(160)), key="code"), []),
    only_for=optional(many(code), []),
    longest=optional(whole(1, 4000)),
    least=optional(whole(-1_000_000, 1_000_000)),
    most=optional(whole(-1_000_000, 1_000_000)),
)
CATEGORY = record(
    code=code,
    norm=norm,
    group=code,
    label=LAW,
    plain=both(80),
    hint=both(250),
    registers=optional(many(one_of(*RegisterItem.Register.values)), ()),
    questions=optional(many(QUESTION, key="code"), ()),
    variants=optional(many(VARIANT, key="code"), ()),
    documents=many(DOCUMENT, key="code"),
)
STANDARD = record(
    name=LAW,
    alias=LAW,
    provider=LAW,
    channels=LAW,
    term=LAW,
    term_length=whole(0, 366),
    term_unit=one_of(*Edition.TermUnit.values),
    form=LAW,
    result=LAW,
    result_form=LAW,
    price_text=LAW,
    price=nothing_to_pay,
    schedule_text=LAW,
    schedule=one_of(*SCHEDULES),
    application=LAW,
    eds_accepted=yes_or_no,
    otp_accepted=yes_or_no,
    gateway=LAW,
    acknowledgement=LAW,
    other=LAW,
    contact_phones=many(text(40), least=1),
)
#: What most standards leave open: no hearing before a refusal (GAP-32), a last day off of a window as in GAP-23.
DECIDED = record(
    hearing_required=optional(yes_or_no, False),
    act_not_before=optional(whole(0, 30), 0),
    objection_working_days=optional(whole(0, 30), 0),
    postponements=optional(whole(0, 5), 0),
    quorum=optional(one_of(QUORUM_MORE_THAN_HALF), QUORUM_MORE_THAN_HALF),
    last_day_off=optional(one_of(*Edition.LastDayOff.values), Edition.LastDayOff.SUBMISSION.value),
)
WINDOW = record(norm=norm, opens=day_of_year, closes=day_of_year, restricted=optional(yes_or_no, False))
SOURCE = record(status=one_of(*Edition.Source.values), kk=kazakh(), ru=text())
ACT = record(
    number=optional(text(40), ""),
    date=optional(day),
    registration_number=optional(text(40), ""),
    registration_date=optional(day),
    kk=kazakh(),
    ru=text(),
)
APPEAL_TERM = record(length=whole(1, 366), unit=one_of(*Edition.AppealUnit.values), kk=kazakh(), ru=text())
#: What a wording says of complaints; most say nothing beyond the Law. Norms: GAP-09, CONS-14-7.
COMPLAINTS = record(
    profile=optional(one_of(*(one for one in Edition.Profile.values if one)), ""), appeal_term=optional(APPEAL_TERM)
)
PASSPORT = record(
    edition=code,
    service=record(code=code, number_prefix=text(6)),
    valid_from=day,
    valid_to=optional(day),
    ru_status=one_of(RU_STATUS),
    act=ACT,
    rules=both(),
    source=optional(SOURCE, {"status": Edition.Source.OFFICIAL.value, "kk": "", "ru": ""}),
    switched_on=optional(yes_or_no, True),
    channels_open=optional(many(one_of(*CHANNELS)), ["portal"]),
    standard=STANDARD,
    decided=DECIDED,
    windows=many(WINDOW, key="opens"),
    assumptions=many(record(gap=gap, kk=kazakh(), ru=text())),
    registers=many(
        record(
            register=one_of(*RegisterItem.Register.values),
            norm=norm,
            for_everyone=yes_or_no,
            kk=kazakh(200),
            ru=text(200),
        ),
        key="register",
    ),
    fields=optional(many(FIELD, key="code"), []),
    groups=many(record(code=code, kk=kazakh(60), ru=text(60)), key="code"),
    categories=many(CATEGORY, key="code", least=1),
    grounds=many(GROUND, key="code"),
    general_grounds=optional(many(one_of(*OF_THE_LAW)), []),
    # False: nothing is refused here on a ground of a list; a complaint is answered with a motive.
    refusable=optional(yes_or_no, True),
    complaints=optional(COMPLAINTS, {"profile": "", "appeal_term": None}),
    flow=optional(FLOW),
)
GENERAL_GROUNDS = record(ru_status=one_of(RU_STATUS), grounds=many(GROUND, key="code", least=1))


@dataclass(frozen=True)
class PassportFile:
    """A file without faults: its content, its digest, and where each top field stands."""

    path: str
    content: dict
    sha256: str
    lines: dict[str, int]

    @property
    def is_general(self) -> bool:
        """The grounds of the Law, not the passport of a service."""
        return "edition" not in self.content

    def refuse(self, name: str, text, **values):
        """Raise a fault that only the database could show."""
        raise PassportError(Fault(self.path, self.lines[name], name, text, values))


def read_file(path: Path) -> PassportFile:
    """The passport in a file; raises PassportError with all that is wrong in it."""
    place = Place(shown(path), 1, "")
    raw = path.read_bytes()
    tree = parse(raw, place)
    general = isinstance(tree, dict) and "edition" not in tree and "grounds" in tree
    content = (GENERAL_GROUNDS if general else PASSPORT)(tree, place)
    if not place.faults and not general:
        note_contradictions(content, tree, place)
    if place.faults:
        raise PassportError(*sorted(place.faults, key=lambda fault: fault.line))
    lines = {str(name): tree.lc.key(name)[0] + 1 for name in tree}
    return PassportFile(place.path, content, sha256(raw).hexdigest(), lines)


def shown(path: Path) -> str:
    resolved = path.resolve()
    inside = resolved.is_relative_to(settings.BASE_DIR)
    return str(resolved.relative_to(settings.BASE_DIR) if inside else path)


class _DatesAsWritten(RoundTripConstructor):
    """Leaves dates as text: an impossible one is then named with its field and line."""


_DatesAsWritten.add_constructor("tag:yaml.org,2002:timestamp", lambda _constructor, node: node.value)


def parse(raw: bytes, place: Place):
    reader = YAML(typ="rt")
    reader.Constructor = _DatesAsWritten
    try:
        return reader.load(raw.decode("utf-8"))
    except UnicodeDecodeError:
        place.wrong(_("the file is not UTF-8 text"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        there = Place(place.path, mark.line + 1 if mark else 1, "YAML", place.faults)
        there.wrong(_("the file is not well-formed: %(problem)s"), problem=error.problem or error.context)
    raise PassportError(*place.faults)
