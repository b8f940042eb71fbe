"""How an application for a duplicate comes in by each of the three ways."""

from dataclasses import replace

from kazservices import clock
from kazservices.cases.models import Applicant, Channel
from kazservices.documents.service import attach
from kazservices.flow import taking
from kazservices.flow.manifest import Filing
from kazservices.passports import service as passports
from kazservices.signing.models import Signature
from kazservices.signing.service import keep
from tests import world

PARTICULARS = {
    "document": "general",
    "graduated_in": 2015,
    "circumstances": "Көшу кезінде жоғалды",
    "pick_up": "school",
}


def filing(user, office, *, category="LOST", channel=Channel.PORTAL, recipient=None, handed_in=None, **said) -> Filing:
    today = clock.now().astimezone(world.ALMATY).date()
    chosen = passports.edition_on("duplicates", today).categories.get(code=category)
    answers = {"school_closed": said.pop("school_closed", False)}
    particulars = {**PARTICULARS, **said}
    if category == "NAME_CHANGED":
        particulars.setdefault("name_in_document", "Әлиева Жанар")
    draft = world.build_draft(user, office, "duplicates", channel=channel, recipient=recipient)
    needed = [r.code for r in passports.required_documents(chosen, answers, channel)]
    if channel == Channel.PORTAL:
        world.consent(user, draft)
        for code in needed:
            attach(draft, code, world.picture(), by=user)
    else:
        draft.data = {"handed_in": needed if handed_in is None else handed_in}
        draft.save(update_fields=["data"])
    made = Filing(draft, chosen, "", answers, particulars=particulars)
    method = Signature.Method.OTP if channel == Channel.PORTAL else Signature.Method.PAPER
    return replace(made, signature=keep(user, method, taking.content(made), "application", {"challenge": "test"}))


def apply(user, office, **how):
    """File at the clock's moment."""
    return taking.take(filing(user, office, **how))


def person(iin="000101100024", name="Қасымов Айдар Маратұлы") -> Applicant:
    return Applicant.objects.create(iin=iin, full_name=name, language="kk")
