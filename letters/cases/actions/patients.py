"""Entering a patient, once, and making sure that something is about them."""

from datetime import date, datetime
from enum import StrEnum

from django.db import IntegrityError, transaction

from letters.access.models import Partnership, User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_future
from letters.cases.encryption import lookup_key
from letters.cases.errors import (
    PatientExists,
)
from letters.cases.models import Case, Patient
from letters.drafting.identifiers import name_and_birth, normal_nhs_number


@transaction.atomic
def register_patient(
    *,
    partnership: Partnership,
    name: str,
    date_of_birth: date,
    nhs_number: str,
    by: User,
    at: datetime,
) -> Patient:
    """Enter a patient who is not here yet; the same NHS number twice is refused, and so is a birth
    that is still to come."""
    require(by, Right.RECORD_CASE)
    refuse_future(at, date_of_birth=date_of_birth)
    number = normal_nhs_number(nhs_number)
    key = lookup_key(number, kind="nhs_number")
    if key and Patient.objects.filter(partnership=partnership, nhs_number_key=key).exists():
        raise PatientExists
    try:
        with transaction.atomic():
            patient = Patient.objects.create(
                partnership=partnership,
                name=name,
                date_of_birth=date_of_birth,
                nhs_number=number,
                nhs_number_key=key,
                name_and_birth_key=lookup_key(
                    name_and_birth(name, date_of_birth), kind="name_and_birth"
                ),
            )
    except IntegrityError:  # somebody else entered the number between the look and the row
        raise PatientExists from None
    record("register_patient", patient, by=by, partnership=partnership.pk)
    return patient


class Added(StrEnum):
    """What somebody is about to put into a case."""

    PHOTOGRAPHS = "photographs"
    DOCUMENT = "document"
    FILE_THAT_CAME = "file_that_came"
    LINK = "link"


@transaction.atomic
def confirm_patient(*, case: Case, for_what: Added, by: User) -> None:
    """Write down that the person was shown name and date of birth, and said that what they add is
    about this patient."""
    require(by, Right.RECORD_CASE)
    record("confirm_patient", case, by=by, for_what=for_what.value)
