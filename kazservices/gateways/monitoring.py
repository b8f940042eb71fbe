"""The information system that monitors state services: it is told each stage of a case. Norms: LAW-5-2-11, DUP-32."""

from .http import post


def report(*, number: str, service: str, office: str, stage: str, at: str, key: str) -> None:
    """One stage of one case, without a word on the person; the same key is taken once. Raises GatewayError."""
    body = {"number": number, "service": service, "office": office, "stage": stage, "at": at}
    post("/monitoring/stages", body, key=key)
