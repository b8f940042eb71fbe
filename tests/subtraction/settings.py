"""The settings of the tests, with the database in memory: a forked child then has a copy of its own to spoil."""

from tests.settings import *  # noqa: F403

DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
