"""Telling stories: every step goes through the door at its own hour, and the sweeps run between the steps."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from calendars.arithmetic import OfficeTime
from kazservices import clock
from kazservices.cases.models import Case, Draft
from kazservices.cases.reading import note_reading
from kazservices.deadlines import service as deadlines
from kazservices.documents import papers
from kazservices.documents.service import attach
from kazservices.flow import sweeps
from kazservices.flow.demo.people import sample_paper
from kazservices.flow.door import advance, prepare, record
from kazservices.flow.manifest import Filing, manifest_of
from kazservices.flow.taking import content
from kazservices.flow.taking import take as file_application
from kazservices.gateways.models import Consent, RegisterRequest
from kazservices.gateways.service import record_consent
from kazservices.gateways.standin import World
from kazservices.offices.models import User
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep

from .offices import Place
from .story import APPLICANT, Step, Story, When

KEYS = uuid.UUID("6f0c1a52-6d0b-4a53-9f0a-2a8f3f7b2b10")
REGISTERS = ("identity", "births", "marriage", "spouse_death")
CONSENT = "Өтінішті қарау үшін мемлекеттік тізілімдерден мәліметтерімді алуға келісемін."
#: Every sweep that depends on the hour: at opening, before the head's warning, before closing, after closing.
SWEPT = ((time(9, 0), ("moves", "warnings")), (time(16, 31), ("warnings",)), (time(18, 20), ("breaches",)), (
    time(18, 31), ("moves", "breaches")))  # fmt: skip


@dataclass
class Telling:
    """One story in one office with one applicant, filed on a day."""

    name: str
    story: Story
    place: Place
    applicant: User
    service: str
    category: str
    answers: dict
    day: date
    minutes: int = 0
    case: Case | None = None

    @property
    def time(self) -> OfficeTime:
        return self.place.office.time_for(self.service)

    @property
    def key(self) -> uuid.UUID:
        return uuid.uuid5(KEYS, f"{self.name} {self.day} {self.applicant.iin} {self.service}")

    def filed_at(self) -> datetime:
        return self._lag(self._moment(self.day, self.story.filed))

    def at(self, when: When) -> datetime:
        """The instant of an hour of the n-th working day after acceptance."""
        accepted = self.time.accepts(self.filed_at())
        return self._moment(self.time.days.add_working(accepted, when.day), when.hour)

    def _moment(self, day, hour) -> datetime:
        return datetime.combine(day, time.fromisoformat(hour), self.time.zone)

    def _lag(self, at) -> datetime:
        """Nobody acts on the stroke; what is appointed is."""
        return at + timedelta(minutes=self.minutes)

    def events(self) -> Iterator[tuple[datetime, Callable]]:
        yield self.filed_at(), self.file
        for step in self.story.steps:
            yield self._lag(self.at(step.when)), partial(self.make, step)

    def file(self) -> None:
        at = clock.now()
        category = passports.edition_on(self.service, self.time.local(at).date()).categories.get(code=self.category)
        draft = Draft.objects.create(
            user=self.applicant, office=self.place.office, service=self.service, key=self.key,
            language=self.applicant.language, created_at=at - timedelta(minutes=25), updated_at=at,
        )  # fmt: skip
        record_consent(
            self.applicant, given=True, purpose="application", scope=REGISTERS, method=Consent.Method.WEB, text=CONSENT,
            draft=draft,
        )  # fmt: skip
        needed = passports.required_documents(category, self.answers)
        for requirement in needed[: self.story.papers]:
            attach(draft, requirement.code, sample_paper(requirement.code), by=self.applicant)
        variant = self.answers.get(passports.VARIANT, "")
        filing = Filing(draft, category, variant, self.answers)
        signature = keep(self.applicant, Signature.Method.OTP, content(filing), "application", {"demo": True})
        self.case = file_application(replace(filing, signature=signature))
        self._registers_answer(at + timedelta(minutes=2))
        self._receipts_come(at + timedelta(minutes=1))

    def make(self, step: Step) -> None:
        by = self.applicant if step.by == APPLICANT else self.place.people[step.by]
        note_reading(self.case, by)
        facts = {name: self._fact(value) for name, value in step.facts.items()}
        if step.move == "explain":
            self._explain(by, **facts)
        elif not manifest_of(self.service).move(step.move).paper:
            self.case = advance(self.case, step.move, by=by, **facts)
        else:
            self.case = advance(self.case, step.move, by=by, document=self._signed(step.move, by, facts))

    def _signed(self, move, by, facts):
        paper = prepare(self.case, move, by=by, **facts)
        papers.render(paper.pk)
        paper.refresh_from_db()
        if paper.takes_two_hands:
            papers.sign(paper, by=self._other_hand(by), sha256=paper.sha256)
        return papers.sign(paper, by=by, sha256=paper.sha256)

    def _other_hand(self, by) -> User:
        """Who signs beside this person what takes two hands: the secretary, and beside the secretary the chair."""
        return self.place.people["chair" if by == self.place.people["secretary"] else "secretary"]

    def _fact(self, value):
        """A moment, a person's name or number, or the plain value."""
        match value:
            case When():
                return self.at(value).isoformat()
            case ("name", who):
                return self._person(who).full_name
            case ("pk", who):
                return self._person(who).pk
        return value

    def _person(self, who) -> User:
        return self.applicant if who == APPLICANT else self.place.people[who]

    def _explain(self, by, rule, cause, note):
        breach = self.case.deadlines.breaches().get(rule=f"{self.service}.{rule}")
        deadlines.explain_breach(breach, cause=cause, note=note)
        facts = {"rule": breach.rule, "cause": cause, "note": note}
        record(self.case, "breach_explained", by=by, facts=facts, norm=breach.norm)

    def _receipts_come(self, at) -> None:
        """What a worker draws a minute later."""
        with clock.fixed_at(at):
            for paper in self.case.papers.all():
                papers.render(paper.pk)

    def _registers_answer(self, at) -> None:
        """What the stand-in would have answered, a little later."""
        world = World()
        for request in RegisterRequest.objects.filter(case_id=self.case.pk, answered_at=None):
            answer = world.register(request.register, self.applicant.iin)
            RegisterRequest.objects.filter(pk=request.pk).update(answer=answer, answered_at=at, attempts=1)


def tell(tellings: list[Telling], until: datetime) -> None:
    """All stories together, hour by hour; what lies after the given instant has not happened yet."""
    events = [(at, number, act) for number, told in enumerate(tellings) for at, act in told.events()]
    events += [(at, len(tellings), partial(_sweep, names)) for at, names in _sweeps(tellings, until)]
    for at, _, act in sorted(events, key=lambda event: event[:2]):
        if at <= until:
            with clock.fixed_at(at):
                act()


def _sweep(names) -> None:
    for name in names:
        sweeps.run(name)


def _sweeps(tellings, until) -> Iterator[tuple[datetime, tuple]]:
    """The hours of the sweeps on each working day on which a case may be alive."""
    days = set()
    for told in tellings:
        last = max((step.when.day for step in told.story.steps), default=0) + 8
        days |= {told.time.days.add_working(told.day, number) for number in range(last)}
    for day in sorted(days):
        for hour, names in SWEPT:
            yield datetime.combine(day, hour, tellings[0].time.zone), names
    yield until, ("moves", "breaches", "warnings")
