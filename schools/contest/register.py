"""The register of candidates with the fields of the rules, and its file for the centre. Norms: ADM-C17, ADM-C20."""

import csv
import io

from django.db.models import Count, Q

from schools.contest.states import REGISTERED

#: The columns of the file, in the words of the rules. Norm: ADM-C17.
COLUMNS = (
    "мамандандырылған білім беру ұйымының атауы",
    "тіркеу нөмірі",
    "аты-жөні",
    "ЖСН",
    "сыныбы",
    "оқыту тілі",
    "электрондық мекен-жайы",
    "дипломдарының көшірмелері (саны)",
)
DIPLOMA = "diploma"
LANGUAGES = {"kk": "қазақ", "ru": "орыс"}


def rows(case):
    """The candidates of a contest by class and number, with how many copies of diplomas each gave."""
    entered = case.applications.filter(state__in=REGISTERED).select_related("applicant")
    entered = entered.annotate(diplomas=Count("attachments", filter=Q(attachments__requirement=DIPLOMA)))
    return entered.order_by("grade", "registered_at", "pk")


def export(case) -> bytes:
    """The file as it is handed over: it opens in Excel. Norm: ADM-C20."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in rows(case):
        writer.writerow([_plain(cell) for cell in _cells(case, one)])
    return text.getvalue().encode("utf-8-sig")


def _cells(case, one):
    child = one.applicant
    language = LANGUAGES[one.study_language]
    return (case.office.name_kk, one.number, child.full_name, child.iin, one.grade, language, one.email, one.diplomas)


def _plain(cell) -> str:
    """A cell is never a formula, whoever wrote it."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
