"""The pages of the desk."""

from .absences import absences, end_absence
from .breaches import breaches, explain
from .case import case, show_person
from .commission import commission
from .deskpages import case_page, service_page
from .files import attachment, paper
from .hearings import hearings_file
from .moves import move
from .password import set_password
from .queue import find, queue
from .results import hand_paper, kept_results
from .shared import shared, shared_case, shared_move
from .sign import sign
from .stuck import stuck
from .sweeps import sweeps
from .tickets import call_next, issue_ticket, move_ticket, ticket, tickets
from .today import today
from .together import together

__all__ = [
    "absences",
    "attachment",
    "breaches",
    "call_next",
    "case",
    "case_page",
    "commission",
    "end_absence",
    "explain",
    "find",
    "hand_paper",
    "hearings_file",
    "issue_ticket",
    "kept_results",
    "move",
    "move_ticket",
    "paper",
    "queue",
    "service_page",
    "set_password",
    "shared",
    "shared_case",
    "shared_move",
    "show_person",
    "sign",
    "stuck",
    "sweeps",
    "ticket",
    "tickets",
    "today",
    "together",
]
