"""Everything that the page of a case shows, read in few queries."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from letters.access.queries import names_of
from letters.audit.models import AuditEvent
from letters.audit.queries import events_about
from letters.bundling.queries import bundle_ids_of
from letters.cases import queries as cases
from letters.cases.models import (
    Case,
    Consent,
    ConsentGrant,
    Diagnosis,
    Exacerbation,
    HazardReport,
    Occupant,
    Opinion,
)
from letters.cases.questions.models import CaseQuestion
from letters.cases.questions.queries import questions_of
from letters.cases.referrals.models import Referral
from letters.cases.referrals.queries import referrals_of
from letters.delivery.models import Dispatch
from letters.delivery.queries import dispatches_about
from letters.desk.models import Assignment
from letters.desk.queries import assignment_of
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.drafting.urgency import Urgency
from letters.drafting.vocabulary import DataItem
from letters.evidence.queries import enclosures_of, photographs_of
from letters.issuing.assessment import assess
from letters.issuing.models import Letter
from letters.issuing.queries import grounds_of, letters_of
from letters.law.emergencies import PotentialEmergency
from letters.law.facts import Answer, Severity
from letters.law.grounds import Question
from letters.law.periods import LONDON
from letters.outcomes.models import HealthChange, Remediation, Response
from letters.outcomes.queries import claims_about, health_changes_of, responses_to
from letters.tracking.models import Deadline
from letters.tracking.queries import deadlines_of
from letters.web.incoming import Correspondence, correspondence_of
from letters.web.safety import Warnings, warnings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to record; `says` is what is there, '' where it is missing."""

    title: str
    href: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of the history."""

    at: datetime
    verb: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Permitted:
    """What one recipient may be told, for one purpose."""

    recipient: str
    purpose: str
    items: tuple[str, ...]

    @property
    def is_everything(self) -> bool:
        return len(self.items) == len(DataItem)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One case with all that hangs on it."""

    case: Case
    hazards: tuple[HazardReport, ...]
    diagnoses: tuple[Diagnosis, ...]
    exacerbations: tuple[Exacerbation, ...]
    opinion: Opinion | None
    occupants: tuple[Occupant, ...]
    warnings: Warnings
    consent: Consent | None
    consent_has_run_out: bool
    is_open_to_advisers: bool
    permitted: tuple[Permitted, ...]
    letters: tuple[Letter, ...]
    dispatches: tuple[Dispatch, ...]
    deadlines: tuple[Deadline, ...]
    responses: tuple[Response, ...]
    claims: tuple[Remediation, ...]
    health_changes: tuple[HealthChange, ...]
    emergencies: tuple[PotentialEmergency, ...]
    is_unsafe_now: bool
    urgency: Urgency
    questions: tuple[Question, ...]
    between: tuple[CaseQuestion, ...]
    referrals: tuple[Referral, ...]
    assignment: Assignment | None
    evidence_count: int
    correspondence: Correspondence
    steps: tuple[Step, ...]
    history: tuple[Happening, ...]
    looks: tuple[Happening, ...]

    @property
    def is_ready_for_a_letter(self) -> bool:
        """Whether everything that a first letter rests on has been recorded."""
        return all(step.says for step in self.steps[:-1])

    @property
    def is_urgent(self) -> bool:
        """Whether somebody should telephone before they write."""
        return self.is_unsafe_now or bool(self.emergencies)

    @property
    def last_sent(self) -> Letter | None:
        """The letter that left last, copies apart."""
        sent = {each.letter_id for each in self.dispatches if each.sent_at is not None}
        return next(
            (
                letter
                for letter in self.letters
                if letter.pk in sent and letter.recipient not in WITHOUT_ADDRESS
            ),
            None,
        )

    def dispatch_of(self, letter: Letter) -> Dispatch | None:
        """The latest dispatch of one of the letters."""
        return next((each for each in self.dispatches if each.letter_id == letter.pk), None)


def case_file(case: Case, *, at: datetime) -> CaseFile:
    """The case as it stands."""
    day = at.astimezone(LONDON).date()
    hazards, letters = tuple(cases.hazards_of(case)), tuple(letters_of(case))
    consent, known = cases.open_consent(case), assess(case, day)
    dispatches, deadlines = tuple(dispatches_about(case)), tuple(deadlines_of(case))
    responses, claims = tuple(responses_to(case)), tuple(claims_about(case))
    diagnoses = tuple(cases.diagnoses_of(case))
    changes = tuple(health_changes_of(case))
    photographs, documents = tuple(photographs_of(case)), tuple(enclosures_of(case))
    evidence_count = len(photographs) + len(documents)
    correspondence, warnings = correspondence_of(case), warnings_of(case)
    between, referrals = tuple(questions_of(case)), tuple(referrals_of(case))
    assignment = assignment_of(case)
    rows = (
        case,
        *hazards,
        *letters,
        *dispatches,
        *deadlines,
        *responses,
        *claims,
        *changes,
        *photographs,
        *documents,
        *correspondence.messages,
        *correspondence.calls,
        *correspondence.commitments,
        *between,
        *referrals,
    )
    there = (*rows, consent, warnings.recorded, assignment)
    seen = [row.pk for row in there if row is not None]
    history = _history([*seen, *bundle_ids_of(case)])
    return CaseFile(
        case=case,
        hazards=hazards,
        diagnoses=diagnoses,
        exacerbations=tuple(cases.exacerbations_of(case)),
        opinion=cases.opinion_of(case),
        occupants=tuple(cases.occupants_of(case)),
        warnings=warnings,
        consent=consent,
        consent_has_run_out=consent is not None and consent.expires_on < day,
        is_open_to_advisers=cases.is_open_to_advisers(case),
        permitted=_permitted(consent),
        letters=letters,
        dispatches=dispatches,
        deadlines=deadlines,
        responses=responses,
        claims=claims,
        health_changes=changes,
        emergencies=known.grounds.potential_emergencies,
        is_unsafe_now=_is_unsafe(hazards),
        urgency=known.urgency,
        questions=known.grounds.questions,
        between=between,
        referrals=referrals,
        assignment=assignment,
        evidence_count=evidence_count,
        correspondence=correspondence,
        steps=_steps(case, hazards, diagnoses, warnings, consent, letters, evidence_count),
        history=tuple(each for each in history if each.verb != "viewed"),
        looks=tuple(each for each in history if each.verb == "viewed"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergencies:
    """Why somebody should telephone before they write."""

    emergencies: tuple[PotentialEmergency, ...]
    is_unsafe_now: bool


def emergencies_of(case: Case, *, day: date) -> Emergencies:
    """What is known now of an emergency in the home."""
    return Emergencies(
        emergencies=grounds_of(case, day).potential_emergencies,
        is_unsafe_now=_is_unsafe(tuple(cases.hazards_of(case))),
    )


def recorded_for(case: Case) -> dict[str, Any]:
    """What the form about the household starts with: what was recorded before, and no answer to a
    question that nobody has asked."""
    asked = case.adjustment_requested != Answer.NOT_KNOWN or case.access_offered
    return {
        "household_measures": "\n".join(case.household_measures),
        "access_offered": case.access_offered,
        "adjustment_requested": case.adjustment_requested if asked else None,
        "adjustment": case.adjustment,
    }


def _is_unsafe(hazards: tuple[HazardReport, ...]) -> bool:
    return any(hazard.severity == Severity.UNSAFE_NOW for hazard in hazards)


def _permitted(consent: Consent | None) -> tuple[Permitted, ...]:
    grants = tuple(cases.grants_of(consent)) if consent else ()
    pairs = dict.fromkeys((grant.recipient, grant.purpose) for grant in grants)
    return tuple(
        Permitted(
            recipient=_first_display(grants, pair, "recipient"),
            purpose=_first_display(grants, pair, "purpose"),
            items=tuple(
                grant.get_item_display()
                for grant in grants
                if (grant.recipient, grant.purpose) == pair
            ),
        )
        for pair in pairs
    )


def _first_display(grants: tuple[ConsentGrant, ...], pair: tuple[str, str], what: str) -> str:
    grant = next(grant for grant in grants if (grant.recipient, grant.purpose) == pair)
    return str(
        grant.get_recipient_display() if what == "recipient" else grant.get_purpose_display()
    )


def _steps(
    case: Case,
    hazards: tuple[HazardReport, ...],
    diagnoses: tuple[Diagnosis, ...],
    warnings: Warnings,
    consent: Consent | None,
    letters: tuple[Letter, ...],
    evidence_count: int,
) -> tuple[Step, ...]:
    landlord = case.tenancy.landlord
    illnesses = ", ".join(diagnosis.health_condition.label for diagnosis in diagnoses)
    household = bool(case.household_measures or case.access_offered)
    return (
        _step(case, "Landlord", "name_landlord", landlord.name if landlord else ""),
        _step(case, "Hazards", "report_hazard", _counted(len(hazards), "reported")),
        _step(
            case,
            "Photographs and documents",
            "evidence",
            _counted(evidence_count, "kept") or "Optional",
        ),
        _step(case, "Health", "record_health", illnesses),
        _step(
            case,
            "Household and access",
            "describe_household",
            "Recorded" if household else "Optional",
        ),
        _step(case, "Safety", "record_safety", warnings.says),
        _step(case, "Consent", "give_consent", "Recorded" if consent else ""),
        _step(case, "Letter", "draft_letter", _counted(len(letters), "in this case")),
    )


def _step(case: Case, title: str, name: str, says: str) -> Step:
    return Step(
        title=title, href=reverse(f"letters:{name}", kwargs={"case_id": case.pk}), says=says
    )


def _counted(number: int, words: str) -> str:
    return f"{number} {words}" if number else ""


def _history(row_ids: list[UUID]) -> tuple[Happening, ...]:
    events: tuple[AuditEvent, ...] = tuple(events_about(row_ids))
    names = names_of(event.actor_id for event in events if event.actor_id)
    return tuple(
        Happening(
            at=event.at,
            verb=event.verb,
            name=names.get(event.actor_id, "") if event.actor_id else "The service",
        )
        for event in events
    )
