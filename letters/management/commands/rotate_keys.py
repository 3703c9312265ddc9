"""Seals every encrypted value anew under the first of FIELD_KEYS, so that an old one can go.

Rows are taken a few at a time, each under its lock; it can be stopped and run again.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, models, transaction
from typing_extensions import override

from letters.access import second_factor
from letters.cases.encryption import (
    EncryptedBinaryField,
    EncryptedTextField,
    decrypt,
    encrypt,
    is_current,
)

_AT_ONCE = 200
_FILES_AT_ONCE = 2  # a photograph is megabytes


class Command(BaseCommand):
    """Prints how many values were sealed anew; 0 once all are under the first key."""

    help = __doc__ or ""

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        fields = list(_encrypted_fields())
        sealed = sum(_rotate(model, field) for model, field in fields)
        sealed += second_factor.seal_anew()
        self.stdout.write(f"{sealed} values sealed anew in {len(fields)} columns\n")


def _encrypted_fields() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_app_config("letters").get_models():
        for field in model._meta.get_fields():
            if isinstance(field, EncryptedTextField | EncryptedBinaryField):
                yield model, field


def _rotate(model: type[models.Model], field: Any) -> int:  # either encrypted field
    """Work on the stored text itself: what it says does not matter here, only its seal."""
    sealed, last = 0, "00000000-0000-0000-0000-000000000000"
    while rows := _rows(model, field, last):
        for key, stored in rows:
            text = bytes(stored).decode() if isinstance(field, EncryptedBinaryField) else stored
            sealed += 0 if is_current(text) else _seal(model, field, key)
        last = str(rows[-1][0])
    return sealed


def _rows(model: type[models.Model], field: Any, last: str) -> list[tuple[Any, Any]]:
    at_once = _FILES_AT_ONCE if isinstance(field, EncryptedBinaryField) else _AT_ONCE
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT id, "{field.column}" FROM "{model._meta.db_table}" '  # noqa: S608 - our names
            f'WHERE id > %s AND "{field.column}" IS NOT NULL ORDER BY id LIMIT {at_once}',
            [last],
        )
        return list(cursor.fetchall())


@transaction.atomic
def _seal(model: type[models.Model], field: Any, key: Any) -> int:
    """Read again under the lock: somebody may have changed the value since."""
    with connection.cursor() as cursor:
        table, column = model._meta.db_table, field.column
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE id = %s FOR UPDATE', [key])  # noqa: S608
        (stored,) = cursor.fetchone()
        is_binary = isinstance(field, EncryptedBinaryField)
        text = bytes(stored).decode() if is_binary else stored
        if is_current(text):
            return 0
        anew = encrypt(decrypt(text, bound_to=field.bound_to), bound_to=field.bound_to)
        value = anew.encode() if is_binary else anew
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [value, key])  # noqa: S608
    return 1
