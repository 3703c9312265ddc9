"""What a search for a patient shows: the person, and first of all the case that is open already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from letters.access.models import User
from letters.cases import queries as cases
from letters.cases.intakes.queries import unfinished_intakes_of
from letters.cases.models import Case, Patient
from letters.issuing.queries import letters_of
from letters.tracking.queries import deadlines_of
from letters.web.forms.patients import FindPatientForm
from letters.web.refusals import REFUSALS
from letters.web.waiting import waiting_for

RECENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBrief:
    """A case in one line: the last letter, and the next day that something is due."""

    case: Case
    letter_approved_at: datetime | None
    next_due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One patient with the cases that the person may see."""

    patient: Patient
    cases: tuple[CaseBrief, ...]


def search(form: FindPatientForm, *, by: User) -> tuple[Found, ...] | None:
    """Whom the form finds; None where it asks for nothing that can be looked up."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        if given["nhs_number"]:
            patients = cases.find_by_nhs_number(by, given["nhs_number"])
        else:
            patients = cases.find_by_name_and_birth(by, given["name"], given["date_of_birth"])
    except REFUSALS as refusal:
        form.refuse(refusal)
        return None
    return tuple(Found(patient=each, cases=cases_beside(by, each)) for each in patients)


def searched_for(form: FindPatientForm) -> dict[str, Any]:
    """What was typed into the search, for the form that enters a new patient."""
    given = form.cleaned_data
    born = given["date_of_birth"]
    boxes = {"day": born.day, "month": born.month, "year": born.year} if born else {}
    return {"nhs_number": given["nhs_number"], "name": given["name"], "date_of_birth": boxes}


def cases_beside(user: User, patient: Patient) -> tuple[CaseBrief, ...]:
    """The patient's cases, open ones first."""
    return briefs(cases.cases_of(user, patient))


def recent_cases(user: User) -> tuple[Case, ...]:
    """The open cases opened last."""
    return tuple(cases.visible_to(user).filter(closed_at=None).order_by("-opened_at")[:RECENT])


def begun_by(user: User) -> dict[str, Any]:
    """What the start page offers besides its search: what waits, work begun, and the cases opened
    last."""
    return {
        "waiting": waiting_for(user),
        "unfinished": tuple(unfinished_intakes_of(user)),
        "recent": recent_cases(user),
    }


def last_home(user: User, patient: Patient) -> Case | None:
    """The case from which the home is known; None while one is open, which is to be added to."""
    rows = cases.cases_of(user, patient)
    if rows.filter(closed_at=None).exists():
        return None
    return rows.order_by("-opened_at").first()


def briefs(rows: Iterable[Case]) -> tuple[CaseBrief, ...]:
    """Each case in one line."""
    return tuple(_brief(case) for case in rows)


def _brief(case: Case) -> CaseBrief:
    approved = letters_of(case).filter(approved_at__isnull=False, withdrawn_at=None).first()
    due = deadlines_of(case).filter(ended_at=None).order_by("due_at").first()
    return CaseBrief(
        case=case,
        letter_approved_at=approved.approved_at if approved else None,
        next_due_at=due.due_at if due else None,
    )
