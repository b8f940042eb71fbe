"""The people behind the logins of revisions: those who drafted, confirmed or gave up."""

from collections.abc import Iterable

from calendars.models import Proposal, Revision
from kazservices.offices.models import User


def name_people(proposals: Iterable[Proposal] = (), revisions: Iterable[Revision] = ()) -> None:
    """Give each its ``drafter`` and its ``decider`` by name; who is no longer known stays with his login."""
    proposals, revisions = list(proposals), list(revisions)
    drafted = {one.pk: one.proposal.drafted_by if hasattr(one, "proposal") else "" for one in revisions}
    logins = {login for one in proposals for login in (one.drafted_by, one.decided_by)}
    logins |= {one.published_by for one in revisions} | set(drafted.values())
    people = User.objects.filter(username__in=logins - {""}).values_list("username", "full_name")
    names = {login: login for login in logins} | {login: name for login, name in people if name}
    for one in proposals:
        one.drafter, one.decider = names[one.drafted_by], names[one.decided_by]
    for one in revisions:
        one.drafter, one.decider = names[drafted[one.pk]], names[one.published_by]
