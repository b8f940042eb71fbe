"""What lists show of many applications at once, in a fixed number of queries."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conscription.models import Hearing, Opinion
from conscription.states import State
from kazservices.cases.models import Recusal
from kazservices.design.languages import in_language
from kazservices.design.pieces import VotePiece
from kazservices.documents.models import Paper
from kazservices.flow.manifest import Glance, manifest_of
from kazservices.offices.models import Staff
from kazservices.offices.roles import Role

VOTED_ON = (State.WITH_MEMBERS, State.OPINIONS_IN, State.HEARING_CALLED, State.HEARD)


def glance(cases, viewer) -> dict[int, Glance]:
    """The category, the hearing ahead and the votes of each application; the cases are all of one service."""
    if not cases:
        return {}
    model = manifest_of(cases[0].service).model
    found = model.objects.filter(pk__in=[case.pk for case in cases]).select_related("category", "office")
    hearings = {hearing.case_id: hearing for hearing in _appointed(cases)}
    board = _Board(found, viewer)
    return {case.pk: _glance(case, hearings.get(case.pk), board) for case in found}


def appointments(cases, since) -> dict:
    """The hearings of these cases from an instant on."""
    return dict(_appointed(cases).filter(held_at__gte=since).values_list("case_id", "held_at"))


def to_set_anew(cases, since) -> dict:
    """The hearings from an instant on that nobody has held: their days may become days off.

    An absence that no decision has followed yet is none; a record with its first signature is a hearing.
    """
    absent = Q(status=Hearing.Status.NO_SHOW, case__status=State.HEARD)
    records = Paper.objects.half_signed().filter(case=OuterRef("case"), kind=Paper.Kind.HEARING_RECORD)
    found = Hearing.objects.filter(Q(status=Hearing.Status.APPOINTED) | absent, case__in=cases, held_at__gte=since)
    later = Hearing.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    unheard = found.filter(~Exists(later), ~Exists(records.filter(created_at__gte=OuterRef("held_at"))))
    return dict(unheard.values_list("case_id", "held_at"))


def appointed(since) -> Exists:
    """The condition of a case whose hearing lies ahead of an instant."""
    ahead = Hearing.objects.filter(case=OuterRef("pk"), status=Hearing.Status.APPOINTED, held_at__gte=since)
    return Exists(ahead)


def _appointed(cases):
    return Hearing.objects.filter(case__in=cases, status=Hearing.Status.APPOINTED)


def _glance(case, hearing, board) -> Glance:
    votes = board.votes(case) if case.state in VOTED_ON else []
    return Glance(
        subject=in_language(case.category, "plain"),
        appointed_at=hearing and hearing.held_at,
        place=hearing.place if hearing else "",
        votes=tuple(votes),
        counted=board.counted(votes) if votes else "",
    )


class _Board:
    """The members in office and what each has said, of all the cases together."""

    def __init__(self, cases, viewer):
        self.viewer = viewer
        self.opinions, self.recused, self.posts = defaultdict(dict), defaultdict(set), defaultdict(dict)
        ids = [case.pk for case in cases]
        for opinion in Opinion.objects.filter(case__in=ids):
            self.opinions[opinion.case_id][opinion.member_id] = opinion
        for case_id, user_id in Recusal.objects.filter(case__in=ids).values_list("case_id", "user_id"):
            self.recused[case_id].add(user_id)
        offices = {case.office_id: case.office for case in cases}
        today = max((office.today() for office in offices.values()), default=None)
        posts = Staff.objects.on(today).filter(office__in=offices).order_by("pk") if offices else ()
        for post in posts:
            self.posts[post.office_id].setdefault(post.user_id, set()).add(post.role)

    def votes(self, case) -> list[VotePiece]:
        """One mark for each member who has a vote, closed to a member who has not spoken himself."""
        posts = self.posts[case.office_id]
        members = [user for user, roles in posts.items() if Role.MEMBER in roles and user not in self.recused[case.pk]]
        given = self.opinions[case.pk]
        only_member = posts.get(self.viewer.pk, set()) <= {Role.MEMBER}
        closed = case.state == State.WITH_MEMBERS and only_member and self.viewer.pk not in given
        return [_mark(given.get(member), closed) for member in members]

    def counted(self, votes) -> str:
        """«3 of 5 opinions», and how they stand where they are open."""
        approve, refuse = (sum(vote.state == state for vote in votes) for state in ("for", "against"))
        given = sum(vote.state != "awaited" for vote in votes)
        words = ngettext("%(given)s of %(all)s opinion", "%(given)s of %(all)s opinions", len(votes))
        said = words % {"given": given, "all": len(votes)}
        if not approve + refuse:
            return said
        return _("%(said)s: %(approve)s for, %(refuse)s against") % {"said": said, "approve": approve, "refuse": refuse}


def _mark(opinion, closed) -> VotePiece:
    if opinion is None:
        return VotePiece("awaited", _("awaited"))
    if closed:
        return VotePiece("closed", _("written, still closed"))
    if opinion.decision == Opinion.Decision.APPROVE:
        return VotePiece("for", _("approves"))
    return VotePiece("against", _("would refuse"))
