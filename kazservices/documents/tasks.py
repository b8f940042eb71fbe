"""One paper: drawn in a second or two; one that never ends is cut off before its lease of two minutes does."""

from celery import shared_task

from .rendering import render


@shared_task(acks_late=True, soft_time_limit=90, time_limit=110)
def render_paper(paper_id):
    render(paper_id)
