"""The ports over HTTP: one base address, a short time-out, an idempotency key in every request."""

import httpx
from django.conf import settings

from .ports import GatewayError


def post(path: str, body: dict, *, key: str) -> dict:
    """Send JSON and return the answer; whatever goes wrong out there is a GatewayError."""
    url = f"{settings.KAZ_GATEWAY_URL}{path}"
    try:
        answer = httpx.post(
            url, json=body, headers={"Idempotency-Key": key}, timeout=settings.KAZ_GATEWAY_TIMEOUT, trust_env=False
        )
        answer.raise_for_status()
        return answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise GatewayError(type(error).__name__) from error
