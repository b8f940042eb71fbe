"""How the commission votes: seats, quorum, majority, grounds named. Norms: CONS-10-3, GAP-13, GAP-31."""

from dataclasses import dataclass

from conscription.models.commission import Opinion
from kazservices.cases.permission import chair_is_away, is_recused
from kazservices.looking import asked_once
from kazservices.offices.roles import Role
from kazservices.offices.service import is_absent, posts_today
from kazservices.passports.models.editions import QUORUM_MORE_THAN_HALF

#: What a quorum is, by its name in the edition: (opinions given, seats) -> reached.
QUORUMS = {QUORUM_MORE_THAN_HALF: lambda given, seats: 2 * given > seats}


@dataclass(frozen=True)
class Tally:
    """The votes of an application as they stand."""

    seats: int
    approve: int
    refuse: int
    quorum: str = QUORUM_MORE_THAN_HALF

    @property
    def given(self) -> int:
        return self.approve + self.refuse

    @property
    def has_quorum(self) -> bool:
        """Members enough have spoken, of those in office and not recused, by the quorum of the edition."""
        return QUORUMS[self.quorum](self.given, self.seats)

    @property
    def majority(self) -> str:
        """What most of those who spoke want; empty on a tie, which the chair decides."""
        if self.approve == self.refuse:
            return ""
        return Opinion.Decision.APPROVE if self.approve > self.refuse else Opinion.Decision.REFUSE


@asked_once
def members(case) -> list:
    """The members in office today and not recused in this case."""
    recused = {recusal.user_id for recusal in case.recusals.all()}
    posts = posts_today(case.office, Role.MEMBER)
    return list({post.user_id: post.user for post in posts if post.user_id not in recused}.values())


@asked_once
def opinions(case) -> list[Opinion]:
    """The latest opinion of each member who still has a vote, in the order they were given."""
    voters = {member.pk for member in members(case)}
    latest = {opinion.member_id: opinion for opinion in case.opinions.select_related("member").order_by("at", "pk")}
    return sorted((o for o in latest.values() if o.member_id in voters), key=lambda o: (o.at, o.pk))


def tally(case) -> Tally:
    given = opinions(case)
    approve = sum(opinion.decision == Opinion.Decision.APPROVE for opinion in given)
    return Tally(seats=len(members(case)), approve=approve, refuse=len(given) - approve, quorum=case.edition.quorum)


@asked_once
def silent_members(case) -> list:
    """Members who can still speak in the first round: not heard yet, and not away for all that is left of it."""
    spoken = {opinion.member_id for opinion in case.opinions.all()}
    round_of = f"{case.service}.members"
    ends = next((clock.due_on for clock in case.deadlines.all() if clock.is_running and clock.rule == round_of), None)
    return [m for m in members(case) if m.pk not in spoken and not is_absent(m, case.office, until=ends)]


def named_grounds(case) -> list[str]:
    """The grounds named by the members who would refuse, each once."""
    return list(dict.fromkeys(o.ground for o in opinions(case) if o.decision == Opinion.Decision.REFUSE))


@asked_once
def presiding_post(case):
    """Who presides today: the chair, or the deputy when the chair is away or recused; none turns the case red."""
    role = Role.DEPUTY if chair_is_away(case) else Role.CHAIR
    posts = posts_today(case.office, role)
    return next((p for p in posts if not is_recused(case, p.user) and not is_absent(p.user, case.office)), None)
