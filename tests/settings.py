"""The product's settings for its own tests: a folder that goes with the run, real time, quick passwords."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "KAZ_TEST_DATA" not in os.environ:
    os.environ["KAZ_TEST_DATA"] = tempfile.mkdtemp(prefix="kazservices-test-")
    _maker = os.getpid()
    atexit.register(lambda: os.getpid() == _maker and shutil.rmtree(os.environ["KAZ_TEST_DATA"], ignore_errors=True))

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
os.environ["KAZ_DATA"] = str(Path(os.environ["KAZ_TEST_DATA"]) / WORKER)
os.environ["KAZ_CLOCK"] = "real"
os.environ["KAZ_ENV"] = "embedded"
os.environ["SECRET_KEY"] = "a-key-for-tests-only-" * 3

from kazservices.settings import *  # noqa: E402

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
KAZ_GATEWAY_URL = "http://127.0.0.1:9"  # nobody listens there: a test starts the stand-in that it needs

# A file, not memory: threads and live servers then meet the same locks as in the product.
DATABASES["default"]["TEST"] = {
    "NAME": DATA_DIR / "test.sqlite3"
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else os.environ.get("KAZ_TEST_DATABASE", "test_kazservices")
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if not CELERY_BROKER_URL.startswith("filesystem"):
    CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"{WORKER}:"
