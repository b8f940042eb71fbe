"""What the papers of any application say: its cover, its receipts, and the parts that more than one paper has."""

from datetime import datetime

from django.utils import translation

from kazservices.cases import representation
from kazservices.documents import papers
from kazservices.documents.models import Paper
from kazservices.offices.actors import SYSTEM
from kazservices.offices.models import Staff, User
from kazservices.offices.roles import Role
from kazservices.offices.service import holders
from kazservices.passports import service as passports
from kazservices.passports.models import Edition, Ground

from .manifest import manifest_of
from .representing import PowerPaper

LANGUAGES = ("kk", "ru")
#: What a paper calls a post that has no words of its own.
POSTS = {Role.HEAD: ("басшы", "руководитель"), Role.CLERK: ("іс жүргізуші", "делопроизводитель")}


def owe_receipt(case) -> Paper:
    """The receipt of an application taken in: number, received, accepted, result date. Norm: CONS-S8-4."""
    return _by_the_system(case, Paper.Kind.RECEIPT, {})


def owe_not_taken_receipt(case, missing, motive="", late=None) -> Paper:
    """The receipt of a refusal to accept: what is missing or expired, or which period was missed (ADM-C19).

    Norm: LAW-19.
    """
    inputs = {"missing": missing, "motive": motive, **({"late": late} if late else {})}
    return _by_the_system(case, Paper.Kind.NOT_TAKEN_RECEIPT, inputs)


def _by_the_system(case, kind, inputs) -> Paper:
    said = manifest_of(case.service).paper_facts(case, kind, inputs)
    return papers.prepare(case, kind, said, by=SYSTEM, by_system=True)


def cover(case) -> dict:
    """What every paper of an application begins with."""
    applicant = case.applicant
    return {
        "number": case.number,
        "service": both(case.edition, "name"),
        "service_code": case.service,
        "act": both(case.edition, "act"),
        "office": both(case.office, "name"),
        "office_address": both(case.office, "address"),
        "office_phone": case.office.phone,
        "applicant": {"full_name": applicant.full_name, "iin": applicant.iin or applicant.document_number},
        "category": both(case.category, "label"),
        "submitted_at": case.time.local(case.submitted_at).isoformat(),
        "accepted_on": case.accepted_on.isoformat(),
        **_representative(case),
    }


def _representative(case) -> dict:
    """Who acts for the applicant and on which ground, while his power stands."""
    power = representation.standing_in(case)
    if power is None:
        return {}
    ground = {language: representation.ground_of(power, language) for language in LANGUAGES}
    return {"representative": {"full_name": power.representative.full_name, "ground": ground}}


def receipt(case, inputs, *, rule="decide") -> dict:
    """What was given, and by when the answer comes: the due moment of the whole term."""
    asked = _asked(case)
    asked[representation.DOCUMENT] = both(PowerPaper(), "plain")
    files = [{"document": asked.get(a.requirement), "name": a.name} for a in case.attachments.all()]
    files += [{"document": asked.get(code), "name": ""} for code in case.handed_in]
    return {
        "result_at": due(case, rule),
        "documents": files,
        "count": len(files),
        "asks_registers": bool(passports.registers_needed(case.category)),
        "hearing": case.edition.hearing_required,
    }


def not_taken(case, inputs) -> dict:
    """What is missing or expired, or why it is not what it claims to be. Norm: LAW-19."""
    asked = _asked(case)
    rows = [{"document": asked[m["code"]], "expired": m["reason"] == passports.EXPIRED} for m in inputs["missing"]]
    return {
        "refused_on": today(case),
        "missing": rows,
        "motive": inputs.get("motive", ""),
        "late": _late(case, inputs.get("late")),
    }


def _late(case, said) -> dict | None:
    """The period that was missed, the next one, and the words of the ground; when it was filed, the cover says."""
    if said is None:
        return None
    return {"ended_on": said["ended_on"], "opens_on": said["opens_on"], "grounds": grounds(case, [said["ground"]])}


def _asked(case) -> dict:
    asked = passports.required_documents(case.category, case.answers, case.channel)
    return {requirement.code: both(requirement, "text") for requirement in asked}


def withdrawal(case, inputs) -> dict:
    """The result in force that an act withdraws, why, and by whom (LAW-5-2-9)."""
    kinds = manifest_of(case.service).results
    result = case.papers.issued().filter(kind__in=kinds).order_by("pk").last()
    head = holders(case.office, Role.HEAD).first()
    issued_on = case.time.local(result.issued_at).date().isoformat()
    return {
        "withdrawn_on": today(case),
        "withdrawn": {"number": result.number, "on": issued_on, "name": name(result)},
        "because": inputs["because"],
        "signer": head.user.full_name if head else "",
    }


def remedy(case) -> dict:
    """To whom and how one complains of this decision, and who considers it. (CONS-14-7, ADM-8)

    A last day only where the edition names a term and its source.
    """
    edition, day = case.edition, case.time.local(case.moment).date()
    profile = edition.complaint_profile or Edition.profile_of(day)
    above, quality = case.office.superior_body, case.office.quality_body
    said = {
        "forwarded": profile == Edition.Profile.FORWARDED,
        "body": both(above, "name") if above else {"kk": "", "ru": ""},
        "quality": both(quality, "name") if quality else None,
    }
    if edition.appeal_length:
        said["last_day"] = _last_day(case, edition, day).isoformat()
        said["source"] = both(edition, "appeal_source")
    return said


def _last_day(case, edition, day):
    """The last day on which a recipient may complain: his term, counted from the day he was told."""
    time, length = case.time, edition.appeal_length
    if edition.appeal_unit == Edition.AppealUnit.WORKING_DAYS:
        due = time.due_working_days(day, length)
    elif edition.appeal_unit == Edition.AppealUnit.CALENDAR_DAYS:
        due = time.due_calendar_days(day, length, ours=False)
    else:
        due = time.due_calendar_months(day, length, ours=False)
    return time.local(due).date()


def both(thing, name: str) -> dict:
    """A text of a row in both languages."""
    return {language: getattr(thing, f"{name}_{language}") for language in LANGUAGES}


def due(case, rule: str) -> str:
    """The due moment of the case's newest clock of a rule, local to the office."""
    clock = case.deadlines.filter(rule=f"{case.service}.{rule}").order_by("-started_at").first()
    return case.time.local(clock.due_at).isoformat()


def today(case) -> str:
    """The day of the act is the day of the move: a paper signed yesterday is made anew."""
    return case.time.local(case.moment).date().isoformat()


def local(case, moment: str) -> str:
    """A moment as the clock of the office shows it, whatever offset it was given with."""
    return case.time.local(datetime.fromisoformat(moment)).isoformat()


def signer(case, user_id) -> dict:
    """Who signs, by his post in the office of the case."""
    user = User.objects.get(pk=user_id)
    post = Staff.objects.on(case.office.today()).filter(office=case.office, user=user).order_by("pk").first()
    return {"name": user.full_name, "post": _post(post) if post else {"kk": "", "ru": ""}}


def _post(post) -> dict:
    kk, ru = POSTS.get(post.role, ("уәкілетті тұлға", "уполномоченное лицо"))
    return {"kk": post.post_kk or kk, "ru": post.post_ru or ru}


def grounds(case, codes) -> list[dict]:
    """The named grounds in the words of the law, each with what it rests on."""
    rows = [*case.edition.grounds.filter(code__in=codes), *Ground.objects.filter(edition=None, code__in=codes)]
    return [{"code": row.code, "text": both(row, "text"), "basis": both(row, "basis")} for row in rows]


def name(paper) -> dict:
    """What a paper is called, in both languages."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = paper.name
    return said
