import os
from pathlib import Path

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings

from kazservices.cases.roots.keys import signing_key
from kazservices.checks import refuse_unlawful_settings
from kazservices.folderqueue import clear_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazservices.settings")

app = Celery("kazservices")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def clear_the_folder(**_):
    told = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    if "control_folder" in told:
        control, messages = Path(told["control_folder"]), Path(told["data_folder_in"])
        clear_up(control, [control, messages])


for begins in (worker_init, beat_init):
    begins.connect(clear_the_folder, weak=False)
worker_init.connect(lambda **_: refuse_unlawful_settings(), weak=False)
worker_init.connect(lambda **_: settings.PRODUCTION and signing_key(), weak=False)  # refused where it is absent
beat_init.connect(lambda **_: refuse_unlawful_settings(), weak=False)
