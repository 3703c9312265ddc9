"""Fields kept encrypted at rest, and keyed hashes to find rows by.

AES-256-GCM; the stored text is `<key id>:<base64 of nonce and ciphertext>`. The field's own name is
bound in, so that a value moved to another column does not open. An empty text stays empty.
"""

import base64
import hashlib
import hmac
import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from typing_extensions import override

if TYPE_CHECKING:
    _TextField = models.TextField[Any, Any]
    _BinaryField = models.BinaryField[Any, Any]
else:  # Django's fields take no parameters when the program runs
    _TextField = models.TextField
    _BinaryField = models.BinaryField

_NONCE = 12


class Undecipherable(Exception):
    """A stored value that none of the given keys opens, or that was tampered with."""


@cache
def _keys(configured: str) -> dict[str, AESGCM]:
    pairs = [pair.split(":", 1) for pair in configured.split(",")]
    return {key_id: AESGCM(base64.b64decode(key)) for key_id, key in pairs}


def encrypt(plain: str, *, bound_to: str) -> str:
    """Seal a text under the first of FIELD_KEYS."""
    if plain == "":
        return ""
    keys = _keys(settings.FIELD_KEYS)
    key_id = next(iter(keys))
    nonce = os.urandom(_NONCE)
    sealed = nonce + keys[key_id].encrypt(nonce, plain.encode(), bound_to.encode())
    return f"{key_id}:{base64.b64encode(sealed).decode()}"


def decrypt(stored: str, *, bound_to: str) -> str:
    """Open what encrypt sealed, under whichever of FIELD_KEYS it names."""
    if stored == "":
        return ""
    key_id, _, encoded = stored.partition(":")
    key = _keys(settings.FIELD_KEYS).get(key_id)
    if key is None:
        raise Undecipherable(f"FIELD_KEYS holds no key {key_id!r}; add it back to read old rows")
    sealed = base64.b64decode(encoded)
    try:
        return key.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode()).decode()
    except InvalidTag:
        raise Undecipherable(f"{bound_to} does not open with key {key_id!r}") from None


def is_current(stored: str) -> bool:
    """Whether the value is under the key that new values get."""
    return stored == "" or stored.partition(":")[0] == next(iter(_keys(settings.FIELD_KEYS)))


def lookup_key(value: str, *, kind: str) -> str:
    """A keyed hash to find an exact value by; '' for ''. Still personal data: guard it as such."""
    if value == "":
        return ""
    message = f"{kind}:{value}".encode()
    return hmac.new(settings.LOOKUP_KEY.encode(), message, hashlib.sha256).hexdigest()


class EncryptedTextField(_TextField):
    """A text that the database holds only encrypted; it cannot be searched or sorted by."""

    @property
    def bound_to(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"

    @override
    def get_prep_value(self, value: Any) -> Any:  # Django's own signature
        return None if value is None else encrypt(str(value), bound_to=self.bound_to)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        return None if value is None else decrypt(value, bound_to=self.bound_to)

    @override
    def get_lookup(self, lookup_name: str) -> Any:  # Django's own signature
        if lookup_name != "isnull":
            raise TypeError(f"{self.bound_to} is encrypted; look it up by its keyed hash")
        return super().get_lookup(lookup_name)


class EncryptedJSONField(EncryptedTextField):
    """A JSON value that the database holds only encrypted; dates and enums go in as texts."""

    _pyi_private_set_type: Any  # for the type checker: whatever JSON holds
    _pyi_private_get_type: Any

    @override
    def get_prep_value(self, value: Any) -> Any:  # Django's own signature
        if value is None:
            return None
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        return encrypt(text, bound_to=self.bound_to)

    @override
    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        text = super().from_db_value(value, expression, connection)
        return None if text is None else json.loads(text)

    @override
    def to_python(self, value: Any) -> Any:  # Django's own signature
        return value


class EncryptedDateField(EncryptedTextField):
    """A date (of birth, of an illness) that the database holds only encrypted."""

    _pyi_private_set_type: Any  # for the type checker: a date
    _pyi_private_get_type: Any

    @override
    def get_prep_value(self, value: Any) -> Any:  # Django's own signature
        return None if value is None else super().get_prep_value(value.isoformat())

    @override
    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        from_text = super().from_db_value(value, expression, connection)
        return None if from_text is None else models.DateField().to_python(from_text)

    @override
    def to_python(self, value: Any) -> Any:  # Django's own signature
        return models.DateField().to_python(value)


class EncryptedBinaryField(_BinaryField):
    """Bytes (a letter's PDF) that the database holds only encrypted."""

    _pyi_private_set_type: Any  # for the type checker: bytes
    _pyi_private_get_type: Any

    @property
    def bound_to(self) -> str:
        return f"{self.model._meta.label_lower}.{self.attname}"

    @override
    def get_prep_value(self, value: Any) -> Any:  # Django's own signature
        if value is None:
            return None
        text = base64.b64encode(bytes(value)).decode()
        return encrypt(text, bound_to=self.bound_to).encode()

    def from_db_value(self, value: Any, expression: object, connection: object) -> bytes | None:
        if value is None:
            return None
        stored = bytes(cast(memoryview, value)).decode()
        return base64.b64decode(decrypt(stored, bound_to=self.bound_to))
