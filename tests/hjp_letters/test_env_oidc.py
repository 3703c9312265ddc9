"""What a place says of the account by which an organisation's people sign in."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from hjp_letters.env_oidc import read_oidc

WHOLE = {
    "OIDC_ISSUER": "https://login.trust.example/",
    "OIDC_CLIENT_ID": "letters",
    "OIDC_CLIENT_SECRET": "not-to-be-printed",
    "OIDC_NAME": "Specimen Hospital",
    "OIDC_EMAIL_DOMAINS": "Trust.example, clinic.trust.example",
}


def test_without_any_nobody_signs_in_so() -> None:
    found = read_oidc({"SECRET_KEY": "of something else"})

    assert not found.issuer
    assert not found.email_domains


def test_the_whole_is_taken_as_said() -> None:
    found = read_oidc(WHOLE)

    assert found.issuer == "https://login.trust.example/"
    assert found.email_domains == {"trust.example", "clinic.trust.example"}


def test_no_second_factor_is_trusted_unless_said() -> None:
    assert read_oidc(WHOLE).trusted_factors == frozenset()
    assert read_oidc(WHOLE | {"OIDC_TRUSTED_FACTORS": "mfa, hwk"}).trusted_factors == {"mfa", "hwk"}


@pytest.mark.parametrize("name", WHOLE)
def test_a_half_is_refused_by_name(name: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name) as refusal:
        read_oidc(WHOLE | {name: " "})

    assert "not-to-be-printed" not in str(refusal.value)


def test_trust_alone_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER"):
        read_oidc({"OIDC_TRUSTED_FACTORS": "mfa"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OIDC_ISSUER", "login.trust.example"),
        ("OIDC_ISSUER", "http://login.trust.example"),
        ("OIDC_ISSUER", "ftp://127.0.0.1"),
        ("OIDC_ISSUER", "https://login.trust.example/?tenant=1"),
        ("OIDC_ISSUER", "https://user:word@login.trust.example"),
        ("OIDC_EMAIL_DOMAINS", "@trust.example"),
        ("OIDC_EMAIL_DOMAINS", "*"),
        ("OIDC_EMAIL_DOMAINS", "trust"),
        ("OIDC_EMAIL_DOMAINS", ","),
    ],
)
def test_what_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=name):
        read_oidc(WHOLE | {name: value})


def test_a_stand_in_on_this_machine_needs_no_encryption() -> None:
    assert read_oidc(WHOLE | {"OIDC_ISSUER": "http://127.0.0.1:9400"}).issuer
