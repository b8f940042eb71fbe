"""Acting for another: from the draft to the case, and the end of a power by the will of the person represented."""

from datetime import date

from django.core.exceptions import ObjectDoesNotExist

from calendars.words import staff_date
from kazservices.masks import initials
from kazservices.offices.models import User

from .models import Applicant, Draft, Representation
from .permission import is_applicant

ADULT = 18
GROUNDS = {
    Representation.Basis.PARENT: {"kk": "баланың ата-анасы", "ru": "родитель несовершеннолетнего"},
    Representation.Basis.GUARDIAN: {"kk": "қорғаншы (қамқоршы) тағайындау туралы акт", "ru": "акт об опеке"},
    Representation.Basis.ATTORNEY: {"kk": "сенімхат", "ru": "доверенность"},
}
TOLD = {"kk": "Өкіл: {name}. Негізі: {ground}.", "ru": "Представитель: {name}. Основание: {ground}."}
#: The code under which the document of a power lies among the files of a draft and of a case.
DOCUMENT = "power-document"


def of(holder) -> Representation | None:
    """How a draft or a case is acted in for another; none when its applicant acts himself."""
    try:
        return holder.representation
    except ObjectDoesNotExist:
        return None


def standing_in(case) -> Representation | None:
    """The same, if the power stands today."""
    found = of(case)
    return found if found and found.stands(case.office.today()) else None


def voices(case) -> list:
    """The accounts that speak for the applicant: his own, and that of who represents him today; letters go to both."""
    own = case.applicant.user if case.applicant else None
    power = standing_in(case)
    return [user for user in (own, power and power.representative) if user is not None]


def knows_applicant(case, viewer) -> bool:
    """Whether the applicant's data are his own, or those of a person for whom a register confirms that he acts."""
    if is_applicant(case, viewer):
        return True
    power = of(case) if viewer.is_recipient else None
    return power is not None and power.representative_id == viewer.pk and power.is_confirmed


def name_for(case, viewer) -> str:
    """The applicant as this reader may see him: his own name, or what tells neighbours apart."""
    if case.applicant is None:
        return ""
    full_name = case.applicant.full_name
    return full_name if knows_applicant(case, viewer) else initials(full_name)


def ground_of(power: Representation, language: str) -> str:
    """The ground of a representation as papers and letters name it, in kk or ru."""
    ground = GROUNDS[power.basis][language]
    if not power.document_number:
        return ground
    return f"{ground} № {power.document_number}, {staff_date(power.document_date, language)}"


def told(power: Representation, language: str) -> str:
    """Who acts for the applicant, as his letters say it."""
    return TOLD[language].format(name=power.representative.full_name, ground=ground_of(power, language))


def last_day_of_minority(born: date) -> date:
    """The day before the eighteenth birthday; who was born on 29 February comes of age on 1 March."""
    year = born.year + ADULT
    try:
        birthday = born.replace(year=year)
    except ValueError:
        birthday = date(year, 3, 1)
    return date.fromordinal(birthday.toordinal() - 1)


def person_locked(applicant_id: int) -> Applicant:
    """The person, locked: what is filed for him, and who may act for him, is settled by one at a time.

    Taken after his draft and before his cases; a move in a case of his does not wait for it.
    """
    return Applicant.objects.select_for_update(no_key=True).get(pk=applicant_id)


def applicant_of(draft: Draft) -> Applicant:
    """The service recipient of a draft: the person represented, or whoever writes it."""
    power = of(draft)
    return applicant_behind(draft.user) if power is None else _represented(power, draft.language)


def applicant_behind(user) -> Applicant:
    """The service recipient behind an account, with what the registers said of him at his last entry.

    Who was represented before he ever entered is the same person: his row becomes that of his account.
    """
    adopt(user)
    names = ("iin", "full_name", "birth_date", "phone", "email", "language")
    said = {name: getattr(user, name) for name in names}
    Applicant.objects.filter(user=user).update(**said)
    return Applicant.objects.get_or_create(user=user, defaults=said)[0]


def adopt(user) -> None:
    """Give an account the applications that were filed for its person while he had none."""
    if user.iin and not Applicant.objects.filter(user=user).exists():
        Applicant.objects.filter(user=None, iin=user.iin).update(user=user)


def _represented(power: Representation, language: str) -> Applicant:
    """The person represented: known already, or new. What a register said of him replaces what was only stated."""
    if account := User.objects.filter(iin=power.iin, is_staff=False).first():
        return applicant_behind(account)
    said = {"full_name": power.full_name, "birth_date": power.birth_date}
    found, is_new = Applicant.objects.get_or_create(iin=power.iin, defaults={**said, "language": language})
    if not is_new and power.is_confirmed:
        Applicant.objects.filter(pk=found.pk).update(**said)
        found.refresh_from_db()
    return found


def give_to_case(power: Representation | None, case) -> None:
    """A case is acted in as its draft was; the draft keeps its own row, should it come back. Norm: LAW-19."""
    if power is None:
        return
    power = Representation.objects.get(pk=power.pk)
    power.pk, power._state.adding = None, True
    power.draft, power.case_id, power.represented_id = None, case.pk, case.applicant_id
    power.save(force_insert=True)


def same_power(power: Representation):
    """Every draft and case in which the same representative acts for the same person by power of attorney."""
    return Representation.objects.filter(
        representative=power.representative_id, iin=power.iin, basis=Representation.Basis.ATTORNEY, revoked_at=None
    )
