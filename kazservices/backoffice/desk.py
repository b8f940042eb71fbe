"""Who sits at the desk: the posts in force today, and what they open."""

from collections import defaultdict
from functools import cached_property

from django.db.models import prefetch_related_objects

from kazservices.cases.models import SEEING_ROLES, Case
from kazservices.design.languages import in_language
from kazservices.offices.demands import seats_for
from kazservices.offices.models import Absence, Staff
from kazservices.offices.roles import COMMISSION_ROLES, Role

#: Whose business a commission is.
COMMISSION = (*COMMISSION_ROLES, Role.HEAD)


class Desk:
    """A member of staff with today's posts; made once a request."""

    def __init__(self, user):
        self.user = user
        posts = Staff.objects.filter(user=user.pk, user__is_active=True).select_related(
            "office", "commission", "stands_for"
        )
        self.posts = [post for post in posts if post.covers(post.office.today())] if user.is_authenticated else []
        self.roles = defaultdict(set)
        self.offices = {}
        for post in self.posts:
            self.roles[post.office_id].add(post.role)
            self.offices[post.office_id] = post.office

    def holds(self, *roles) -> bool:
        return any(post.role in roles for post in self.posts)

    def offices_with(self, *roles) -> list:
        """The offices in which one of the roles is held."""
        return list({post.office_id: post.office for post in self.posts if post.role in roles}.values())

    @cached_property
    def has_commission(self) -> bool:
        """Whether he has a seat beside, or is head of, a commission: an office whose services need none has none."""
        offices = self.offices_with(*COMMISSION)
        prefetch_related_objects(offices, "hours")
        return any(seats_for(hours.service for hours in office.hours.all()) for office in offices)

    @property
    def sees_cases(self) -> bool:
        return self.holds(*SEEING_ROLES)

    def cases(self):
        """The cases this person may see, with what every list shows of them."""
        return self._cases.all()

    @cached_property
    def _cases(self):
        return Case.objects.visible_to(self.user).select_related("office", "applicant", "edition__service")

    def acting_roles(self, office_id) -> set:
        """The roles in an office, with the chair's for a deputy while no chair is there. Norm: GAP-13."""
        held = set(self.roles[office_id])
        if Role.DEPUTY in held and Role.CHAIR not in held and office_id in self._without_chair:
            held.add(Role.CHAIR)
        return held

    @property
    def _without_chair(self) -> set:
        if not hasattr(self, "_offices_without_chair"):
            offices = self.offices_with(Role.DEPUTY)
            self._offices_without_chair = {o.pk for o in offices} - _offices_with_chair(offices)
        return self._offices_without_chair

    @property
    def role_name(self) -> str:
        """The posts in words, each once."""
        return ", ".join(dict.fromkeys(_post_name(post) for post in self.posts))

    @property
    def office_name(self) -> str:
        names = [in_language(office, "territory") for office in self.offices.values()]
        return names[0] if len(names) == 1 else ""


def desk_of(request) -> Desk:
    """The desk of this request's user."""
    if not hasattr(request, "desk"):
        request.desk = Desk(request.user)
    return request.desk


def _post_name(post) -> str:
    return in_language(post, "post") or post.get_role_display()


def _offices_with_chair(offices) -> set:
    """Those of the offices whose chair is in office and not away today."""
    if not offices:
        return set()
    today = offices[0].today()
    chairs = Staff.objects.on(today).with_role(Role.CHAIR).filter(office__in=offices)
    away = set(Absence.objects.on(today).filter(office__in=offices).values_list("office_id", "user_id"))
    return {post.office_id for post in chairs if (post.office_id, post.user_id) not in away}
