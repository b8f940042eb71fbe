"""The code by which anyone may ask whether a paper is genuine: 100 random bits in letters that are not mistaken."""

import secrets

#: Digits and letters without I, L, O and U: 32 signs, five bits each.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 5
#: What a hand or a Kazakh keyboard writes for one of the signs.
MISREAD = str.maketrans("OILАВЕКМНОРСТХІ", "011ABEKMH0PCTX1")


def new_code() -> str:
    """A code that nobody can guess, nor derive from another."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """The code as it is kept, whatever its case, spaces and dashes; empty for what cannot be one."""
    signs = "".join(sign for sign in typed.upper().translate(MISREAD) if sign.isalnum())
    return signs if len(signs) == LENGTH and set(signs) <= set(SIGNS) else ""


def in_groups(code: str) -> str:
    """«7K4M9-2QXD1-0A3BC-4DE5F»: as it is printed and read aloud."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
