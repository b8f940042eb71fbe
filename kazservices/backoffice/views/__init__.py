"""The pages of the desk."""

from .absences import absences, end_absence
from .breaches import breaches, explain
from .case import case, show_person
from .commission import commission
from .files import attachment, paper
from .hearings import hearings_file
from .moves import move
from .password import set_password
from .queue import find, queue
from .sign import sign
from .sweeps import sweeps
from .today import today
from .together import together

__all__ = [
    "absences",
    "attachment",
    "breaches",
    "case",
    "commission",
    "end_absence",
    "explain",
    "find",
    "hearings_file",
    "move",
    "paper",
    "queue",
    "set_password",
    "show_person",
    "sign",
    "sweeps",
    "today",
    "together",
]
