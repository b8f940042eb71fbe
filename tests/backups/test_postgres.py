"""A restore on PostgreSQL alone: it can be broken off between two schemas, and it sees who is just leaving."""

from io import StringIO
from threading import Timer

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from kazservices.backups import postgres
from kazservices.cases.models import Case
from tests import world
from tests.backups.hands import DURING, backup, forget, restore, schemas_aside

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


class Killed(BaseException):
    """Whoever runs the restore has pressed Ctrl-C, or something else went wrong than what a tool tells."""


@pytest.fixture
def taken(product, tmp_path):
    """A backup of a product with one case, which stands there still."""
    with world.at(DURING):
        world.apply(world.build_recipient(), product.office)
    backup(tmp_path / "taken")
    return tmp_path / "taken"


@pytest.mark.parametrize("error", [Killed, MemoryError, postgres.BackupRefused])
def test_a_restore_that_is_broken_off_leaves_the_database_as_it_was(taken, monkeypatch, error):
    break_off(taken, monkeypatch, error)
    assert Case.objects.count() == 1
    assert schemas_aside() == []


def test_no_empty_product_is_made_where_a_restore_was_killed_outright(taken, monkeypatch):
    """To fill the new schema would hide that all is there still, in the old one."""
    restore(taken, "--force")  # lies aside as well
    with monkeypatch.context() as patch:
        patch.setattr(postgres, "_give_back", lambda *_: None)  # nobody comes to it
        break_off(taken, patch, Killed)
    with pytest.raises(SystemCheckError, match="what stood here lies in schema before_killed"):
        call_command("migrate", skip_checks=False)
    call_command("check")  # no other command is kept from its work
    restore(taken, "--force")
    call_command("migrate", skip_checks=False, stdout=StringIO())
    assert Case.objects.count() == 1
    for schema in schemas_aside():
        forget(f"schema {schema}")


def break_off(taken, patch, error):
    def broken_off(*_):
        raise error

    run = postgres._run
    patch.setattr(postgres, "_run", broken_off)
    with pytest.raises(error):
        postgres.bring_back(connection.settings_dict, taken, "before-killed")
    patch.setattr(postgres, "_run", run)


def test_a_connection_that_is_just_leaving_is_nobody(product):
    """The server sees the end of one a moment after whoever closed it: of our own, too."""
    leaving = connection.copy()
    leaving.ensure_connection()
    leaves = Timer(0.3, leaving.connection.close)
    leaves.start()
    postgres.demand_alone(connection.settings_dict)
    leaves.join()
