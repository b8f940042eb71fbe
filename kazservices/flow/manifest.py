"""How a service introduces itself; the platform never names one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.db.models import Q
from django.utils.module_loading import import_string

from kazservices.cases.models import Case, Draft
from kazservices.cases.permission import At
from kazservices.counter import limits
from kazservices.counter.limits import CounterLimits
from kazservices.offices.demands import Demand, declare
from kazservices.passports.models import Category
from kazservices.signing.models import Signature

from .bundle import Chapter
from .deskpages import DeskPage

APPLICANT = "applicant"
#: The paper of a move that issues an issued paper anew: of that paper's kind.
OF_THE_CORRECTED = "of_the_corrected"

_manifests: dict[str, "Manifest"] = {}


@dataclass(frozen=True)
class Move:
    """A lawful move as people see it: its button, the form that asks its facts, the paper it issues."""

    name: str
    label: str
    #: The same once it is made, for the story of a case.
    done: str = ""
    norm: str = ""
    #: Dotted path of the form that asks for the facts; empty when the move needs none.
    form: str = ""
    #: The kind of paper that must be prepared and signed before the move.
    paper: str = ""
    #: "primary" leads on, "plain" is one choice among others, "grave" cannot be undone.
    weight: str = "plain"
    #: Made from the recipient's own page rather than from the clerk's.
    by_applicant: bool = False
    #: The result in force is withdrawn with it.
    withdraws: bool = False
    #: The roles that the people of a paper signed by two must hold, each by a person of his own.
    hands: tuple[str, ...] = ()
    #: The service's own page where it is made for several cases at once, with facts that no form of a case asks for.
    page: str = ""

    @property
    def corrects(self) -> bool:
        """Puts a clerical error right: issues a paper in the place of one already given."""
        return self.paper == OF_THE_CORRECTED

    @property
    def leads(self) -> bool:
        """Carries a case on; what only mends a paper given before never is the next step of a case."""
        return self.weight == "primary" or (bool(self.paper) and not (self.corrects or self.withdraws))

    @property
    def in_bulk(self) -> bool:
        """Asks nothing, issues nothing and is not grave: may be made in many cases at once."""
        return not (self.form or self.paper or self.page or self.by_applicant or self.weight == "grave")

    def form_class(self):
        return import_string(self.form) if self.form else None


@dataclass(frozen=True)
class Letter:
    """A letter owed by a move: its template and to whom: the applicant, who holds a role, here or ``at`` a party."""

    name: str
    to: str | At = APPLICANT
    #: The norm that wants it sent; empty when it is our own courtesy.
    norm: str = ""


@dataclass(frozen=True)
class Filing:
    """What an applicant files: a category of the passport with his answers, a draft with his files, his signature."""

    draft: Draft
    category: Category
    variant: str
    answers: dict
    signature: Signature | None = None
    #: The fields of the form that the passport asks, by their codes.
    particulars: dict = field(default_factory=dict)
    #: When somebody else received it, whose system told us later; empty: now.
    received_at: datetime | None = None


@dataclass(frozen=True)
class Glance:
    """What a list shows of one case: a few words on its matter, what is appointed ahead, how the votes stand."""

    subject: str = ""
    appointed_at: datetime | None = None
    place: str = ""
    votes: tuple = ()
    counted: str = ""


@dataclass(frozen=True)
class Occasion:
    """Something appointed, for a calendar: the same thing keeps its name however often it is moved."""

    name: str
    title: str
    begins: datetime
    ends: datetime
    place: str = ""
    way: str = ""
    #: Grows with every change.
    moved: int = 0
    called_off: bool = False


@dataclass(frozen=True)
class Manifest:
    """All that faces, reports and sweeps may know of a service."""

    code: str
    model_label: str
    number_prefix: str
    not_taken_prefix: str
    moves: tuple[Move, ...]
    letters: Mapping[str, tuple[Letter, ...]]
    #: Facts of a paper: (case, kind, inputs) -> what the paper says; compared again when the move is made.
    paper_facts: Callable
    #: Context of the letters of a case: (case, move, facts) -> dict.
    letter_context: Callable
    #: When an application was really received that is only now written down; None: now. (filing)
    received: Callable = lambda filing: None
    #: Dotted path of the form that asks how an application on paper came, where that matters: it says ``received``.
    arrival: str = ""
    #: What a person may file about a case, with the words of its button: (case, user) -> words; empty: nothing.
    about_label: Callable = lambda case, user: ""
    #: What the draft of such an application begins with: (case) -> {"category", "particulars"}.
    about: Callable = lambda case: {}
    #: Cases of this service that are about a case, the oldest first: (case) -> query of cases.
    tied: Callable = lambda case: ()
    #: What it asks of registers before an application is signed, outside any transaction: (filing).
    ask: Callable = lambda filing: None
    #: What the law objects to in an application before it is taken in: (filing, acceptance date).
    check: Callable = lambda filing, accepted_on: None
    #: By which ground of the edition a receipt refuses whoever comes after the period; empty: he finds it closed.
    #: (the office, None while none is chosen; the day of the office)
    late: Callable = lambda office, day: ""
    #: The columns of the service's own in a new case: (filing, acceptance date) -> dict.
    columns: Callable = lambda filing, accepted_on: {}
    #: Which offices a field of the form offers: (code of the field, the office applied to, None while none is chosen);
    #: None: those that keep the service. A field with fewer than two of its own is not asked.
    offices_of_field: Callable = lambda code, office: None
    #: What the day of the answer means, where the office applied to is not the one that answers in the end.
    term_note: str = ""
    #: Which office one is to choose, in words.
    office_hint: str = ""
    #: The move that the system makes at once after another, in the same transaction: (case, move) -> name or "".
    follows: Callable = lambda case, move: ""
    #: Moves that fall due without a clock: (instant) -> (case id, move) pairs.
    due_moves: Callable = lambda at: ()
    #: Cases that the calendar itself begins, not yet saved, each with the key that makes it begin once: (instant).
    begins: Callable = lambda at: ()
    #: What it fetches from other systems and tells them, row by row: (instant) -> (looked at, done).
    errands: Callable = lambda at: (0, 0)
    #: Will a clock that has not begun ever run in this case? (case, rule)
    expects: Callable = lambda case, rule: True
    #: Whose act a running clock waits for: (case, clock) -> users; None: all who hold the responsible role.
    awaited: Callable = lambda case, clock: None
    #: What ``awaited`` reads of the service's case, by the names of its relations: fetched for many cases at once.
    awaited_from: tuple[str, ...] = ()
    #: What it keeps of a case beside documents, papers, letters, clocks and journal, for the file of the case: votes,
    #: hearings, whatever is its own: (case) -> chapters, in the reader's language.
    bundle: Callable[[Case], Iterable[Chapter]] = lambda case: ()
    #: Cases whose files go with that of this one: a complaint takes along the case that it is about.
    bundled_with: Callable = lambda case: ()
    #: The office's own files in a case, not the applicant's: {code: what it is called}.
    files: Mapping[str, str] = field(default_factory=dict)
    #: The move an upheld complaint makes.
    reopen: str = ""
    #: The kinds of papers that are the result of the service.
    results: tuple[str, ...] = ()
    #: Which facts of which papers may hold a clerical error: {kind: dotted names}; nothing else is ever corrected.
    correctable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What a corrected paper says otherwise beside the slip, by what the form asks more: (case, kind, inputs) -> dict.
    renewed: Callable = lambda case, kind, inputs: {}
    #: The statuses after which one may apply again.
    again_from: frozenset[str] = frozenset()
    #: Dates of cases for a calendar, in a fixed number of queries: (cases) -> {case id: [Occasion]}.
    occasions: Callable = lambda cases: {}
    #: For which offices the clerks of this one take applications in, as the State Corporation does: (office).
    takes_for: Callable = lambda office: ()
    #: Other offices that see the case: (case) -> (office, part, norm) triples.
    parties: Callable = lambda case: ()
    #: Whom an office needs before it takes applications for the service.
    staffing: Demand = field(default_factory=Demand)
    #: How long one may wait and be served at its counter; none: no tickets are issued for it.
    counter: CounterLimits | None = None
    #: Fields by protection class.
    personal: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: What the faces show of the case beyond the cover sheet: (case, viewer) -> dict.
    page: Callable = lambda case, viewer: {}
    #: What an office sees that sees a part of the case only: (case, part) -> dict; its template stands in ``pages``.
    part: Callable = lambda case, which: {}
    #: What lists show of many cases, in a fixed number of queries: (cases, viewer) -> {case id: Glance}.
    glance: Callable = lambda cases, viewer: {}
    #: What is appointed from an instant on: (cases, since) -> {case id: instant}.
    appointments: Callable = lambda cases, since: {}
    #: The condition, in a query of cases, that something is appointed in a case from an instant on: (since) -> Q.
    appointed: Callable = lambda since: Q(pk=None)
    #: Norms that a part carries beside the one it names itself, by the part: "rule.decide", "paper.refusal.motive",
    #: "letter.result", "standard.price", "hours.akimat", or a kind of row of the passport, "window".
    carries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The move that sets anew what is appointed on a day that became a day off; it takes held_at, revision, acts.
    reappoint: str = ""
    #: What that move may have to set anew, come or not, if it has not been held: (cases, since) -> {case id: instant}.
    to_set_anew: Callable = lambda cases, since: {}
    #: (first, last) lawful day for that, by the case's own calendar: (case, instant).
    reappoint_days: Callable = lambda case, at: None
    #: The rule whose clock waits for what is appointed.
    reappointed_clock: str = ""
    #: What the service lays before the public, for its own template ("board" of ``pages``): (query) -> dict.
    board: Callable = lambda query: {}
    #: What that page is called; empty: schedules, results and free places.
    board_label: str = ""
    #: Pages of the desk that the service brings itself.
    desk: tuple[DeskPage, ...] = ()
    #: Lines of its journals that are no moves, in words.
    events: Mapping[str, str] = field(default_factory=dict)
    #: Templates of the faces' own parts, by place.
    pages: Mapping[str, str] = field(default_factory=dict)

    @property
    def model(self):
        return apps.get_model(self.model_label)

    def move(self, name: str) -> Move:
        return next(move for move in self.moves if move.name == name)

    def move_of(self, paper) -> Move:
        """The move that issues this paper."""
        return next(m for m in self.moves if (m.corrects if paper.corrects_id else m.paper == paper.kind))

    def register(self) -> "Manifest":
        _manifests[self.code] = self
        declare(self.code, self.staffing)
        limits.declare(self.code, self.counter)
        return self


def manifest_of(service: str) -> Manifest:
    return _manifests[service]


def all_manifests() -> tuple[Manifest, ...]:
    return tuple(_manifests.values())


def specific(case):
    """The child of a cover sheet, loaded through its manifest."""
    model = manifest_of(case.service).model
    return (
        case if isinstance(case, model) else model.objects.select_related("office", "applicant__user").get(pk=case.pk)
    )


def specifics(cases) -> dict:
    """The children of many cover sheets by their keys, with all that says whom their letters reach.

    A number of queries that does not grow with the cases; a child has the very office of its sheet.
    """
    sheets, found = {case.pk: case for case in cases}, {}
    for service in dict.fromkeys(case.service for case in sheets.values()):
        manifest = manifest_of(service)
        children = manifest.model.objects.filter(pk__in=[pk for pk, case in sheets.items() if case.service == service])
        children = children.select_related("applicant__user", "representation__representative")
        for child in children.prefetch_related("recusals", *manifest.awaited_from):
            child.office = sheets[child.pk].office
            found[child.pk] = child
    return found
