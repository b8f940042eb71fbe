"""The administrative case that travels with a complaint. Norm: CONS-14-2."""

from complaints.bundles.models import CaseBundle


def belongs_with(case) -> list:
    """The cases that lie in one file with a complaint: the one it is about."""
    return [case.about] if case.about_id else []


def ready_for(case) -> CaseBundle | None:
    """The newest case file of this complaint that is ready, with the case it is about in it."""
    made = CaseBundle.objects.filter(case=case.pk, state=CaseBundle.State.READY)
    if case.about_id:
        made = made.filter(others=case.about_id)
    return made.order_by("-made_at", "-pk").first()
