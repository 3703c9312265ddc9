"""The few settings that tests change; the servers' addresses come from `tests/plugin.py`."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "tests-only-" + "0123456789abcdefghijklmnopqrstuvwxyz" * 2)
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("PUBLIC_URL", "http://testserver")
# Types and migrations are checked without a server; a test that asks for rows gets a real one.
os.environ.setdefault("DATABASE_URL", "postgresql://127.0.0.1:9/no_server")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:9/0")
os.environ.setdefault("FIELD_KEYS", "k1:" + "A" * 43 + "=")
os.environ.setdefault("LOOKUP_KEY", "B" * 42 + "A=")
os.environ.setdefault("HTTPS", "false")
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:9")
os.environ.setdefault("MAIL_FROM", "letters@partnership.example")
os.environ.setdefault("UNDO_SECONDS", "0")
os.environ.setdefault("WEBHOOK_NETWORKS", "127.0.0.0/8")
os.environ.setdefault("VAR_DIR", tempfile.gettempdir())

from hjp_letters.settings import *  # noqa: F403  # the defaults above come first
from hjp_letters.settings import DATABASES, LOGGING, STORAGES

DATABASES["default"]["CONN_MAX_AGE"] = 0  # one that is kept holds a test database to be dropped
# Else the audit refuses to be emptied.
DATABASES["default"]["OPTIONS"]["options"] += " -c hjp.emptied_between_tests=yes"
WORKERS_SHARE_A_CLOCK = False  # a test stops that of its process
# Under a live server every hashed name would be 404.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A test must not wait as long as a person would for a mail server that hangs.
EMAIL_TIMEOUT = 2
WEBHOOK_SECONDS = 2.0
NOTIFY_CONNECT_TIMEOUT, NOTIFY_ANSWER_TIMEOUT = 1.0, 0.5
# The tests' own mail server tells of every line it reads.
LOGGING["loggers"]["mail.log"] = {"level": "WARNING"}
