"""The product's own settings, for the processes under fire; the sweeps only come round more often, to save minutes."""

from kazservices.settings import *  # noqa: F403

for _entry in CELERY_BEAT_SCHEDULE.values():  # noqa: F405
    _entry["schedule"] = max(1, _entry["schedule"] / 10)
    _entry["options"] = {"expires": 10}
