"""Secrets of second factors as they are kept."""

import base64
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.core.management import call_command

from tests import factories
from tests.sign_in import SECRET, a_code_of, with_app

pytestmark = pytest.mark.django_db
_NEW = "k2:" + base64.b64encode(b"n" * 32).decode()


def _rotate() -> str:
    said = StringIO()
    call_command("rotate_keys", stdout=said)
    return said.getvalue()


def test_they_are_sealed_anew_under_a_new_key(settings: LazySettings) -> None:
    house = factories.a_house()
    with_app(house.clinician)
    code = a_code_of(house.clinician)
    settings.FIELD_KEYS = f"{_NEW},{settings.FIELD_KEYS}"

    first, second = _rotate(), _rotate()

    settings.FIELD_KEYS = _NEW
    app = Authenticator.objects.get(user=house.clinician, type="totp")
    assert first.startswith("2 values")
    assert second.startswith("0 values")
    assert app.data["secret"].startswith("k2:")
    assert SECRET not in str(app.data)
    assert a_code_of(house.clinician) == code


def test_a_code_to_recover_by_that_was_used_stays_used(settings: LazySettings) -> None:
    house = factories.a_house()
    with_app(house.clinician)
    codes = Authenticator.objects.get(user=house.clinician, type="recovery_codes")
    used = a_code_of(house.clinician)
    assert codes.wrap().validate_code(used)
    settings.FIELD_KEYS = f"{_NEW},{settings.FIELD_KEYS}"

    _rotate()

    codes.refresh_from_db()
    assert not codes.wrap().validate_code(used)
