"""The directory of councils' teams, ombudsmen and tribunals that read a partnership's letters."""

from collections.abc import Sequence

from django.db import transaction

from letters.access.models import Partnership, User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.errors import NotAResponsibleBody
from letters.cases.models import READERS_IN_DIRECTORY, ResponsibleBody
from letters.drafting.vocabulary import Recipient


@transaction.atomic
def add_responsible_body(
    *,
    partnership: Partnership,
    reader: Recipient,
    name: str,
    department: str,
    address: Sequence[str],
    email: str,
    by: User,
) -> ResponsibleBody:
    """Add one to the directory; a landlord or a person is none."""
    require(by, Right.RECORD_CASE)
    if reader not in READERS_IN_DIRECTORY:
        raise NotAResponsibleBody
    body = ResponsibleBody.objects.create(
        partnership=partnership,
        reader=reader,
        name=name,
        department=department,
        address=list(address),
        email=email,
    )
    record("add_responsible_body", body, by=by, partnership=partnership.pk, reader=reader.value)
    return body
