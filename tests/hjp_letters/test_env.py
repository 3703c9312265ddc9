"""What a place must say before anything starts."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

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
