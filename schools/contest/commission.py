"""The contest commission as it sits: members in office, the chair one of them. Norms: ADM-C24, ADM-C36."""

from kazservices.offices.roles import VOTING_ROLES, Role
from kazservices.offices.service import holders

LEAST = 7


def members(case) -> list:
    """Everybody who has a seat with a vote today, each once; the chair is one of them."""
    posts = holders(case.office, *VOTING_ROLES).order_by("pk")
    return list({post.user_id: post.user for post in posts}.values())


def chairs(case) -> list:
    return [post.user for post in holders(case.office, Role.CHAIR).order_by("pk")]


def is_lawful(case) -> bool:
    """An odd number, at least seven, one chair elected from among them."""
    seats = len(members(case))
    return seats >= LEAST and seats % 2 == 1 and len(chairs(case)) == 1
