import os

from django.core.wsgi import get_wsgi_application

from kazservices.checks import refuse_unlawful_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazservices.settings")
application = get_wsgi_application()
refuse_unlawful_settings()
