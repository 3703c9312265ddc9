"""Many cases for the benchmark of pages: copies of one, row by row, inside the database."""

import uuid
from collections.abc import Mapping

from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.utils import timezone

from letters.cases.models import Case, Consent, ConsentGrant
from letters.delivery.models import Dispatch
from letters.issuing.models import Letter
from letters.tracking.models import ClockStart, Deadline
from tests import factories

# Which column of the list of copies holds the new value of a column.
_IDS: Mapping[type[Model], Mapping[str, str]] = {
    Case: {"id": "hjp_copies.case_id", "reference": "hjp_copies.case_reference"},
    Consent: {"id": "hjp_copies.consent_id", "case_id": "hjp_copies.case_id"},
    Letter: {"id": "hjp_copies.letter_id", "case_id": "hjp_copies.case_id"},
    Dispatch: {"id": "gen_random_uuid()", "letter_id": "hjp_copies.letter_id"},
    ClockStart: {"id": "hjp_copies.start_id", "letter_id": "hjp_copies.letter_id"},
    Deadline: {
        "id": "hjp_copies.deadline_id",
        "letter_id": "hjp_copies.letter_id",
        "start_id": "hjp_copies.start_id",
    },
}


def make_one() -> tuple[factories.House, Case]:
    """Tables, a partnership and one case whose letter was posted: what all others copy."""
    call_command("migrate", verbosity=0)
    at = timezone.now()
    house = factories.a_house()
    factories.law_signed(house, at=at)
    letter = factories.posted(house, factories.an_approved_letter(house, at=at), at=at)
    return house, letter.case


def copy(case: Case, count: int) -> None:
    """So many more cases like it, each with consent, a letter that was posted and one deadline
    that runs, a minute after the one before."""
    letter = Letter.objects.get(case=case)
    deadline = Deadline.objects.filter(letter=letter).order_by("due_at")[0]
    originals: dict[type[Model], uuid.UUID] = {
        Case: case.pk,
        Consent: Consent.objects.get(case=case).pk,
        Letter: letter.pk,
        Dispatch: Dispatch.objects.get(letter=letter).pk,
        ClockStart: deadline.start_id,
        Deadline: deadline.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS hjp_copies")
        cursor.execute(
            "CREATE TABLE hjp_copies AS SELECT number, 'B' || number AS case_reference,"
            " gen_random_uuid() AS case_id, gen_random_uuid() AS consent_id,"
            " gen_random_uuid() AS letter_id, gen_random_uuid() AS start_id,"
            " gen_random_uuid() AS deadline_id"
            " FROM generate_series((SELECT count(*) FROM letters_case),"
            "  (SELECT count(*) FROM letters_case) + %s - 1) AS number",
            [count],
        )
        for model, ids in _IDS.items():
            _copy(cursor, model, ids, f"original.id = '{originals[model]}'")
        _copy(
            cursor,
            ConsentGrant,
            {"id": "gen_random_uuid()", "consent_id": "hjp_copies.consent_id"},
            f"original.consent_id = '{originals[Consent]}'",
        )
        cursor.execute(
            "UPDATE letters_deadline SET due_at = due_at + number * interval '1 minute',"
            " original_due_at = original_due_at + number * interval '1 minute'"
            " FROM hjp_copies WHERE deadline_id = letters_deadline.id"
        )
        cursor.execute("ANALYZE")


def _copy(cursor: CursorWrapper, model: type[Model], ids: Mapping[str, str], which: str) -> None:
    table = model._meta.db_table
    columns = [str(field.column) for field in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(ids.get(column, f'original."{column}"') for column in columns)
    cursor.execute(
        f"INSERT INTO {table} ({names}) SELECT {values}"  # noqa: S608 - our own names and ids
        f" FROM {table} AS original CROSS JOIN hjp_copies WHERE {which}"
    )
