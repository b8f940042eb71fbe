"""Exemption at 27: the age on the acceptance date by the register, never by the IIN. Norm: CONS-E-C2."""

from datetime import date

from kazservices.gateways.service import answers, standing_consent

AGE_CATEGORY, AGE = "AGE_27", 27


def full_years(born: date, on: date) -> int:
    """Years completed on a day; who was born on 29 February completes one on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_about_age(case) -> bool:
    return case.category.code == AGE_CATEGORY


def birth_date(case) -> date | None:
    """The date of birth that the identity register gave: for this case, or at the applicant's last entry.

    The earlier answer stands in while the register is silent, but only with his consent to have it asked.
    """
    answer = answers(case).get("identity")
    if answer and answer.get("birth_date"):
        return date.fromisoformat(answer["birth_date"])
    return case.applicant.birth_date if standing_consent(case) else None


def reaches_age(case) -> bool | None:
    """Whether the applicant had turned 27 on the acceptance date; None when that is not asked, or not known yet."""
    if not is_about_age(case):
        return None
    born = birth_date(case)
    return None if born is None else full_years(born, case.accepted_on) >= AGE
