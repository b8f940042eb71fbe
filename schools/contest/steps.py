"""What the moves of a campaign write down until its contest is held, and what they will not accept."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kazservices.documents.models import Attachment
from kazservices.documents.service import keep_file, open_attachment
from kazservices.offices.roles import Role
from kazservices.offices.service import holders
from schools.contest import ordering, register, scorefile
from schools.contest.dates import HELD_FROM, HELD_UNTIL, day_of
from schools.contest.models.plan import ClassPlaces, Publication, Sitting
from schools.contest.models.results import Score
from schools.contest.ranking import quota_of
from schools.contest.states import LIVE
from schools.contest.tables import GRADES

CSV = "text/csv"
ROOMS = {
    "building": _("cameras in the building"),
    "rooms": _("cameras in every test room"),
    "entrance": _("cameras in the entrance area"),
    "sound": _("sound recording"),
    "equipment": _("technical equipment of the rooms"),
}


def places_set(case, places, second_round):
    """Whole numbers for classes with a test; a class with applications keeps its places. Norm: ADM-C25."""
    wanted = {int(grade): int(number) for grade, number in places.items() if number}
    if not wanted or not set(wanted) <= set(GRADES):
        raise ValidationError({"places_7": _("Name the places of at least one class, 5 to 7.")})
    asked = set(case.applications.filter(state__in=LIVE).values_list("grade", flat=True))
    if lost := sorted(asked - set(wanted)):
        message = _("Children have applied for class %(grade)s: it keeps its places.")
        raise ValidationError({f"places_{lost[0]}": ValidationError(message, params={"grade": lost[0]})})
    case.places.all().delete()
    for grade, number in wanted.items():
        ClassPlaces.objects.create(campaign=case, grade=grade, places=number, quota=quota_of(grade, number))
    case.second_round = second_round


def responsible_named(case, person):
    """One of the school's own clerks. Norm: ADM-C17."""
    if not holders(case.office, Role.CLERK).filter(user_id=person).exists():
        raise ValidationError({"person": _("Name one of the clerks of the school.")})
    case.responsible_id = person


def register_sent(case, by):
    """The file that is handed over is kept with its digest: what went out can be shown. Norm: ADM-C20."""
    content = register.export(case)
    kept = keep_file(case, "register", f"{case.number.replace('/', '-')}.csv", content, content_type=CSV, by=by)
    case.register_sha256 = kept.sha256


def schedule_published(case, by, at, sittings):
    """A sitting for each class that has candidates, between 15 and 30 April. Norms: ADM-C27, ADM-C28."""
    first, last = day_of(case.year, HELD_FROM), day_of(case.year, HELD_UNTIL)
    needed = set(ordering.candidates(case).values())
    case.sittings.all().delete()
    for row in sittings:
        starts_at = datetime.fromisoformat(row["at"])
        if not first <= case.time.local(starts_at).date() <= last:
            message = _("The contest is held from 15 to 30 April.")
            raise ValidationError({f"day_{row['grade']}": message})
        Sitting.objects.create(campaign=case, grade=row["grade"], starts_at=starts_at, place=row["place"])
    if lacking := sorted(needed - {row["grade"] for row in sittings}):
        raise ValidationError({f"day_{lacking[0]}": _("Children have applied for this class: it needs its day.")})
    days = [case.time.local(datetime.fromisoformat(row["at"])).date() for row in sittings]
    if not days:
        raise ValidationError(_("Nobody has applied: there is no contest to schedule."))
    case.contest_from, case.contest_until = min(days), max(days)
    publish(case, Publication.Kind.SCHEDULE, {"sittings": list(sittings)}, by=by, at=at)


def materials_received(case, *, received_at, brought_by, packages, seals_whole, remark):
    """Not sealed, or not on the day before, is written down in words; it hides nothing. Norm: ADM-C30."""
    came = case.time.local(datetime.fromisoformat(received_at))
    if datetime.fromisoformat(received_at) > case.moment:
        raise ValidationError({"received_at": _("This moment has not come yet.")})
    on_the_day_before = (case.contest_from - came.date()).days == 1
    if not (seals_whole and on_the_day_before) and not remark.strip():
        message = _("A seal is broken, or it is not the day before the contest: write what was found.")
        raise ValidationError({"remark": message})
    case.materials = {
        "received_at": received_at, "brought_by": brought_by, "packages": packages, "seals_whole": seals_whole,
        "day_before": on_the_day_before, "remark": remark,
    }  # fmt: skip


def rooms_checked(case, by, at, found):
    """Nothing of it may be missing. Norm: ADM-C32."""
    if lacking := [name for name, there in found.items() if not there]:
        message = _("Without this the contest is not open to view: %(what)s.")
        raise ValidationError({lacking[0]: ValidationError(message, params={"what": ROOMS[lacking[0]]})})
    case.rooms = {"checked_at": at.isoformat(), "checked_by": by.pk}


def scores_imported(case, file):
    """All lines right, or nothing; a class that is imported again is replaced whole. Norms: ADM-C35, ADM-C36."""
    grades = ordering.candidates(case)
    rows, faults = _read(case, file, lambda content: scorefile.read(content, grades))
    demand_faultless(faults)
    known = dict(case.applications.filter(number__in=[row.number for row in rows]).values_list("number", "pk"))
    touched = {grades[row.number] for row in rows}
    case.scores.filter(application__grade__in=touched).delete()
    Score.objects.bulk_create(
        Score(campaign=case, application_id=known[row.number], right=row.right, wrong=row.wrong, total=row.total)
        for row in rows
    )
    case.ties = {grade: words for grade, words in case.ties.items() if int(grade) not in touched}


def second_round_held(case, file):
    """Whoever the file does not name has not passed. Norm: ADM-C46."""
    known = set(case.scores.values_list("application__number", flat=True))
    numbers, faults = _read(case, file, lambda content: scorefile.read_numbers(content, known))
    demand_faultless(faults)
    case.scores.update(passed=False)
    case.scores.filter(application__number__in=numbers).update(passed=True)


def _read(case, file, reading):
    kept = Attachment.objects.get(pk=file, case_id=case.pk)
    with open_attachment(kept) as stored:
        try:
            return reading(stored.read())
        except scorefile.Unreadable as fault:
            raise ValidationError({"file": str(fault)}) from None


def demand_faultless(faults):
    """Every wrong line is told, and none of the others is taken."""
    if faults:
        raise ValidationError({"file": [str(fault) for fault in faults]})


def publish(case, kind, content, *, by, at):
    """Lay it before the public; the log keeps every one."""
    Publication.objects.create(campaign=case, kind=kind, content=content, by=by if by.pk else None, at=at)
