import os

from celery import Celery
from celery.signals import beat_init, worker_init
from django.conf import settings

from kazservices.cases.roots.keys import signing_key
from kazservices.checks import refuse_unlawful_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazservices.settings")

app = Celery("kazservices")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
worker_init.connect(lambda **_: refuse_unlawful_settings(), weak=False)
worker_init.connect(lambda **_: settings.PRODUCTION and signing_key(), weak=False)  # refused where it is absent
beat_init.connect(lambda **_: refuse_unlawful_settings(), weak=False)
