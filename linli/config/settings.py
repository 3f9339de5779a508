"""Settings of Django. What differs between installations comes from env.py; what a single process is told (its role, its kind of log), from its own environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from linli.config import apps, logs, patience, secrets
from linli.config.env import read_env
from linli.config.env_values import Database
from linli.config.open_pages import OPEN_PAGES
from linli.config.races import RACES

ENV = read_env()
PACKAGE = Path(__file__).resolve().parents[1]
LINLI_HOME = ENV.home
LINLI_DEMO = (ENV.home / "demo").exists()
DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key or secrets.secret_key(ENV.home)
ALLOWED_HOSTS = list(ENV.allowed_hosts) or ["127.0.0.1", "localhost", "[::1]", "testserver"]
ROOT_URLCONF = "linli.config.urls"
WSGI_APPLICATION = "linli.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *apps.OURS,
]

MIDDLEWARE = [
    "linli.kernel.live.LiveMiddleware",
    "linli.config.observe.observe",
    # before all that shapes answers: they are finished while the database commits
    "linli.kernel.ending.door",
    # behind health and metrics, which are asked on the machine itself
    "linli.config.https.https",
    "linli.config.answers.uniform",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "linli.config.page_language.LanguageMiddleware",
    "linli.config.hosts.KnownHosts",
    "linli.config.csp.PolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    # before anything that costs: in its language and with its headers, but without session and sign-in
    "linli.runtime.middleware.in_line.PlaceInLine",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "linli.config.lazy_messages.LazyMessages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "linli.kernel.texts.FormTexts",
    "linli.kernel.actors.actor_middleware",
    "linli.access.middleware.AccessMiddleware",
    *(
        ["linli.runtime.middleware.idempotency.IdempotencyMiddleware"]
        if apps._exists("linli.runtime.middleware")
        else []
    ),
    "linli.kernel.web.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "linli.ui.jinja.environment",
            "context_processors": ["linli.ui.context.page_context"],
        },
    },
    # libraries bring pages of their own in Django's language
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]


def _connection(db: Database) -> dict[str, object]:
    role, process = os.environ.get("LINLI_DB_ROLE", "app"), os.environ.get(patience.PROCESS, "")
    limits = patience.limits_of(process, role)
    # a pooler takes no settings with a connection: there those of the role hold for commands too
    is_pooled = not ENV.prepares and limits == patience.WITHOUT
    return {
        "ENGINE": "linli.kernel.db",
        "HOST": db.host,
        "PORT": str(db.port),
        "NAME": db.name,
        "USER": db.user,
        "PASSWORD": db.password,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # without a threshold nothing is ever prepared, also not by kernel.sql
        "OPTIONS": {
            "connect_timeout": 5,
            "prepare_threshold": 5 if ENV.prepares else None,
            **patience.with_limits(db, None if is_pooled else limits),
        },
        "TEST": {"MIGRATE": False},
    }


# LINLI_DB_ROLE=owner is set for migrations alone; the service never owns its tables
DATABASES = {"default": _connection(secrets.database(ENV, os.environ.get("LINLI_DB_ROLE", "app")))}

AUTH_USER_MODEL = "access.Account"
# accounts have no e-mail of their own: people sign in by name, badge or telephone
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
# five wrong passwords for one name from one address close signing in for a quarter of an hour
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "linli.access.entering.lockout_response"
AXES_CLIENT_STR_CALLABLE = "linli.access.entering.client_text"
AXES_CLIENT_IP_CALLABLE = "linli.runtime.types.client_address"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
SESSION_ENGINE = "linli.access.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_NAME = "linli-session"
LOGIN_URL = "access:sign_in"
LOGIN_REDIRECT_URL = "/"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "kernel" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = ENV.home / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(ENV.home / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
WHITENOISE_MAX_AGE = 3600

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.is_https
SESSION_COOKIE_HTTPONLY = True
# scripts take the token from the page: the cookie also tells one browser from another
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if ENV.is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.is_https else None
LINLI_HTTPS_REDIRECT, LINLI_TRUSTED_PROXIES = ENV.redirects, ENV.trusted_proxies
# every other page tells whoever is not signed in to sign in
LINLI_OPEN_PAGES = OPEN_PAGES
LINLI_RACES = RACES
CSRF_FAILURE_VIEW = "linli.ui.views.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_UPLOAD_TEMP_DIR = None

if ENV.mail:
    EMAIL_HOST, EMAIL_PORT = ENV.mail.host, ENV.mail.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENV.mail.user, ENV.mail.password
    EMAIL_USE_SSL, EMAIL_TIMEOUT = True, 15
    DEFAULT_FROM_EMAIL = ENV.mail.sender
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

PROCRASTINATE_ON_APP_READY = None
# a worker that was only held up is not forgotten before its jobs are taken up (runtime/services/stalled_jobs.py)
PROCRASTINATE_WORKER_DEFAULTS = {"stalled_worker_timeout": 120.0}
PROCRASTINATE_IMPORT_PATHS = [
    f"{name}.tasks" for name in apps.OURS if apps._exists(f"{name}.tasks")
]
LOGGING_CONFIG = None

# who answers for this installation; shown in every footer (BU-03, BU-09)
LINLI_FOOTER = {
    "sponsor": ENV.sponsor,
    "operator": ENV.operator,
    "icp_number": ENV.icp_number,
    "police_number": ENV.police_number,
    "site_code": ENV.site_code,
    "hotline": ENV.hotline,
}
LINLI_PUBLIC_URL = ENV.public_url or f"http://{ENV.host}:{ENV.port}"
LINLI_CRYPTO = ENV.suite
# system → (address, secret): the only addresses outside that are ever asked
LINLI_CONNECTIONS = dict(ENV.connections)
SILENCED_SYSTEM_CHECKS: list[str] = []

logs.configure(ENV.log_level, pretty=os.environ.get("LINLI_LOGS") != "json")
