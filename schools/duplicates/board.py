"""What duplicates lay before the public: closed schools and the archives that keep their papers. Norm: DUP-9."""

from django.db.models import Q

from schools.duplicates.models.archive import ClosedSchool

SHOWN = 100


def board(query) -> dict:
    """Found by a part of the name; all when nothing is asked."""
    asked = query.get("q", "").strip()[:100]
    found = ClosedSchool.objects.all()
    if asked:
        found = found.filter(Q(name_kk__icontains=asked) | Q(name_ru__icontains=asked))
    return {"asked": asked, "schools": list(found[:SHOWN])}
