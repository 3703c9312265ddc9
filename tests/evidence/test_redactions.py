"""Redactions: a layer that burns into the copy that letters print, and never into the original."""

from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image

from letters.evidence import actions as evidence
from letters.evidence import errors, queries
from letters.evidence.models import Photograph, PreparedCopy, Redaction, RedactionLifted
from letters.rendering.pictures import Rectangle
from tests import factories
from tests.factories import NOW

CORNER = Rectangle(left=0, top=0, width=0.25, height=0.25)


def redact(house: factories.House, photograph: Photograph, *parts: Rectangle) -> None:
    evidence.redact_photograph(
        photograph=photograph, parts=parts, reason="A face", by=house.clinician, at=NOW
    )


def brightness(photograph: Photograph, at: tuple[int, int]) -> int:
    image = Image.open(BytesIO(queries.latest_copy(photograph).data)).convert("L")
    return image.tobytes()[at[1] * image.width + at[0]]


def test_redact_photograph_covers_the_pixels(
    house: factories.House, photograph: Photograph
) -> None:
    original = queries.original_of(photograph)
    assert brightness(photograph, (50, 40)) > 50

    redact(house, photograph, CORNER)

    assert brightness(photograph, (50, 40)) < 5
    assert brightness(photograph, (380, 280)) > 240
    assert queries.original_of(Photograph.objects.get(pk=photograph.pk)) == original
    assert PreparedCopy.objects.count() == 2  # the first stays for letters that name it


def test_redact_photograph_the_same_way_twice(
    house: factories.House, photograph: Photograph
) -> None:
    redact(house, photograph, CORNER)
    redact(house, photograph, CORNER)

    assert Redaction.objects.count() == 1
    assert PreparedCopy.objects.count() == 2


def test_lift_redaction_is_a_row_too(house: factories.House, photograph: Photograph) -> None:
    before = queries.latest_copy(photograph).digest
    redact(house, photograph, CORNER)

    for _ in range(2):
        evidence.lift_redaction(
            redaction=Redaction.objects.get(), reason="No face", by=house.clinician, at=NOW
        )

    assert queries.latest_copy(photograph).digest == before
    assert Redaction.objects.count() == RedactionLifted.objects.count() == 1
    assert not queries.redactions_of(photograph).exists()


def test_redact_photograph_again_after_lifting(
    house: factories.House, photograph: Photograph
) -> None:
    redact(house, photograph, CORNER)
    evidence.lift_redaction(
        redaction=Redaction.objects.get(), reason="No face", by=house.clinician, at=NOW
    )

    redact(house, photograph, CORNER)

    assert brightness(photograph, (50, 40)) < 5


@pytest.mark.parametrize(
    "part",
    [
        Rectangle(left=-0.1, top=0, width=0.2, height=0.2),
        Rectangle(left=0.9, top=0, width=0.2, height=0.2),
        Rectangle(left=0, top=0.9, width=0.2, height=0.2),
        Rectangle(left=0, top=0, width=0, height=0.2),
    ],
)
def test_redact_photograph_outside_of_it(
    house: factories.House, photograph: Photograph, part: Rectangle
) -> None:
    with pytest.raises(errors.OutsideThePicture):
        redact(house, photograph, part)


def test_redact_photograph_without_a_part(house: factories.House, photograph: Photograph) -> None:
    with pytest.raises(errors.NothingHidden):
        redact(house, photograph)


def test_redact_photograph_without_a_reason(house: factories.House, photograph: Photograph) -> None:
    with pytest.raises(errors.ReasonMissing):
        evidence.redact_photograph(
            photograph=photograph, parts=[CORNER], reason=" ", by=house.clinician, at=NOW
        )


def test_the_database_keeps_redactions(house: factories.House, photograph: Photograph) -> None:
    redact(house, photograph, CORNER)

    with (
        pytest.raises(DatabaseError, match="stays as it came"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE letters_redaction SET width = 0.01")


def test_bytes_by_digest_finds_older_copies(house: factories.House, photograph: Photograph) -> None:
    before = queries.latest_copy(photograph)
    redact(house, photograph, CORNER)

    found = queries.bytes_by_digest([before.digest, "0" * 64])

    assert found == {before.digest: before.data}
