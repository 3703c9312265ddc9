"""Whom something is about, by two identifiers, said by the person who is about to add it."""

from letters.cases.models import Patient
from letters.web.fields import Tick
from letters.web.words import day


def who(patient: Patient) -> str:
    """Name and date of birth."""
    return f"{patient.name}, born {day(patient.date_of_birth)}"


def who_in_full(patient: Patient) -> str:
    """The same, with the end of the NHS number where there is one."""
    number = patient.nhs_number
    return f"{who(patient)}, NHS number ending {number[-4:]}" if number else who(patient)


def about_tick(patient: Patient) -> Tick:
    """The box that every form has which puts something into a case."""
    return Tick(
        f"This is about {who(patient)}",
        missing="Check the name and date of birth, then tick the box",
    )
