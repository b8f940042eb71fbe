"""Which pool a page is about: the one of the address, else the first of the year of the school."""

from django.http import Http404

from schools.admission.models import Pool


def pools_of(asked, *, grade=None):
    """The pools of the office, of the newest year first."""
    found = Pool.objects.filter(office=asked.office).select_related("office")
    return list(found.filter(grade=grade) if grade else found)


def chosen(asked, pools) -> Pool | None:
    """Raises Http404 for a pool of another school."""
    named = asked.query.get("pool")
    if not named:
        return pools[0] if pools else None
    found = next((pool for pool in pools if str(pool.pk) == named), None)
    if found is None:
        raise Http404("pool")
    return found
