"""What identifies a person is hidden until it is asked for, and asking leaves a line."""


def initials(full_name: str) -> str:
    """«С. Е. Д.»: enough to tell neighbours in a list apart."""
    return " ".join(f"{word[0]}." for word in full_name.split())


def masked_iin(iin: str) -> str:
    """«000101••••06»: the birth date and the check, without the person; what is no IIN is hidden whole."""
    return f"{iin[:6]}••••{iin[-2:]}" if iin and len(iin) == 12 else ""
