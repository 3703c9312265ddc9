"""Encrypted fields under the name by which the rooms and earlier migrations know them."""

from letters.encryption import (
    EncryptedBinaryField,
    EncryptedDateField,
    EncryptedJSONField,
    EncryptedTextField,
    Undecipherable,
    decrypt,
    encrypt,
    is_current,
    lookup_key,
)

__all__ = [
    "EncryptedBinaryField",
    "EncryptedDateField",
    "EncryptedJSONField",
    "EncryptedTextField",
    "Undecipherable",
    "decrypt",
    "encrypt",
    "is_current",
    "lookup_key",
]
