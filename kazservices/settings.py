"""All settings, read from the environment; the defaults are the embedded product on one machine."""

import secrets
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu import Exchange, Queue

from kazservices.writtenonce import write_once

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

KAZ_ENV = env.str("KAZ_ENV", "embedded")  # embedded, or production
PRODUCTION = KAZ_ENV == "production"
DATA_DIR = Path(env.str("KAZ_DATA", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)


def own_secret_key() -> str:
    """The embedded product makes its own key once and keeps it, readable to itself only, with its data."""
    kept = DATA_DIR / "secret-key"
    if not kept.exists():
        write_once(kept, [secrets.token_urlsafe(60).encode()])  # of two that start together one makes it, both read it
    return kept.read_text()


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or (own_secret_key() if not PRODUCTION else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Production needs a SECRET_KEY of its own.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
# Where the public reaches the product: printed on papers and in their QR codes.
_OWN_URL = f"http://127.0.0.1:{env.str('KAZ_PORT', '8000')}"
if PRODUCTION and ALLOWED_HOSTS:
    _OWN_URL = f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
KAZ_PUBLIC_URL = env.str("KAZ_PUBLIC_URL", _OWN_URL).rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Who may read /health/ and /metrics from another machine says this word; empty: only this machine itself may.
KAZ_METRICS_TOKEN = env.str("KAZ_METRICS_TOKEN", "")

# The clock: "real", or "demo" (moved forward by manage.py clock; refused in production by a system check).
KAZ_CLOCK = env.str("KAZ_CLOCK", "real" if PRODUCTION else "demo")
KAZ_GATEWAY_URL = env.str("KAZ_GATEWAY_URL", "http://127.0.0.1:8099")
KAZ_GATEWAY_TIMEOUT = env.float("KAZ_GATEWAY_TIMEOUT", 3.0)  # seconds
KAZ_IIN_CHECK_DIGIT = env.bool("KAZ_IIN_CHECK_DIGIT", True)

# The roots of the journal: the key that signs them, and the other place to which they are copied.
KAZ_ROOTS_KEY = Path(env.str("KAZ_ROOTS_KEY", str(DATA_DIR / "roots-key.pem")))
KAZ_ROOTS_DIR = Path(env.str("KAZ_ROOTS_DIR", str(DATA_DIR / "roots")))
KAZ_ROOTS_KEEPER = env.str("KAZ_ROOTS_KEEPER", "kazservices.cases.roots.copies.Folder")

INSTALLED_APPS = [
    "kazservices.clock",
    "calendars",
    "kazservices.design",
    "kazservices.offices",
    "kazservices.passports",
    "kazservices.cases",
    "kazservices.cases.roots",
    "kazservices.gateways",
    "kazservices.signing",
    "kazservices.documents",
    "kazservices.notices",
    "kazservices.deadlines",
    "kazservices.backups",
    "kazservices.counter",
    "kazservices.flow",
    "kazservices.simple",
    "conscription",
    "schools.admission",
    "schools.transfer",
    "schools.duplicates",
    "schools.contest",
    "complaints",
    "complaints.bundles",
    "complaints.registers",
    "kazservices.reports",
    "kazservices.backoffice",
    "kazservices.portal",
    "kazservices.api",
    "rest_framework",
    "drf_spectacular",
    "kazservices.backoffice.apps.StaffAdminConfig",  # django.contrib.admin with our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kazservices.urls"
WSGI_APPLICATION = "kazservices.wsgi.application"
AUTH_USER_MODEL = "offices.User"
LOGIN_URL = "portal:enter"
CSRF_FAILURE_VIEW = "kazservices.expired.expired"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# Staff passwords: ten wrong ones for a name from one address close that door for a quarter of an hour.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "kazservices.addresses.address_of"
AXES_LOCKOUT_CALLABLE = "kazservices.backoffice.views.locked.locked"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]

# One database for all; SQLite writes ahead and takes its write lock at the start of a transaction.
DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{DATA_DIR / 'kazservices.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60

LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_CODE = "kk"
FORMAT_MODULE_PATH = "kazservices.formats"
LOCALE_PATHS = sorted(path for path in (BASE_DIR / "locale").iterdir() if path.is_dir())
TIME_ZONE = "Asia/Almaty"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("KAZ_STATIC", str(DATA_DIR / "static")))
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # In production the name of a file changes with its content, so that browsers may keep it for ever.
        "BACKEND": f"whitenoise.storage.Compressed{'Manifest' if PRODUCTION else ''}StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Celery: a nudge, never the record. The embedded transport is a folder.
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "filesystem://")
_QUEUE = DATA_DIR / "queue"
if CELERY_BROKER_URL.startswith("filesystem"):
    for _folder in ("messages", "control"):
        (_QUEUE / _folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT = "kazservices.folderqueue:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_QUEUE / "messages"),
        "data_folder_out": str(_QUEUE / "messages"),
        "control_folder": str(_QUEUE / "control"),
        "polling_interval": 0.2,
    }
else:
    # What a dead worker held comes back within minutes, not within the hour of the library's default.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 120,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    }
# Three queues, each with workers of its own: a clock never waits behind a paper, nor behind a gateway that is slow.
#   clocks   moves, breaches, warnings, recounts: the database alone
#   outside  letters, questions to registers, errands: whatever waits for an answer over the wire
#   heavy    papers, case files and the seals of the journal: minutes of one processor
# A worker that is told no queue serves all three.
CELERY_TASK_DEFAULT_QUEUE = "clocks"
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in ("clocks", "outside", "heavy")]
CELERY_TASK_ROUTES = {
    "kazservices.notices.tasks.deliver": {"queue": "outside"},
    "kazservices.gateways.tasks.fetch_answer": {"queue": "outside"},
    "kazservices.documents.tasks.render_paper": {"queue": "heavy"},
    "complaints.bundles.tasks.make_file": {"queue": "heavy"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_TASK_ALWAYS_EAGER", False)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
#: Sweeps whose one piece of work may take longer than a minute.
_LONG = {"roots", "case_files"}
_SWEEPS = {  # seconds
    "clocks": {"moves": 10, "breaches": 10, "warnings": 30, "recounts": 10, "coverage": 60, "counters": 20,
               "commissions": 60, "offices": 60, "measures": 60},
    "outside": {"delivery": 10, "registers": 20, "errands": 30},
    "heavy": {"papers": 10, "roots": 60, "case_files": 10},
}  # fmt: skip
CELERY_BEAT_SCHEDULE = {
    name: {
        "task": f"kazservices.flow.tasks.{'seal' if name in _LONG else 'sweep'}",
        "args": [name],
        "schedule": every,
        "options": {"expires": every, "queue": queue},
    }
    for queue, sweeps in _SWEEPS.items()
    for name, every in sweeps.items()
}

# What all processes of the web count together (how often a token asks): Redis where there is one, else a folder.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
    }
    if CELERY_BROKER_URL.startswith("filesystem")
    else {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CELERY_BROKER_URL}
}

# The interface for programs: tokens only, strict shapes, one shape of errors (docs/api.md).
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["kazservices.api.access.Bearer"],
    "DEFAULT_PERMISSION_CLASSES": ["kazservices.api.access.Scoped"],
    "DEFAULT_THROTTLE_CLASSES": ["kazservices.api.access.OftenEnough"],
    "DEFAULT_THROTTLE_RATES": {
        "token": env.str("KAZ_API_RATE", "240/min"),
        "address": env.str("KAZ_API_ADDRESS_RATE", "60/min"),
    },
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["kazservices.api.access.Bounded"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "kazservices.api.access.OnlyWhatThereIs",
    "DEFAULT_SCHEMA_CLASS": "kazservices.api.schema.Described",
    "EXCEPTION_HANDLER": "kazservices.api.problems.answer",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "kazservices",
    "VERSION": "1",
    "DESCRIPTION": "State services with legal clocks: file, read, move, report. Dates are those of the pages.",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": False,
    "OAS_VERSION": "3.1.0",
}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20  # seconds: a silent mail server must not outlast the lease of a letter
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@kazservices.example")

# Headers: the same in development as in production, but for what needs HTTPS.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|health/|metrics)$"]  # asked by machines, inside
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
# Behind a proxy that ends HTTPS and appends the sender's address to X-Forwarded-For.
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
