"""What a place says of its mailbox, its scanner and its secret."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured

from hjp_letters.env import Environment, read

KEY = base64.b64encode(b"k" * 32).decode()
PLACE = {
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "letters.example",
    "PUBLIC_URL": "https://letters.example",
    "DATABASE_URL": "postgresql://a:b@127.0.0.1/c",
    "REDIS_URL": "redis://127.0.0.1/0",
    "FIELD_KEYS": f"k1:{KEY}",
    "LOOKUP_KEY": base64.b64encode(b"l" * 32).decode(),
}


def place(**more: str) -> Environment:
    return read(PLACE | more)


def test_without_a_mailbox_nothing_is_read() -> None:
    found = place()

    assert (found.reply_mailbox, found.imap_url, found.inbound_secret, found.clamd) == ("",) * 4


def test_a_mailbox_and_a_scanner_are_taken_as_said() -> None:
    found = place(
        REPLY_MAILBOX="Replies@Letters.example",
        IMAP_URL="imaps://user:pass@mail.example/INBOX",
        CLAMD="/run/clamav/clamd.ctl",
    )

    assert found.reply_mailbox == "replies@letters.example"
    assert found.imap_url.startswith("imaps://")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REPLY_MAILBOX", "replies"),
        ("REPLY_MAILBOX", "replies+case@letters.example"),
        ("REPLY_MAILBOX", "replies@localhost"),
        ("IMAP_URL", "imap://user:pass@mail.example/INBOX"),
        ("IMAP_URL", "imaps://mail.example/INBOX"),
        ("IMAP_URL", "https://user:pass@mail.example/"),
        ("INBOUND_SECRET", "short"),
        ("CLAMD", "clamd"),
        ("CLAMD", "host:"),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name) as refusal:
        place(**{name: value})

    assert "pass" not in str(refusal.value).replace("password", "")


def test_a_server_on_this_machine_needs_no_encryption() -> None:
    assert place(IMAP_URL="imap://user:pass@127.0.0.1:1143/INBOX").imap_url
