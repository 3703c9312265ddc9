"""Photographs: kept as they came, printed from a copy, used no more once removed."""

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.errors import CaseClosed, DateInTheFuture
from letters.cases.models import Case
from letters.drafting.vocabulary import DataItem, TakenBy
from letters.evidence import actions as evidence
from letters.evidence import errors, queries
from letters.evidence.models import Photograph, PreparedCopy
from letters.rendering.errors import NotAPicture
from tests import factories
from tests.factories import NOW
from tests.rendering import picture_samples as samples


def described(house: factories.House, photograph: Photograph, **other: Any) -> Photograph:
    given: dict[str, Any] = {
        "shows": "Black mould above the bed",
        "room": "bedroom",
        "hazard_report": None,
        "taken_on": date(2026, 7, 3),
        "taken_by": TakenBy.TENANT,
    }
    return evidence.describe_photograph(
        photograph=photograph, **(given | other), by=house.clinician, at=NOW
    )


def test_add_photograph_keeps_the_bytes_as_they_came(house: factories.House, case: Case) -> None:
    data = samples.heic(with_exif=samples.exif())

    added = evidence.add_photograph(case=case, data=data, by=house.clinician, at=NOW)

    kept = Photograph.objects.get(pk=added.pk)
    assert queries.original_of(kept) == data
    assert kept.original_digest == hashlib.sha256(data).hexdigest()
    assert kept.camera_day == date(2026, 7, 3)
    assert kept.taken_on is None  # offered, not believed


def test_add_photograph_makes_a_copy_without_metadata(photograph: Photograph) -> None:
    copy = queries.latest_copy(photograph)

    assert hashlib.sha256(copy.data).hexdigest() == copy.digest
    assert b"Phonemaker" not in copy.data
    assert (copy.width, copy.height) == (400, 300)


def test_add_photograph_leaves_nothing_readable_in_the_database(photograph: Photograph) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT original FROM letters_photograph")
        (stored,) = cursor.fetchone()

    assert bytes(stored).startswith(b"k1:")
    assert b"JFIF" not in bytes(stored)


def test_add_photograph_twice_is_one_row(house: factories.House, photograph: Photograph) -> None:
    data = queries.original_of(photograph)

    again = evidence.add_photograph(case=photograph.case, data=data, by=house.adviser, at=NOW)

    assert again.pk == photograph.pk
    assert PreparedCopy.objects.count() == 1
    assert AuditEvent.objects.filter(verb="add_photograph").count() == 1


def test_a_changed_stored_byte_is_noticed(photograph: Photograph) -> None:
    Photograph.objects.filter(pk=photograph.pk).update(original=samples.jpeg())
    photograph.refresh_from_db()

    with pytest.raises(errors.AlteredInStore):
        queries.original_of(photograph)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE letters_photograph SET original_digest = repeat('0', 64)",
        "DELETE FROM letters_preparedcopy",
        "UPDATE letters_preparedcopy SET digest = repeat('0', 64)",
        "DELETE FROM letters_photograph",
    ],
)
def test_the_database_keeps_evidence_as_it_came(photograph: Photograph, change: str) -> None:
    with (
        pytest.raises(DatabaseError, match="stays as it came"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_add_photograph_refuses_what_is_none(house: factories.House, case: Case) -> None:
    with pytest.raises(NotAPicture):
        evidence.add_photograph(case=case, data=b"%PDF-1.7", by=house.clinician, at=NOW)

    assert not Photograph.objects.exists()


def test_add_photograph_refuses_one_too_large(
    house: factories.House, case: Case, settings: Any
) -> None:
    settings.EVIDENCE_BYTES_A_FILE = 1000

    with pytest.raises(errors.FileTooLarge):
        evidence.add_photograph(case=case, data=samples.jpeg(), by=house.clinician, at=NOW)


def test_add_photograph_refuses_one_too_many(
    house: factories.House, photograph: Photograph, settings: Any
) -> None:
    settings.EVIDENCE_FILES_A_CASE = 1

    with pytest.raises(errors.TooManyFiles):
        evidence.add_photograph(
            case=photograph.case, data=samples.png(), by=house.clinician, at=NOW
        )


def test_add_photograph_takes_the_right(house: factories.House, case: Case) -> None:
    with pytest.raises(NotAllowed):
        evidence.add_photograph(case=case, data=samples.jpeg(), by=house.evaluator, at=NOW)


def test_add_photograph_to_a_closed_case(house: factories.House, case: Case) -> None:
    cases.close_case(case=case, by=house.clinician, at=NOW)
    case.refresh_from_db()

    with pytest.raises(CaseClosed):
        evidence.add_photograph(case=case, data=samples.jpeg(), by=house.clinician, at=NOW)


def test_describe_photograph(house: factories.House, photograph: Photograph) -> None:
    was_described = photograph.is_described

    described(house, photograph)

    photograph.refresh_from_db()
    assert (was_described, photograph.is_described) == (False, True)
    assert (photograph.shows, photograph.room) == ("Black mould above the bed", "bedroom")
    event = AuditEvent.objects.get(verb="describe_photograph")
    assert "mould" not in str(event.details)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"shows": "  "}, errors.NotDescribed),
        ({"taken_on": NOW.date() + timedelta(days=1)}, DateInTheFuture),
    ],
)
def test_describe_photograph_refuses(
    house: factories.House, photograph: Photograph, given: Any, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        described(house, photograph, **given)


def test_describe_photograph_by_a_hazard_of_another_case(
    house: factories.House, photograph: Photograph
) -> None:
    other = factories.a_full_case(house)

    with pytest.raises(errors.AnotherCase):
        described(house, photograph, hazard_report=other.hazardreport_set.first())


def test_remove_photograph_keeps_its_bytes(house: factories.House, photograph: Photograph) -> None:
    evidence.remove_photograph(photograph=photograph, by=house.clinician, at=NOW)
    evidence.remove_photograph(photograph=photograph, by=house.clinician, at=NOW)

    photograph.refresh_from_db()
    assert photograph.removed_at == NOW
    assert queries.original_of(photograph)
    assert not queries.photographs_of(photograph.case).exists()
    assert AuditEvent.objects.filter(verb="remove_photograph").count() == 1
    with pytest.raises(errors.Removed):
        described(house, photograph)


def test_a_removed_photograph_comes_back_by_the_same_bytes(
    house: factories.House, photograph: Photograph
) -> None:
    evidence.remove_photograph(photograph=photograph, by=house.clinician, at=NOW)

    data = queries.original_of(photograph)
    evidence.add_photograph(case=photograph.case, data=data, by=house.clinician, at=NOW)

    assert queries.photographs_of(photograph.case).get() == photograph


def test_photographs_visible_to_the_team_and_nobody_else(
    house: factories.House, photograph: Photograph
) -> None:
    stranger = factories.a_house().clinician

    assert queries.photographs_visible_to(house.clinician).get() == photograph
    assert queries.photographs_visible_to(house.adviser).get() == photograph
    assert not queries.photographs_visible_to(stranger).exists()
    assert not queries.photographs_visible_to(house.evaluator).exists()


def test_photographs_visible_to_an_adviser_only_with_consent(
    house: factories.House, photograph: Photograph
) -> None:
    told = [item for item in DataItem if item is not DataItem.PHOTOGRAPHS]
    factories.consent(house, photograph.case, items=told)

    assert not queries.photographs_visible_to(house.adviser).exists()
    assert not queries.sees_photographs_of(house.adviser, photograph.case)
    assert queries.sees_photographs_of(house.clinician, photograph.case)


def test_an_adviser_sees_what_they_added(house: factories.House, case: Case) -> None:
    told = [item for item in DataItem if item is not DataItem.PHOTOGRAPHS]
    factories.consent(house, case, items=told)

    added = evidence.add_photograph(case=case, data=samples.png(), by=house.adviser, at=NOW)

    assert queries.photographs_visible_to(house.adviser).get() == added
