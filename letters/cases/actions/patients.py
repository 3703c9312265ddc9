"""Entering a patient, once."""

from datetime import date

from django.db import IntegrityError, transaction

from letters.access.models import Partnership, User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.encryption import lookup_key
from letters.cases.errors import (
    PatientExists,
)
from letters.cases.models import (
    Patient,
)
from letters.drafting.identifiers import name_and_birth, normal_nhs_number


@transaction.atomic
def register_patient(
    *, partnership: Partnership, name: str, date_of_birth: date, nhs_number: str, by: User
) -> Patient:
    """Enter a patient who is not here yet; the same NHS number twice is refused."""
    require(by, Right.RECORD_CASE)
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
