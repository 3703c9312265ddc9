"""Settings of every place: safe for production as they stand; `env.py` reads what differs."""

import os
from datetime import timedelta
from typing import Any

from csp.constants import NONCE, NONE, SELF

from hjp_letters.env import ROOT, read

env = read(os.environ)

DEBUG = False
SECRET_KEY = env.secret_key
ALLOWED_HOSTS = list(env.allowed_hosts)
PUBLIC_URL = env.public_url
ROOT_URLCONF = "hjp_letters.urls"
WSGI_APPLICATION = "hjp_letters.wsgi.application"
TEMPLATES_LEGAL = ROOT / "templates_legal"
CASE_SCHEMA = ROOT / "docs" / "case.schema.json"
VAR_DIR = env.var_dir

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "rest_framework",
    "oauth2_provider",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "letters.apps.LettersConfig",
    "worker.apps.WorkerConfig",
]

MIDDLEWARE = [
    "hjp_letters.logging.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, and still before the token against forged requests is looked for, as that comes when
    # all of these have been passed.
    "letters.web.visitor_bodies.refuse_large_from_visitors",
]

# Rows and queues

DATABASES: dict[str, dict[str, Any]] = {  # as Django takes it
    # Each process keeps its connection for a while. No pool: after the database was down, it waits
    # longer and longer before it tries again, and a worker needs one connection at a time.
    "default": env.database | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.redis_url
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}

# Secrets of the rows: the first of FIELD_KEYS encrypts, all of them decrypt

FIELD_KEYS = env.field_keys
LOOKUP_KEY = env.lookup_key

# Who signs in

AUTH_USER_MODEL = "letters.User"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds for which a link to choose a new password opens
LOGIN_URL = "letters:sign_in"
LOGIN_REDIRECT_URL = "letters:home"
LOGOUT_REDIRECT_URL = "letters:sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Accounts are made by invitation alone. Failed tries are counted for each account, and more
# generously by where they come from: a hospital is one address. The right password is refused, too,
# until the minutes are over.
ACCOUNT_ADAPTER = "letters.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.behind_proxy else 0
MFA_ADAPTER = "letters.access.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Health and housing letters"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks are a little wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The account of an organisation by which people may sign in; without an issuer there is none.
OIDC = env.oidc
# Whoever does nothing for so long is asked for their password before they go on.
LOCK_AFTER_SECONDS = int(timedelta(minutes=15).total_seconds())
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# What a browser may do

HTTPS = env.https
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.behind_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    )
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# Files are held in memory and never written to a disk unencrypted; what is over is dropped as it
# comes, and refused by the form.
FILE_UPLOAD_HANDLERS = ["letters.web.uploads.InMemoryUpload"]
DATA_UPLOAD_MAX_NUMBER_FILES = 40
UPLOAD_BYTES_AT_ONCE = 80_000_000
EVIDENCE_BYTES_A_FILE = 25_000_000
VISITOR_BYTES_AT_ONCE = 26_000_000  # not signed in: one file of that size, and the form around it
EVIDENCE_FILES_A_CASE = 40

# Pages

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "letters" / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "letters.web.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "letters.web.jinja.design_system",
            ],
        },
    },
    {
        # Only for what packages bring.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
# Logo and copyright line are for NHS bodies that have the right to them.
SHOWS_NHS_LOGO = False
CSRF_FAILURE_VIEW = "letters.web.views.faults.csrf_failure"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    ROOT / "letters" / "web" / "static",
    ROOT / "var" / "static_sources",  # the design system, prepared by `./hjp`
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
# Workers go by the database's clock, which is one for all of them; tests stop their own.
WORKERS_SHARE_A_CLOCK = True
USE_I18N = True

# Email: without EMAIL_URL nothing is sent and letters are downloaded

EMAIL_CONFIGURED = bool(env.email)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = str(env.email.get("EMAIL_HOST") or "")
EMAIL_PORT = int(str(env.email.get("EMAIL_PORT") or 25))
EMAIL_HOST_USER = str(env.email.get("EMAIL_HOST_USER") or "")
EMAIL_HOST_PASSWORD = str(env.email.get("EMAIL_HOST_PASSWORD") or "")
EMAIL_USE_TLS = bool(env.email.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(env.email.get("EMAIL_USE_SSL"))
# A server that hangs must not hold a task until its time limit.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mail_from

# The largest message: many mail servers take no more, whatever ours says
MAIL_LIMIT_BYTES = env.mail_limit_bytes

# GOV.UK Notify: without a key it carries nothing
NOTIFY_API_KEY = env.notify.api_key
NOTIFY_BASE_URL = env.notify.base_url
NOTIFY_EMAIL_TEMPLATE = env.notify.email_template
NOTIFY_TEXT_TEMPLATE = env.notify.text_template
NOTIFY_PHOTOGRAPHS_TEMPLATE = env.notify.photographs_template
NOTIFY_UPLOADS = env.notify.uploads
NOTIFY_CALLBACK_TOKENS = env.notify.callback_tokens
NOTIFY_CONNECT_TIMEOUT, NOTIFY_ANSWER_TIMEOUT = 5.0, 20.0

# What comes back: without a mailbox answers go to the team's own; without a scanner files are held

REPLY_MAILBOX = env.reply_mailbox
IMAP_URL = env.imap_url
IMAP_SECONDS = 30.0
INBOUND_SECRET = env.inbound_secret
CLAMD = env.clamd
CLAMD_SECONDS = 120.0

# What Prometheus shows to read /metrics; without it nobody can

METRICS_TOKEN = env.metrics_token

# How long a letter can be stopped after somebody has sent it
UNDO_SECONDS = env.undo_seconds

# Webhooks go to the open internet; networks of one's own only where they are named here

WEBHOOK_NETWORKS = env.webhook_networks
WEBHOOK_SECONDS = 10.0

# Programs

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "letters.api.authentication.ProgramAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["letters.api.authentication.HoldsScope"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "letters.api.bodies.AlwaysJson",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["letters.api.bodies.StrictJsonParser"],
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS tells nothing that the description does not
    "DEFAULT_SCHEMA_CLASS": "letters.api.description.Schema",
    "EXCEPTION_HANDLER": "letters.api.errors.handle",
}
SPECTACULAR_SETTINGS: dict[str, Any] = {  # as the library takes it
    "TITLE": "hjp_letters",
    "DESCRIPTION": "Letters from health justice partnerships about housing that makes people ill.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",  # the case schema's own dialect
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [],  # choices stand where they are used
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}
OAUTH2_PROVIDER = {
    "SCOPES": {
        "cases:read": "Read cases",
        "cases:write": "Open cases and withdraw consent",
        "letters:read": "Read letters, the reasons for them, and where they have got to",
        "letters:write": "Draft letters",
        "letters:send": "Approve letters and send them",
        "deadlines:read": "Read what is due",
        "deadlines:write": "Pause, extend and end deadlines",
        "law:read": "Read which law and wording a partnership's reviewers stand for",
        "outcomes:write": "Record responses, remediations and health changes",
        "summary:read": "Read the summary, which names nobody",
        "events:read": "Follow the log of what happened, as ids and kinds",
        "subscriptions:read": "Read who is told what happens",
        "subscriptions:write": "Let other programs be told what happens",
    },
    "DEFAULT_SCOPES": [],  # a token holds what it was asked for, and nothing else
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "ACCESS_TOKEN_EXPIRE_SECONDS": int(timedelta(minutes=15).total_seconds()),
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
}

# What is written down about a run: see hjp_letters/logging.py for what is left out

LOGGING: dict[str, Any] = {  # as dictConfig takes it
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "hjp_letters.logging.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Django's own handlers would write the same records again, unredacted.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "celery.worker.strategy": {"level": "WARNING"},
        # Its warnings repeat what Notify said, and that may hold an address.
        "notifications_python_client": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "WARNING"},
    },
}
