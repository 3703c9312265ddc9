"""Values are sealed under a named key, bound to their column."""

import base64
import io
import secrets

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from letters.cases.encryption import Undecipherable, decrypt, encrypt, lookup_key
from letters.cases.models import Patient
from letters.issuing.models import Letter, LetterFile
from tests import factories


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_decrypt_opens_what_encrypt_sealed(plain: str) -> None:
    sealed = encrypt(plain, bound_to="patient.name")

    assert decrypt(sealed, bound_to="patient.name") == plain
    assert len(plain) < 4 or plain not in sealed


def test_encrypt_gives_another_text_each_time() -> None:
    assert encrypt("Maya", bound_to="a") != encrypt("Maya", bound_to="a")


def test_decrypt_refuses_a_value_from_another_column() -> None:
    sealed = encrypt("Maya", bound_to="patient.name")

    with pytest.raises(Undecipherable):
        decrypt(sealed, bound_to="landlord.name")


def test_decrypt_refuses_a_changed_value() -> None:
    sealed = encrypt("Maya", bound_to="a")
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]

    with pytest.raises(Undecipherable):
        decrypt(changed, bound_to="a")


def test_lookup_key_differs_by_kind() -> None:
    assert lookup_key("1", kind="nhs_number") != lookup_key("1", kind="name_and_birth")


@pytest.mark.django_db
def test_rotate_keys_lets_the_old_key_go(settings: LazySettings) -> None:
    house = factories.a_house(is_demonstration=True)
    letter = factories.an_approved_letter(house)
    old, new = settings.FIELD_KEYS, f"k2:{_key()}"
    settings.FIELD_KEYS = f"{new},{old}"

    call_command("rotate_keys", stdout=io.StringIO())
    settings.FIELD_KEYS = new

    assert Patient.objects.get().name == "Maya Sampleton"
    assert Letter.objects.get(pk=letter.pk).content["reference"] == letter.case.reference


@pytest.mark.django_db
def test_rotate_keys_twice_changes_nothing(settings: LazySettings) -> None:
    factories.an_approved_letter(factories.a_house(is_demonstration=True))
    settings.FIELD_KEYS = f"k2:{_key()},{settings.FIELD_KEYS}"
    call_command("rotate_keys", stdout=io.StringIO())

    again = io.StringIO()
    call_command("rotate_keys", stdout=again)

    assert again.getvalue().startswith("0 values")


@pytest.mark.django_db
def test_letter_file_is_sealed_at_rest() -> None:
    letter = factories.an_approved_letter(factories.a_house(is_demonstration=True))
    LetterFile.objects.create(
        letter=letter, file_format="pdf", data=b"%PDF-1.7", sha256="", made_at=factories.NOW
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM letters_letterfile")
        (stored,) = cursor.fetchone()

    assert b"%PDF" not in bytes(stored)
    assert LetterFile.objects.get().data == b"%PDF-1.7"
