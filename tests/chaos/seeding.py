"""Letters that wait to be sent, as many as wanted: one that was drafted, approved and rendered as
people do it, and copies of its rows."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from letters.issuing.files import make_files
from letters.issuing.models import Letter, LetterFile
from tests import factories


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """The house, and the ids of its letters."""

    house: factories.House
    letters: tuple[uuid.UUID, ...]


def seed(count: int, *, at: datetime) -> Seeded:
    """The copies share the case: what is looked at before each is sent is the same for all."""
    house = factories.a_house()
    factories.law_signed(house, at=at)
    letter = factories.an_approved_letter(house, at=at)
    make_files(letter_id=letter.pk, at=at)
    copies = copies_of(letter, count - 1, with_files=True)
    return Seeded(house=house, letters=(letter.pk, *copies))


@transaction.atomic
def copies_of(
    letter: Letter, count: int, *, with_files: bool, bare: bool = False
) -> tuple[uuid.UUID, ...]:
    """The ids of so many copies; a bare one says nothing, and only stands in the way of others."""
    files = list(LetterFile.objects.filter(letter=letter)) if with_files else []
    made = tuple(uuid.uuid4() for _ in range(count))
    said: dict[str, dict[str, object]] = {}
    if bare:
        said = {"content": {}, "trace": {}, "facts": {}, "units": {}}
    for start in range(0, count, 500):
        ids = made[start : start + 500]
        Letter.objects.bulk_create(_as_new(letter, pk, said) for pk in ids)
        LetterFile.objects.bulk_create(
            LetterFile(
                letter_id=pk,
                file_format=file.file_format,
                data=file.data,
                sha256=file.sha256,
                made_at=file.made_at,
                post_faults=file.post_faults,
            )
            for pk in ids
            for file in files
        )
    return made


def _as_new(letter: Letter, pk: uuid.UUID, said: dict[str, dict[str, object]]) -> Letter:
    fields = {
        field.attname: getattr(letter, field.attname)
        for field in Letter._meta.concrete_fields
        if not field.primary_key
    }
    return Letter(id=pk, **(fields | said))
