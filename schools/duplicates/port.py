"""The exchange with the State Corporation's own system: its registers in, our countersignatures and results out.

Nothing is asked inside a transaction; each register and each event is taken in once, by its number. What the law
objects to in an event is written into the case's journal and stops no other event. An event that could not be taken in
at all is waited for: those behind it keep their order, or it would be passed over for good. The round of a pair that
failed is repeated with growing pauses, then given up and listed. Norms: DUP-17, DUP-22 to DUP-24, DUP-26-2, DUP-30.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kazservices import clock, stuck
from kazservices.cases.apart import apart
from kazservices.cases.models import Applicant, Channel, Draft
from kazservices.flow import taking
from kazservices.flow.door import advance, record
from kazservices.flow.errors import MoveNotAllowed
from kazservices.flow.manifest import Filing
from kazservices.gateways import state_corporation as corporation
from kazservices.gateways.ports import GatewayError
from kazservices.leases import claim, in_time, wait
from kazservices.offices.actors import SYSTEM
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from schools.duplicates import exchange
from schools.duplicates.models.application import DuplicateApplication
from schools.duplicates.models.exchange import TRIES, Consignment, ConsignmentItem, DeliveryRun, Partner
from schools.duplicates.states import State

LEASE = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=30)
WORK = stuck.declare(
    stuck.Work(
        "exchange", _("exchange with the State Corporation"), Partner.objects.wired, tries=TRIES, since="exchanged_at",
        of="school__code",
    )
)  # fmt: skip

log = logging.getLogger(__name__)
Direction, Line = Consignment.Direction, ConsignmentItem.State


def errands(at) -> tuple[int, int]:
    """Everything that waits on either side, of each pair whose turn it is: (looked at, done)."""
    pairs = list(Partner.objects.to_exchange(at).values_list("pk", flat=True))
    rounds = [_exchange(pk, at) for pk in in_time(pairs)]
    return sum(looked_at for looked_at, _done in rounds), sum(done for _looked_at, done in rounds)


def _exchange(partner_id, at) -> tuple[int, int]:
    """One round of a pair: what fails stops no register, but events are taken in their order or not at all."""
    if not claim(Partner.objects.to_exchange(at), partner_id, at=at, lease=LEASE):
        return 0, 0
    partner = Partner.objects.select_related("school", "corporation", "account").get(pk=partner_id)
    looked_at, done, failed = 0, 0, ""
    try:
        for deed, row in in_time(_waiting(partner, at)):
            looked_at += 1
            made = apart(deed, partner, row)
            done += bool(made)
            failed = failed or (deed.__name__ if made is None else "")
            if failed and deed is take_event:
                break
    except GatewayError as silent:
        log.warning("state corporation of office %s: %s", partner.school_id, silent)
        failed = str(silent)
    _give_back(partner, failed)
    return looked_at, done


def _give_back(partner, failed: str) -> None:
    at = clock.now()
    ended = {"attempts": 0, "next_try_at": None, "error": "", "exchanged_at": at}
    if failed:
        pause = wait(partner.attempts, first=FIRST_WAIT, longest=LONGEST_WAIT)
        ended = {"next_try_at": at + pause, "error": failed[:300]}
    Partner.objects.filter(pk=partner.pk).update(lease_until=None, **ended)


def _waiting(partner, at):
    """What is to be done, in the order in which the papers travel: our word first, then theirs."""
    for consignment in _untold(partner):
        yield _tell, consignment
    key = f"{partner.pk}-{at:%Y%m%d%H%M%S}"
    for register in corporation.registers(partner.school.code, key=f"registers-{key}"):
        yield take_register, register
    for event in corporation.events(partner.school.code, after=partner.last_event, key=f"events-{key}"):
        yield take_event, event


@transaction.atomic
def take_register(partner, said: dict) -> bool:
    """A register of applications with what it carries; a line without its application stays on it by name. DUP-22."""
    pair = {"school": partner.school, "corporation": partner.corporation}
    if Consignment.objects.filter(**pair, direction=Direction.APPLICATIONS, number=said["number"]).exists():
        return False
    sent_at = datetime.fromisoformat(said["sent_at"])
    run = _run(partner, sent_at, said["run"])
    consignment = Consignment.objects.create(
        **pair, number=said["number"], direction=Direction.APPLICATIONS, run=run, sent_at=sent_at,
        sent_by=partner.account,
    )  # fmt: skip
    for line in said["lines"]:
        case = _case_of(partner, line.get("application"))
        ConsignmentItem.objects.create(
            consignment=consignment, place=line["place"], case_id=case and case.pk, full_name=line["full_name"],
            outside_number=line.get("number", ""),
        )  # fmt: skip
        if case is not None:
            _found_at_last(consignment, line, case)
    return True


@transaction.atomic
def take_event(partner, said: dict) -> bool:
    """Something happened at the State Corporation; its number is remembered, whatever the law makes of it."""
    partner = (
        Partner.objects.select_for_update(of=("self",))
        .select_related("school", "corporation", "account")
        .get(pk=partner.pk)
    )
    if said["id"] <= partner.last_event:
        return False
    try:
        with transaction.atomic():
            EVENTS[said["kind"]](partner, said)
    except (MoveNotAllowed, PermissionDenied, ValidationError) as objection:
        _note_objection(partner, said, objection)
    Partner.objects.filter(pk=partner.pk).update(last_event=said["id"])
    return True


def _tell(partner, consignment) -> bool:
    """The countersigned copy, or a register of results, to the other side; once, by its key."""
    lines = consignment.items.select_related("case").order_by("place")
    if consignment.direction == Direction.RESULTS:
        rows = [{"place": line.place, "number": line.case.number, "full_name": line.full_name} for line in lines]
        corporation.deliver(partner.school.code, consignment.number, rows, key=f"results-{consignment.pk}")
    else:
        corporation.acknowledge(
            partner.school.code, consignment.number, key=f"countersigned-{consignment.pk}",
            arrived=[line.place for line in lines if line.state == Line.ARRIVED],
            missing=[line.place for line in lines if line.state == Line.MISSING],
        )  # fmt: skip
    return bool(Consignment.objects.filter(pk=consignment.pk, told_at=None).update(told_at=clock.now()))


def _untold(partner):
    own = Consignment.objects.filter(school=partner.school, corporation=partner.corporation, told_at=None)
    results = own.filter(direction=Direction.RESULTS)
    signed = own.exclude(direction=Direction.RESULTS).filter(countersigned_at__isnull=False)
    return list((results | signed).order_by("pk"))


def _case_of(partner, said):
    """The application as the State Corporation accepted it, on its own day (DUP-17, DUP-24, GAP-36)."""
    if said is None:
        return None
    try:
        with transaction.atomic():
            case = taking.take(_filing(partner, said))
    except (KeyError, TypeError, ValueError, ValidationError) as wrong:
        log.warning("an application from the state corporation was not taken in: %s", type(wrong).__name__)
        return None
    return None if case.state == State.NOT_TAKEN else case


def _filing(partner, said) -> Filing:
    received_at = datetime.fromisoformat(said["accepted_at"])
    day = received_at.astimezone(partner.school.time_for("duplicates").zone).date()
    category = passports.edition_on("duplicates", day).categories.get(code=said["category"])
    recipient, _new = Applicant.objects.get_or_create(
        iin=said["iin"], defaults={"full_name": said["full_name"], "phone": said.get("phone", "")}
    )
    at = clock.now()
    draft = Draft.objects.create(
        user=partner.account, service="duplicates", office=partner.school, channel=Channel.STATE_CORPORATION,
        recipient=recipient, language=said.get("language", "kk"), created_at=at, updated_at=at,
        data={
            "handed_in": said.get("handed_in", []), "waited_minutes": said.get("waited_minutes"),
            "served_minutes": said.get("served_minutes"),
        },
    )  # fmt: skip
    filing = Filing(
        draft, category, "", {"school_closed": False}, particulars=said["particulars"], received_at=received_at
    )
    evidence = {"outside_number": said["number"]}
    signature = keep(partner.account, Signature.Method.PAPER, taking.content(filing), "application on paper", evidence)
    return replace(filing, signature=signature)


def _found_at_last(consignment, line, case):
    """What was missing from an earlier register came with this one. Norm: DUP-22."""
    ConsignmentItem.objects.filter(
        state=Line.MISSING, case=None, outside_number=line.get("number", ""), consignment__school=consignment.school,
        consignment__corporation=consignment.corporation,
    ).update(state=Line.ARRIVED, case=case.pk, settled_at=clock.now())  # fmt: skip


def _run(partner, at, number) -> DeliveryRun:
    day = at.astimezone(partner.school.time_for("duplicates").zone).date()
    return DeliveryRun.objects.get_or_create(
        school=partner.school, corporation=partner.corporation, day=day, number=number,
        defaults={"at": at, "by": partner.account},
    )[0]  # fmt: skip


# --- what happens there ---


def _ran(partner, said):
    _run(partner, datetime.fromisoformat(said["at"]), said["run"])


def _arrived(partner, said):
    consignment = Consignment.objects.get(
        school=partner.school, corporation=partner.corporation, direction=Direction.RESULTS, number=said["register"]
    )
    exchange.countersign(consignment, arrived=said["places"], by=partner.account)


def _handed_over(partner, said):
    facts = ("identity", "receiver", "power_number", "power_date", "power_notary", "original_given")
    given = {name: said[name] for name in facts if name in said}
    advance(_known(partner, said), "hand_over_there", by=partner.account, received_by=said["received_by"], **given)


def _returned(partner, said):
    exchange.send(
        Direction.RETURNS, school=partner.school, corporation=partner.corporation, cases=[_known(partner, said)],
        by=partner.account, number=f"МК-Қ-{said['id']:04d}",
    )  # fmt: skip


def _asked(partner, said):
    advance(_known(partner, said), "ask_again", by=partner.account)


EVENTS = {"run": _ran, "arrived": _arrived, "handed_over": _handed_over, "returned": _returned, "asked": _asked}


def _known(partner, said) -> DuplicateApplication:
    return DuplicateApplication.objects.get(
        office=partner.school, corporation=partner.corporation, number=said["number"]
    )


def _note_objection(partner, said, objection):
    """The law's objection stands in the journal of the case: its clerk sees what the other side did (DUP-S5-2)."""
    log.warning("event %s of the state corporation is not lawful: %s", said["id"], type(objection).__name__)
    case = DuplicateApplication.objects.filter(office=partner.school, number=said.get("number", "")).first()
    if case is not None:
        facts = {"kind": said["kind"], "reason": " ".join(map(str, getattr(objection, "messages", [objection])))}
        record(case, "corporation_objected", by=SYSTEM, facts=facts, norm="DUP-S5-2")
