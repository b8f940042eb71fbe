"""The embedded transport is a folder: what lies in it under its name is whole, and is written by one at a time."""

import logging
import os
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from time import monotonic
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem, virtual
from kombu.transport.filesystem import LOCK_EX, LOCK_SH, exchange_queue_t, lock, unlock
from kombu.utils.json import dumps, loads

from kazservices.writtenonce import write_anew

log = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """As the library's own, which opens a file under its name before it writes it: whoever reads it then, falls.

    What a power cut has torn stops nobody: a message is a bell and no record, a table is made anew as a queue is bound.
    """

    def get_table(self, exchange):
        try:
            return super().get_table(exchange)
        except ValueError:
            log.warning("A torn table counts as none: %s", exchange)
            return []

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        bound = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with held(self.control_folder, LOCK_EX):
            if bound not in (table := self.get_table(exchange)):
                write_anew(self._exchange_file(exchange), [dumps([bound, *table]).encode()])

    def _delete(self, queue, exchange, routing_key, pattern, *args, **kwargs):
        virtual.Channel._delete(self, queue, exchange, routing_key, pattern, *args, **kwargs)
        bound = exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with held(self.control_folder, LOCK_EX):
            if bound in (table := self.get_table(exchange)):
                table.remove(bound)
                write_anew(self._exchange_file(exchange), [dumps(table).encode()])

    def _put(self, queue, payload, **kwargs):
        name = f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        with held(self.control_folder, LOCK_SH):
            write_anew(Path(self.data_folder_out, name), [dumps(payload).encode()])

    def _get(self, queue):
        """The oldest message; of all who have read it, it belongs to the one who takes it away."""
        for name in sorted(os.listdir(self.data_folder_in)):
            if name.partition(".")[2] != f"{queue}.msg":
                continue
            message = Path(self.data_folder_in, name)
            try:
                content = message.read_bytes()
                message.unlink()
            except OSError:
                continue
            try:
                return loads(content)
            except ValueError:
                log.warning("A torn message is thrown away: %s", name)
        raise Empty


class Transport(filesystem.Transport):
    """Named in the settings (CELERY_BROKER_TRANSPORT)."""

    Channel = Channel


@contextmanager
def held(control: Path, how: int):
    """Many may put messages together; who changes a table or clears up is alone. Raises ChannelError."""
    try:
        with (control / "lock").open("a") as file:
            lock(file, how)
            try:
                yield
            finally:
                unlock(file)  # in so many words: a process forked meanwhile has the file open too
    except OSError as error:
        raise ChannelError(f"The folder of the queue cannot be written: {error}") from error


def clear_up(control: Path, folders: Iterable[Path]) -> list[str]:
    """Take away what was begun and not ended: alone with the folder, we know that its writer is dead."""
    with held(control, LOCK_EX):
        begun = [file for folder in folders for file in sorted(folder.glob(".*"))]
        for file in begun:
            file.unlink()
    return [file.name for file in begun]
