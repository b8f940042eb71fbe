"""The back office for state services with legal clocks."""

from kazservices.celery import app as celery_app

__all__ = ["celery_app"]
