"""Exemption at 27: the age on the acceptance date by the register, never by the IIN. Norm: CONS-E-C2."""

from datetime import date

from kazservices.gateways.service import answers

AGE_CATEGORY, AGE = "AGE_27", 27


def full_years(born: date, on: date) -> int:
    """Years completed on a day; who was born on 29 February completes one on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def birth_date(case) -> date | None:
    """The date of birth that the identity register gave for this case."""
    answer = answers(case).get("identity")
    return date.fromisoformat(answer["birth_date"]) if answer and answer.get("birth_date") else None


def reaches_age(case) -> bool | None:
    """Whether the applicant had turned 27 on the acceptance date; None when that is not asked, or not known yet."""
    if case.category.code != AGE_CATEGORY:
        return None
    born = birth_date(case)
    return None if born is None else full_years(born, case.accepted_on) >= AGE
