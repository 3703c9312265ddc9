"""What a place must say before anything starts."""

import base64
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from hjp_letters import env

KEY = base64.b64encode(b"k" * 32).decode()
COMPLETE = {
    "SECRET_KEY": "s" * 50,
    "ALLOWED_HOSTS": "letters.example, www.letters.example",
    "PUBLIC_URL": "https://letters.example/",
    "DATABASE_URL": "postgresql://u:p@db:5432/letters",
    "REDIS_URL": "redis://queue:6379/0",
    "FIELD_KEYS": f"k1:{KEY},k0:{KEY}",
    "LOOKUP_KEY": KEY,
}


@pytest.mark.parametrize("name", env.WHAT_TO_SET)
def test_read_names_what_is_missing(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name}: "):
        env.read(COMPLETE | {name: " "})


def test_read_names_all_missing_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        env.read({})

    assert all(name in str(refused.value) for name in env.WHAT_TO_SET)


def test_read_is_safe_by_default() -> None:
    read = env.read(COMPLETE)

    assert read.https
    assert not read.behind_proxy
    assert read.email == {}
    assert read.allowed_hosts == ("letters.example", "www.letters.example")
    assert read.public_url == "https://letters.example"


@pytest.mark.django_db
def test_what_is_committed_lasts_whatever_the_server_is_set_to() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting, reset_val, source FROM pg_settings WHERE name = %s",
                       ["synchronous_commit"])  # fmt: skip

        assert cursor.fetchone() == ("on", "on", "client")


def test_options_of_the_database_are_kept_but_for_the_one_that_forgets() -> None:
    address = "postgresql://u@db/x?sslmode=require&options=-c%20work_mem=8MB"

    read = env.read(COMPLETE | {"DATABASE_URL": address})

    assert read.database["OPTIONS"] == {
        "sslmode": "require",
        "options": "-c work_mem=8MB -c synchronous_commit=on",
    }


def test_read_wants_a_sender_with_a_mail_server() -> None:
    with pytest.raises(ImproperlyConfigured, match="MAIL_FROM"):
        env.read(COMPLETE | {"EMAIL_URL": "smtp://mail.example:25"})


@pytest.mark.parametrize(
    "keys",
    ["k1", "k1:", "k1:c2hvcnQ=", f"k1:{KEY},k1:{KEY}", f":{KEY}", f"a b:{KEY}", f"k1:{KEY}!"],
)
def test_read_refuses_keys_without_showing_them(keys: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS") as refused:
        env.read(COMPLETE | {"FIELD_KEYS": keys})

    assert KEY not in str(refused.value)


def test_read_refuses_other_databases() -> None:
    with pytest.raises(ImproperlyConfigured, match="only PostgreSQL"):
        env.read(COMPLETE | {"DATABASE_URL": "sqlite:///rows.db"})


@pytest.mark.parametrize("name", ["HTTPS", "BEHIND_PROXY"])
def test_read_refuses_a_doubtful_yes(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name}: write true or false"):
        env.read(COMPLETE | {name: "perhaps"})


NOTIFY = {
    "NOTIFY_API_KEY": f"live-{UUID(int=1)}-{UUID(int=2)}",
    "NOTIFY_EMAIL_TEMPLATE": "f33517ff-2a88-4f6e-b855-c550268ce08a",
    "NOTIFY_CALLBACK_TOKENS": "t" * 24,
}


def test_read_takes_notify_as_a_whole() -> None:
    read = env.read(COMPLETE | NOTIFY | {"NOTIFY_CALLBACK_TOKENS": f"{'t' * 24}, {'u' * 24}"})

    assert read.notify.base_url == "https://api.notifications.service.gov.uk"
    assert read.notify.callback_tokens == ("t" * 24, "u" * 24)
    assert not read.notify.uploads


def test_read_needs_no_notify() -> None:
    assert env.read(COMPLETE).notify.api_key == ""


@pytest.mark.parametrize("name", NOTIFY)
def test_read_refuses_half_of_notify_by_name(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        env.read(COMPLETE | NOTIFY | {name: " "})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("NOTIFY_API_KEY", "my secret key"),
        ("NOTIFY_BASE_URL", "http://notify.example"),
        ("NOTIFY_BASE_URL", "notify.example"),
        ("NOTIFY_EMAIL_TEMPLATE", "first letter"),
        ("NOTIFY_TEXT_TEMPLATE", "a text"),
        ("NOTIFY_PHOTOGRAPHS_TEMPLATE", "a text"),
        ("NOTIFY_UPLOADS", "perhaps"),
        ("NOTIFY_CALLBACK_TOKENS", "short token"),
        ("NOTIFY_CALLBACK_TOKENS", ",".join(["t" * 24] * 3)),
        ("MAIL_LIMIT_MB", "0 MB"),
        ("MAIL_LIMIT_MB", "ten"),
    ],
)
def test_read_refuses_what_carriers_cannot_use_unseen(name: str, wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name) as refused:
        env.read(COMPLETE | NOTIFY | {name: wrong})

    assert wrong not in str(refused.value)
