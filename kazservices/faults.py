"""What may be told of an unforeseen error: where it happened, never its message, which may carry personal data."""

from traceback import format_tb


def where(error: Exception) -> str:
    """The kind of the error and the lines of code it came through."""
    return f"{type(error).__name__}\n{''.join(format_tb(error.__traceback__))}"
