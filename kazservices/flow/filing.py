"""A draft on its way to a case: its steps, what is still open, and the filing itself."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kazservices import clock
from kazservices.cases import representation
from kazservices.cases.models import Case, Draft, Representation
from kazservices.design.languages import in_language
from kazservices.documents import service as documents
from kazservices.gateways.models import Consent
from kazservices.gateways.service import record_consent
from kazservices.offices.opening import demand_provider, time_of
from kazservices.passports import service as passports
from kazservices.passports.models import Category, Edition

from . import particulars, representing, taking
from .again import carry_power
from .manifest import Filing, all_manifests, manifest_of

WHOM, CATEGORY, DETAILS, FORM, CONSENT = "whom", "category", "details", "form", "consent"
PAPERS, REVIEW = "papers", "review"
STEPS = (WHOM, CATEGORY, DETAILS, FORM, CONSENT, PAPERS, REVIEW)


@dataclass
class Progress:
    """How far a draft has come; every step keeps what it was told."""

    draft: Draft
    edition: Edition
    category: Category | None

    @property
    def answers(self) -> dict:
        return self.draft.data.get("answers", {})

    @property
    def particulars(self) -> dict:
        return self.draft.data.get("particulars", {})

    @property
    def variant(self):
        return passports.chosen_variant(self.category, self.answers) if self.category else None

    @property
    def has_details(self) -> bool:
        return self.category is not None and bool(self.category.variants.all() or self.category.questions.all())

    @property
    def steps(self) -> list[str]:
        """The steps of this category: one without questions has no page of them; for oneself nobody is asked whom."""
        wanted = {WHOM: bool(self.power), DETAILS: self.has_details, FORM: self.has_form, CONSENT: self.wants_consent}
        return [step for step in STEPS if wanted.get(step, True)]

    @property
    def has_form(self) -> bool:
        """Whether the passport asks this category to fill in a form."""
        return self.category is not None and bool(passports.fields_of(self.category))

    @property
    def wants_consent(self) -> bool:
        """Whether any register is asked at all; before a category is chosen nobody knows yet."""
        return self.category is None or bool(self.registers)

    @property
    def power(self) -> Representation | None:
        """By which power this is written for another."""
        return representation.of(self.draft)

    @property
    def first_open(self) -> str:
        """The first step that still wants an answer."""
        if self.category is None or self.draft.office_id is None:
            return CATEGORY
        if self.has_details and not self.details_are_answered:
            return DETAILS
        if not particulars.are_complete(self.category, self.particulars):
            return FORM
        return CONSENT if self.wants_consent and self.consent is None else PAPERS

    def after(self, step: str) -> str:
        """The step that follows one."""
        return self.steps[self.steps.index(step) + 1]

    @property
    def details_are_answered(self) -> bool:
        unanswered = passports.questions_to_ask(self.category, self.answers)
        wants_variant = bool(self.category.variants.all()) and self.variant is None
        return not unanswered and not wants_variant and self.closed_by is None

    @property
    def closed_by(self):
        return passports.closed_by(self.category, self.answers)

    @property
    def consent(self) -> Consent | None:
        return self.draft.consents.filter(withdrawn_at=None).order_by("-at").first()

    @property
    def registers(self) -> list:
        return passports.registers_needed(self.category)

    @property
    def papers(self) -> list:
        """The documents asked for: those of the standard, after the one that proves a power no register confirms."""
        proof = [representing.PowerPaper()] if self.power and not self.power.is_confirmed else []
        return [*proof, *passports.required_documents(self.category, self.answers, self.draft.channel)]

    @property
    def expired(self) -> dict[str, date]:
        """The last days of papers of the case before this one that are valid no longer. Norm: LAW-19-1-3."""
        return {code: date.fromisoformat(day) for code, day in self.draft.data.get("expired", {}).items()}

    def missing(self, accepted_on) -> list:
        """What a receipt would list, were the package sent now. Norm: LAW-19."""
        supplied = {**self.expired, **documents.supplied(self.draft), **dict.fromkeys(taking.handed_in(self.draft))}
        return passports.missing_documents(
            self.category, self.answers, supplied, accepted_on, self.draft.channel,
            restricted=passports.is_restricted(accepted_on, self.draft.office),
        )  # fmt: skip

    @property
    def lacks_proof(self) -> bool:
        """The document of a power that no register confirms is not there yet: without it nothing is filed."""
        return representing.lacks_document(self.draft)


def progress_of(draft: Draft) -> Progress:
    """A draft with the standard of today and the category chosen in it."""
    edition = passports.edition_on(draft.service, localtime(clock.now()).date())
    chosen = edition.categories.filter(code=draft.data.get("category", ""))
    related = ("variants", "questions", "requirements", "edition__register_items")
    return Progress(draft, edition, chosen.prefetch_related(*related).first())


def start(user, service: str, language: str, **brought) -> Draft:
    """A new draft, kept from its first answer on; ``brought``: the way it came and the recipient, at a counter."""
    at = clock.now()
    return Draft.objects.create(user=user, service=service, language=language, created_at=at, updated_at=at, **brought)


def start_about(user, service: str, case, language: str) -> Draft:
    """A draft of what one may file about a case: begun with what the case says; the same one for whoever asks twice."""
    begun = manifest_of(service).about(case)
    for draft in Draft.objects.filter(user=user, service=service, case=None).order_by("-updated_at"):
        if draft.data.get("begun_from") == case.number:
            return draft
    draft = start(user, service, language)
    carry_power(case, draft)
    draft.office, draft.data = case.office, {"answers": {}, **begun, "begun_from": case.number}
    keep(draft)
    return draft


def offers_about(case, user) -> list[tuple[str, str]]:
    """(service, words of its button) of all that one may file about a case."""
    said = [(manifest.code, manifest.about_label(case, user)) for manifest in all_manifests()]
    return [(service, words) for service, words in said if words]


def unsent(user, service: str) -> Draft | None:
    """The draft of this service for oneself that has not become a case."""
    own = Draft.objects.filter(user=user, service=service, case=None, representation=None, recipient=None)
    return own.order_by("-updated_at").first()


def unsent_for(user, service: str, iin: str) -> Draft | None:
    """The draft of this service for another person that has not become a case."""
    theirs = Draft.objects.filter(user=user, service=service, case=None, representation__iin=iin)
    return theirs.order_by("-updated_at").first()


def choose(draft: Draft, office, category: str) -> None:
    """Keep office and category; another category asks other questions."""
    if draft.data.get("category") != category:
        draft.data = {**draft.data, "category": category, "answers": {}}
        draft.consents.filter(withdrawn_at=None).update(withdrawn_at=clock.now())
    draft.office = office
    keep(draft)


def answer(draft: Draft, answers: dict) -> None:
    draft.data = {**draft.data, "answers": answers}
    keep(draft)


def fill_in(draft: Draft, said: dict) -> None:
    """Keep what was filled into the form."""
    draft.data = {**draft.data, "particulars": said}
    keep(draft)


def demand_lawful(progress: Progress, said: dict) -> None:
    """What the law objects to in the form is told at once, at its fields; the application is checked again when taken.

    Where the applicant has agreed already, the registers are asked first, outside any transaction: what they know of
    the form is not first told at the signature. Raises ValidationError.
    """
    filing, manifest = replace(_filing(progress), particulars=said), manifest_of(progress.draft.service)
    accepted_on = time_of(progress.draft.office, progress.draft.service).accepts(clock.now())
    manifest.ask(filing)
    with transaction.atomic():
        manifest.check(filing, accepted_on)


def keep(draft: Draft) -> None:
    draft.updated_at = clock.now()
    draft.save(update_fields=["office", "data", "updated_at"])


@transaction.atomic
def forget(draft: Draft) -> None:
    """Throw a draft away with its files. Raises ValidationError: it has been filed meanwhile."""
    documents.open_draft(draft.pk)
    for attachment in draft.attachments.all():
        documents.remove(attachment)
    draft.delete()


def drop_needless(progress: Progress) -> int:
    """Take out the files that the category chosen now does not ask for; how many they were. Norm: LAW-5-P1."""
    needed = {representation.DOCUMENT, *(row.code for row in progress.category.requirements.all())}
    needless = [kept for kept in progress.draft.attachments.all() if kept.requirement not in needed]
    for attachment in needless:
        documents.remove(attachment)
    return len(needless)


def consent(progress: Progress, *, given: bool) -> None:
    """The citizen's answer, with what he was asked. Norms: LAW-5-2-12, CONS-S8-2."""
    user, draft = progress.draft.user, progress.draft
    asked = {"purpose": purpose(progress), "text": consent_text(progress), "method": Consent.Method.WEB}
    record_consent(user, given=given, scope=[item.register for item in progress.registers], draft=draft, **asked)
    keep(draft)


def purpose(progress: Progress) -> str:
    return _("To consider my application: %(service)s") % {"service": in_language(progress.edition, "name")}


def consent_text(progress: Progress) -> str:
    """What the citizen is asked, register by register, in his language."""
    asked = "; ".join(in_language(item, "label") for item in progress.registers)
    return _("I agree that the office takes these data from the state registers for this application: %(asked)s.") % {
        "asked": asked
    }


def content(progress: Progress) -> str:
    """The hash of what is signed, as the service itself makes it.

    Nothing is signed, and no code is spent, for an office that takes no applications: ValidationError at ``office``.
    """
    demand_provider(progress.draft.office, progress.draft.service)
    demand_lawful(progress, progress.particulars)
    return taking.content(_filing(progress))


def file(progress: Progress, signature):
    """Send the signed application. Raises ValidationError: office, outside the period, changed since it was signed."""
    return taking.take(_filing(progress, signature))


def arrived_at(progress: Progress):
    """When it came: now, unless what is written down came earlier."""
    return manifest_of(progress.draft.service).received(_filing(progress)) or clock.now()


def _filing(progress, signature=None) -> Filing:
    variant = progress.variant.code if progress.variant else ""
    return Filing(progress.draft, progress.category, variant, progress.answers, signature, progress.particulars)


def filed_with(user, key: str) -> Case | None:
    """The case that this very form has become already: a second press changes nothing."""
    try:
        key = UUID(key)
    except ValueError:
        return None
    return Case.objects.visible_to(user).filter(idempotency_key=key).first()
