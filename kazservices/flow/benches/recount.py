"""A day off published under twenty thousand running clocks: the preview, the publication, the recount to its end.

The cases are those of the demo, copied with all that hangs on them; ``seconds`` is the recount alone: every clock
counted anew, one line a clock in the journals, one letter a case to its applicant and to each official concerned.
"""

from time import perf_counter

from django.core.management import call_command

from calendars import proposals
from calendars.models import DayShift, Proposal
from calendars.service import working_calendar
from kazservices import clock
from kazservices.benches.crowd import multiply, of_cases
from kazservices.benches.place import circumstances
from kazservices.benches.timing import counted
from kazservices.cases.models import Case
from kazservices.deadlines.models import Deadline, Recount
from kazservices.flow import recounts, revisions
from kazservices.notices.models import Notice
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role

ON_POSTGRES = True
CLOCKS = {"small": 20_000, "national": 200_000}
LOOKED_AHEAD = 10  # working days


def run(size: str) -> dict:
    return measured(CLOCKS[size])


def measured(clocks: int) -> dict:
    """The figures of a recount that looks at so many clocks or a few more."""
    began = perf_counter()
    call_command("demo", "--short", verbosity=0)
    first, second = [post.user for post in Staff.objects.filter(role=Role.OPERATOR).order_by("pk")[:2]]
    proposal = _proposal(first)
    touched = _touched(proposal)
    cases = list(touched.values_list("case_id", flat=True).distinct())
    multiply(cases, -(-clocks // touched.count()) - 1, beside=of_cases())
    previewed, found = _timed(lambda: revisions.preview(proposal))
    published, _ = _timed(lambda: revisions.publish(proposal, second, digest=found.digest, hearings={}))
    work, letters = Recount.objects.latest("pk"), Notice.objects.count()
    with counted() as asked:
        seconds, _ = _timed(lambda: recounts.run(work.pk))
    work.refresh_from_db()
    if work.state != Recount.State.DONE or work.done < clocks:
        raise AssertionError("the recount has not looked at all the clocks: the times would mean nothing")
    return {
        **circumstances(),
        "rows": Case.objects.count(),
        "clocks": work.done,
        "moved": work.moved,
        "letters": Notice.objects.count() - letters,
        "seconds": round(seconds, 1),
        "clocks_per_second": round(work.done / seconds),
        "queries": asked.total(),
        "preview_seconds": round(previewed, 1),
        "publish_seconds": round(published, 2),
        "all_seconds": round(perf_counter() - began, 1),
    }


def _proposal(by) -> Proposal:
    """A day off that touches many clocks and no hearing, so that the recount alone is timed."""
    days, today = working_calendar(), clock.now().date()
    for ahead in range(1, LOOKED_AHEAD):
        day = days.add_working(today, ahead)
        proposal = proposals.begin(by.username, note="…")
        act = {"issuer": DayShift.Issuer.GOVERNMENT, "act_number": "1", "act_date": today, "source": "…"}
        proposals.add(proposal, [DayShift(date=day, kind=DayShift.Kind.DAY_OFF, **act)], by.username)
        proposals.propose(proposal, by.username)
        proposal.refresh_from_db()
        if not revisions.preview(proposal).hearings and _touched(proposal).exists():
            return proposal
        proposals.discard(proposal, by.username, "…")
    raise AssertionError("every day ahead has a hearing: nothing to publish without one")


def _touched(proposal):
    days = [shift.date for shift in proposal.shifts.all()]
    work = Recount(revision=1_000, published_at=clock.now(), first_day=days[0], last_day=days[0])
    return Deadline.objects.left_to(work).order_by()


def _timed(job):
    began = perf_counter()
    done = job()
    return perf_counter() - began, done
