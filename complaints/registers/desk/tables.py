"""The registers as tables that open in Excel."""

from django.utils.translation import gettext as _

from kazservices.design.languages import in_language
from kazservices.design.templatetags.design import staff_date
from kazservices.flow.deskpages import TableFile

from . import measures


def table(code: str, label, office, rows) -> TableFile:
    """A register of an office, as it stands today."""
    today = f"{office.today():%d.%m.%Y}"
    top = [(_("Register"), str(label)), (_("Office"), in_language(office, "name")), (_("As of"), today)]
    return TableFile(code, top, *TABLES[code](rows))


def _proposals(rows):
    head = ["№", _("Received or made"), _("Which body"), _("Its own number"), _("Date of the paper"),
            _("What is proposed"), _("Answer wanted by"), _("Answered on"), _("Measures"), _("Done")]  # fmt: skip
    return head, (
        [row.number, row.get_direction_display(), row.body, row.their_number, _day(row.day), row.text,
         _day(row.answer_by), _day(row.answered_on), *_of(row)] for row in rows
    )  # fmt: skip


def _conclusions(rows):
    head = ["№", _("Who monitored"), _("Date of the conclusion"), _("Service"), _("What was concluded"),
            _("Its file"), _("Measures"), _("Done")]  # fmt: skip
    return head, (
        [row.number, row.body, _day(row.day), row.service, row.text, row.file_name, *_of(row)] for row in rows
    )


def _measures(rows):
    head = [_("On what"), _("What is to be done"), _("Who answers for it"), _("By which day"), _("Done on"),
            _("By what it can be seen"), _("State")]  # fmt: skip
    return head, (
        [row.source.number, row.what, row.responsible.full_name, _day(row.due_on), _day(row.done_on), row.proof,
         measures.chip_of(row).words] for row in rows
    )  # fmt: skip


TABLES = {"proposals": _proposals, "conclusions": _conclusions, "measures": _measures}


def _of(row) -> tuple[int, int]:
    taken = list(row.measures.all())
    return len(taken), sum(measure.done_on is not None for measure in taken)


def _day(day) -> str:
    return staff_date(day) if day else ""
