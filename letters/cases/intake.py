"""A checked case document into rows: everything that POST /api/v1/cases/ takes, or nothing.

`writer` and `narrative` are not read: the writer is whoever signs the letter, and the narrative is
a passage of the letter, given when that is drafted.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from letters.access.models import Partnership, Team, User
from letters.cases import actions
from letters.cases.encryption import lookup_key
from letters.cases.errors import PatientDiffers, PatientExists
from letters.cases.models import Case, Landlord, Patient
from letters.cases.queries import landlords_of
from letters.drafting.case_document import Document
from letters.drafting.identifiers import name_and_birth, normal_nhs_number
from letters.drafting.vocabulary import (
    Concern,
    ConsentMethod,
    ContactWay,
    DataItem,
    Event,
    GivenBy,
    OpinionLevel,
    Purpose,
    Recipient,
    Source,
)
from letters.law.facts import Answer, HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure


@transaction.atomic
def take_in(*, document: Document, team: Team, advice_team: Team, by: User, at: datetime) -> Case:
    """Open the case that the document describes; `check` must have found nothing wrong with it."""
    case = _open(document, team=team, advice_team=advice_team, by=by, at=at)
    _report_hazards(case, document, by=by, at=at)
    _record_health(case, document, by=by, at=at)
    _describe_household(case, document, by=by)
    _record_safety(case, document, by=by, at=at)
    _give_consent(case, document, by=by, at=at)
    return case


def _open(document: Document, *, team: Team, advice_team: Team, by: User, at: datetime) -> Case:
    partnership = team.organisation.partnership
    tenancy, home = document["tenancy"], document["home"]
    return actions.open_case(
        patient=_patient(document["patient"], partnership, by=by, at=at),
        team=team,
        advice_team=advice_team,
        jurisdiction=Jurisdiction(document["jurisdiction"]),
        address=home["address"],
        postcode=home["postcode"],
        tenure=Tenure(tenancy["tenure"]),
        agreement=Agreement(tenancy["agreement"]),
        landlord_kind=LandlordKind(tenancy["landlord_kind"]),
        landlord=_landlord(document, partnership, by=by),
        tenant_name=tenancy["tenant_name"],
        tenancy_reference=tenancy["tenancy_reference"],
        tenant_gives_notice=Answer(tenancy["tenant_gives_notice"]),
        by=by,
        at=at,
    )


def _patient(patient: Document, partnership: Partnership, *, by: User, at: datetime) -> Patient:
    """The patient who is here already, by NHS number; else a new one."""
    number, born = normal_nhs_number(patient["nhs_number"]), _day(patient["date_of_birth"])
    found = _known_patient(partnership, number)
    known = found or _registered(patient, partnership, by=by, at=at)
    expected = lookup_key(name_and_birth(patient["name"], born), kind="name_and_birth")
    if known.name_and_birth_key != expected:
        raise PatientDiffers  # a slip in the number would put another patient's name on a letter
    return known


def _registered(patient: Document, partnership: Partnership, *, by: User, at: datetime) -> Patient:
    try:
        return actions.register_patient(
            partnership=partnership,
            name=patient["name"],
            date_of_birth=_day(patient["date_of_birth"]),
            nhs_number=patient["nhs_number"],
            by=by,
            at=at,
        )
    except PatientExists:  # somebody else has just entered the same patient
        known = _known_patient(partnership, normal_nhs_number(patient["nhs_number"]))
        if known is None:
            raise
        return known


def _known_patient(partnership: Partnership, number: str) -> Patient | None:
    if number == "":
        return None
    key = lookup_key(number, kind="nhs_number")
    return Patient.objects.filter(partnership=partnership, nhs_number_key=key).first()


def _landlord(document: Document, partnership: Partnership, *, by: User) -> Landlord | None:
    """The directory's entry if every line of it is the same; else a new one."""
    given = document["landlord"]
    if given is None:
        return None
    kind = LandlordKind(document["tenancy"]["landlord_kind"])
    wanted = (given["name"], given["department"], list(given["address"]), given["email"])
    for entry in landlords_of(partnership).filter(kind=kind):
        if (entry.name, entry.department, entry.address, entry.email) == wanted:
            return entry
    return actions.add_landlord(
        partnership=partnership,
        kind=kind,
        name=given["name"],
        department=given["department"],
        address=given["address"],
        email=given["email"],
        by=by,
    )


def _report_hazards(case: Case, document: Document, *, by: User, at: datetime) -> None:
    for place, hazard in enumerate(document["hazards"]):
        actions.report_hazard(
            case=case,
            hazard=Hazard(hazard["hazard"]),
            severity=Severity(hazard["severity"]),
            rooms=hazard["rooms"],
            description=hazard["description"],
            source=Source(hazard["source"]),
            first_noticed_on=_day_or_none(hazard["first_noticed_on"]),
            landlord_told_on=_day_or_none(hazard["landlord_told_on"]),
            landlord_response=hazard["landlord_response"],
            disrepair=Answer(hazard["disrepair"]),
            landlord_controls_cause=Answer(hazard["landlord_controls_cause"]),
            heating_or_hot_water_lost=Answer(hazard["heating_or_hot_water_lost"]),
            by=by,
            # letters name hazards in the order of their reports: the document's own
            at=at + timedelta(microseconds=place),
        )


def _record_health(case: Case, document: Document, *, by: User, at: datetime) -> None:
    for diagnosis in document["diagnoses"]:
        actions.record_diagnosis(
            case=case,
            condition=HealthCondition(diagnosis["condition"]),
            basis=diagnosis["basis"],
            severity=diagnosis["severity"],
            treatment=diagnosis["treatment"],
            by=by,
        )
    for counted in document["exacerbations"]:
        actions.count_exacerbations(
            case=case,
            event=Event(counted["event"]),
            count=int(counted["count"]),  # JSON Schema takes 3.0 for a whole number
            months=int(counted["months"]),
            until=_day(counted["until"]),
            by=by,
        )
    if opinion := document["opinion"]:
        actions.give_opinion(
            case=case,
            level=OpinionLevel(opinion["level"]),
            better_away_from_home=Answer(opinion["better_away_from_home"]),
            basis=opinion["basis"],
            by=by,
            at=at,
        )


def _describe_household(case: Case, document: Document, *, by: User) -> None:
    for occupant in document["occupants"]:
        actions.add_occupant(
            case=case,
            age=None if occupant["age"] is None else int(occupant["age"]),
            conditions=[HealthCondition(condition) for condition in occupant["conditions"]],
            agreed_to_mention=Answer(occupant["agreed_to_mention"]),
            by=by,
        )
    actions.describe_household(
        case=case,
        household_measures=document["household_measures"],
        access_offered=document["access_offered"],
        adjustment_requested=Answer(document["adjustment"]["requested"]),
        adjustment=document["adjustment"]["what"],
        by=by,
    )


def _record_safety(case: Case, document: Document, *, by: User, at: datetime) -> None:
    """Where the document says nothing of it, somebody is asked before a letter is approved."""
    safety = document.get("safety")
    if safety is not None:
        actions.record_safety(
            case=case,
            answers={concern: Answer(safety[concern.value]) for concern in Concern},
            contact=ContactWay(safety["contact"]),
            hide_whereabouts=Answer(safety["hide_whereabouts"]),
            note=safety["note"],
            by=by,
            at=at,
        )


def _give_consent(case: Case, document: Document, *, by: User, at: datetime) -> None:
    consent = document["consent"]
    actions.give_consent(
        case=case,
        grants=[
            (Recipient(grant["recipient"]), Purpose(grant["purpose"]), DataItem(item))
            for grant in consent["grants"]
            for item in grant["items"]
        ],
        given_by=GivenBy(consent["given_by"]),
        capacity_basis=consent["capacity_basis"],
        method=ConsentMethod(consent["method"]),
        language=consent["language"],
        interpreter=Answer(consent["interpreter"]),
        form_version=consent["form_version"],
        reprisal_discussed=Answer(consent["reprisal_discussed"]),
        copy_given=Answer(consent["copy_given"]),
        given_on=_day(consent["given_on"]),
        expires_on=_day(consent["expires_on"]),
        by=by,
        at=at,
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return None if text is None else _day(text)
