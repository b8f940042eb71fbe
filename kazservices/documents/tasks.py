from celery import shared_task

from .rendering import render


@shared_task(acks_late=True)
def render_paper(paper_id):
    render(paper_id)
