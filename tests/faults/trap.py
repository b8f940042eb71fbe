"""Loaded by a worker under fire (``celery worker -I tests.faults.trap``): it dies with the n-th claim of a kind.

The product carries no hook. Here ``kazservices.leases.claim`` is wrapped wherever it was imported, and the statements
that claim by compare-and-set without a lease are watched on their way to the database. ``FAULTS_TRAP`` names the kind
and n (``copy:7``), ``FAULTS_RECORD`` the file that learns of every death. A claim by lease is committed when the worker
dies; one by compare-and-set is undone with its transaction.

``FAULTS_OFF`` names guards to switch off, for the runs in which a double or a loss must be seen:

* ``lease``: a claim takes no lease, so none finds the row in another's hands; whether it is done is asked as ever;
* ``key``: each attempt to send a short message carries a key of its own;
* ``order``: breaches are noted newest first.

``FAULTS_BATCH`` lets one run of the sweep note so many breaches at most. In every run the worker's four processes are
made to meet: each bell of a letter is rung twice, as a broker may, and between claim and effect there is a pause.

Whoever goes on to send a letter's copy writes it into a file beside the record, and its mark too: when the worker dies
by one process, another may have sent a copy and not marked it yet (docs/faults.md, known limits).
"""

import json
import os
import re
import signal
import sys
import time
from collections import Counter
from uuid import uuid4

from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models import F

import kazservices.flow.tasks  # noqa: F401 - with it all that claims is there
from kazservices import leases
from kazservices.deadlines.models import DeadlineQuerySet
from kazservices.deadlines.service import note_missed
from kazservices.gateways import sms
from kazservices.notices.tasks import deliver
from tests.faults.points import BY_LEASE, HANDS

PAUSE = 0.1  # seconds
OFF = os.environ.get("FAULTS_OFF", "").split(",")
KIND, _, NUMBER = os.environ.get("FAULTS_TRAP", "").partition(":")
#: A compare-and-set claim: the columns that are set, and the row it is about when it is one row. A batch of a recount
#: is told by its last statements: clocks, lines and letters are written by then, and nothing is committed.
BY_STATEMENT = {
    "breach": re.compile(r'UPDATE "deadlines_deadline" SET .*"breach_noted_at" = .* WHERE', re.DOTALL),
    "escalation": re.compile(r'UPDATE "deadlines_deadline" SET .*"escalated_at" = .* WHERE', re.DOTALL),
    "warning": re.compile(r'UPDATE "deadlines_deadline" SET .*"warned_\w+_at" = .* WHERE', re.DOTALL),
    "batch": re.compile(r'UPDATE "deadlines_recount" SET "done" = .* WHERE', re.DOTALL),
}
#: A copy is sent, or given back because it could not be.
MARK = re.compile(r'UPDATE "notices_notice" SET .*"lease_until" = NULL', re.DOTALL)
ours = leases.claim
send = sms.send
oldest_first = DeadlineQuerySet.to_note
claims: Counter = Counter()


def claim(waiting, pk, *, at, lease):
    if "lease" in OFF:
        won = bool(waiting.filter(pk=pk).order_by().update(attempts=F("attempts") + 1))
    else:
        won = ours(waiting, pk, at=at, lease=lease)
    if won:
        time.sleep(PAUSE)
        kind = BY_LEASE.get(waiting.model._meta.label, waiting.model._meta.label)
        count(kind, 1, pk)
        if kind == "copy":
            hand("sends", pk)
    return won


def keyless(phone, text, *, key):
    send(phone, text, key=str(uuid4()))


def newest_first(rows, at):
    return oldest_first(rows, at).order_by("-due_at", "-pk")


def hand(does, pk=None):
    """What this process is about: it sends a copy, or the copy it has sent is marked."""
    with open(os.environ["FAULTS_RECORD"] + HANDS, "a", encoding="utf-8") as record:
        record.write(json.dumps({"process": os.getpid(), "does": does, "row": pk}) + "\n")


def twice(ring):
    def rung(*what, **how):
        ring(*what, **how)
        return ring(*what, **how)

    return rung


def count(kind, rows, pk=None):
    """One claim more; the n-th of the named kind is the last thing this worker does."""
    claims[kind] += rows
    if kind == KIND and claims[kind] >= int(NUMBER):
        die(pk)


def die(pk):
    """The whole worker at once, children and all: it stands in a group of its own."""
    with open(os.environ["FAULTS_RECORD"], "a", encoding="utf-8") as record:
        record.write(json.dumps({"worker": os.getpgrp(), "claims": claims[KIND], "row": pk}) + "\n")
        record.flush()
        os.fsync(record.fileno())
    os.killpg(os.getpgrp(), signal.SIGKILL)


def watch(execute, sql, params, many, context):
    done = execute(sql, params, many, context)
    if MARK.match(sql):
        hand("marks")
    for kind, statement in BY_STATEMENT.items():
        if statement.match(sql) and (rows := context["cursor"].rowcount) > 0:
            count(kind, rows)
    return done


def watch_connection(connection, **_):
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)


for module in list(sys.modules.values()):
    if getattr(module, "claim", None) is ours:
        module.claim = claim
if "key" in OFF:
    sms.send = keyless
if "order" in OFF:
    DeadlineQuerySet.to_note = newest_first
if batch := os.environ.get("FAULTS_BATCH"):
    note_missed.__defaults__ = (int(batch),)
deliver.delay = twice(deliver.delay)
connection_created.connect(watch_connection, weak=False)
for known in connections.all(initialized_only=True):
    watch_connection(known)
