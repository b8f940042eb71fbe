"""Short messages."""

from .http import post


def send(phone: str, text: str, *, key: str) -> None:
    """Hand a message to the gateway; the same key is delivered once. Raises GatewayError."""
    post("/sms", {"phone": phone, "text": text}, key=key)
