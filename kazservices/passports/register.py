"""The register of norms that the project keeps: fixtures/norms.json."""

import json
from functools import cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .faults import Place


@cache
def norm_ids() -> frozenset[str]:
    rows = json.loads((settings.BASE_DIR / "fixtures" / "norms.json").read_text(encoding="utf-8"))
    return frozenset(row["id"] for row in rows)


def norm(value, place: Place):
    """A norm that the register knows: a passport cites nothing else."""
    if value not in norm_ids():
        return place.wrong(_("the register of norms has no “%(norm)s”"), norm=value)
    return str(value)
