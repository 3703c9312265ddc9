"""What a clinician or adviser records about a case, each with its audit event."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from letters.access.models import Partnership, Team, User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.encryption import lookup_key
from letters.cases.errors import (
    BasisMissing,
    CaseClosed,
    ConsentEndsTooSoon,
    DateInTheFuture,
    HazardAlreadyReported,
    HomeContradicted,
    NobodyMayConsent,
    NothingAgreed,
    OpenCaseExists,
    PatientExists,
)
from letters.cases.models import (
    Case,
    Consent,
    ConsentGrant,
    Diagnosis,
    Exacerbation,
    HazardReport,
    Home,
    Landlord,
    Occupant,
    Opinion,
    Patient,
    Tenancy,
)
from letters.drafting.identifiers import name_and_birth, normal_nhs_number, normal_postcode
from letters.drafting.vocabulary import (
    ConsentMethod,
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
from letters.law.periods import LONDON
from letters.law.tenures import Agreement, LandlordKind, Tenure, contradiction

# Read aloud over the telephone: no letter or digit that is taken for another.
_REFERENCE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"

Grant = tuple[Recipient, Purpose, DataItem]


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


@transaction.atomic
def add_landlord(
    *,
    partnership: Partnership,
    kind: LandlordKind,
    name: str,
    department: str,
    address: Sequence[str],
    email: str,
    by: User,
) -> Landlord:
    """Add a landlord to the partnership's directory."""
    require(by, Right.RECORD_CASE)
    landlord = Landlord.objects.create(
        partnership=partnership,
        kind=kind,
        name=name,
        department=department,
        address=list(address),
        email=email,
    )
    record("add_landlord", landlord, by=by, partnership=partnership.pk)
    return landlord


@transaction.atomic
def open_case(
    *,
    patient: Patient,
    team: Team,
    advice_team: Team,
    jurisdiction: Jurisdiction,
    address: Sequence[str],
    postcode: str,
    tenure: Tenure,
    agreement: Agreement,
    landlord_kind: LandlordKind,
    landlord: Landlord | None,
    tenant_name: str,
    tenancy_reference: str,
    by: User,
    at: datetime,
) -> Case:
    """Open a case for a patient's home; a second open one for the same postcode is refused."""
    require(by, Right.RECORD_CASE)
    if landlord is not None:
        _refuse_another_kind(landlord, landlord_kind)
        landlord_kind = LandlordKind(landlord.kind)
    _refuse_contradiction(tenure, agreement, landlord_kind)
    postcode = normal_postcode(postcode)
    _refuse_second_case(patient, postcode)
    home = Home.objects.create(jurisdiction=jurisdiction, address=list(address), postcode=postcode)
    tenancy = Tenancy.objects.create(
        home=home,
        landlord=landlord,
        tenure=tenure,
        agreement=agreement,
        landlord_kind=landlord_kind,
        tenant_name=tenant_name,
        tenancy_reference=tenancy_reference,
    )
    case = Case.objects.create(
        reference=new_reference(),
        patient=patient,
        tenancy=tenancy,
        team=team,
        advice_team=advice_team,
        opened_by=by,
        opened_at=at,
        adjustment_requested=Answer.NOT_KNOWN,
    )
    record("open_case", case, by=by, patient=patient.pk, team=team.pk)
    return case


def new_reference() -> str:
    """Eight characters in two groups, random, easy to read aloud."""
    letters = [secrets.choice(_REFERENCE_ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def _refuse_another_kind(landlord: Landlord, said: LandlordKind) -> None:
    if said != LandlordKind.NOT_KNOWN and said != landlord.kind:
        raise HomeContradicted("The landlord chosen is of another kind than you said; change one")


def _refuse_contradiction(
    tenure: Tenure, agreement: Agreement, landlord_kind: LandlordKind
) -> None:
    if says := contradiction(tenure, agreement, landlord_kind):
        raise HomeContradicted(says)


def _refuse_second_case(patient: Patient, postcode: str) -> None:
    Patient.objects.select_for_update().get(pk=patient.pk)  # two clicks wait for each other
    open_cases = Case.objects.filter(patient=patient, closed_at__isnull=True)
    for case in open_cases.select_related("tenancy__home"):
        if case.tenancy.home.postcode == postcode:
            raise OpenCaseExists(case.reference)


@transaction.atomic
def report_hazard(
    *,
    case: Case,
    hazard: Hazard,
    severity: Severity,
    rooms: Sequence[str],
    description: str,
    source: Source,
    first_noticed_on: date | None,
    landlord_told_on: date | None,
    landlord_response: str,
    disrepair: Answer,
    landlord_controls_cause: Answer,
    heating_or_hot_water_lost: Answer,
    by: User,
    at: datetime,
) -> HazardReport:
    """Record one hazard in the home, once a case."""
    require(by, Right.RECORD_CASE)
    _refuse_closed(case)
    _refuse_future(at, first_noticed_on=first_noticed_on, landlord_told_on=landlord_told_on)
    if HazardReport.objects.filter(case=case, hazard=hazard).exists():
        raise HazardAlreadyReported
    report = HazardReport.objects.create(
        case=case,
        hazard=hazard,
        severity=severity,
        rooms=list(rooms),
        description=description,
        source=source,
        first_noticed_on=first_noticed_on,
        landlord_told_on=landlord_told_on,
        landlord_response=landlord_response,
        disrepair=disrepair,
        landlord_controls_cause=landlord_controls_cause,
        heating_or_hot_water_lost=heating_or_hot_water_lost,
        reported_by=by,
        reported_at=at,
    )
    record("report_hazard", report, by=by, case=case.pk)
    return report


@transaction.atomic
def correct_hazard(
    *,
    report: HazardReport,
    severity: Severity,
    rooms: Sequence[str],
    description: str,
    source: Source,
    first_noticed_on: date | None,
    landlord_told_on: date | None,
    landlord_response: str,
    disrepair: Answer,
    landlord_controls_cause: Answer,
    heating_or_hot_water_lost: Answer,
    by: User,
    at: datetime,
) -> HazardReport:
    """Put right what was reported of a hazard; approved letters keep what they said."""
    require(by, Right.RECORD_CASE)
    _refuse_closed(report.case)
    _refuse_future(at, first_noticed_on=first_noticed_on, landlord_told_on=landlord_told_on)
    report.severity, report.rooms = severity, list(rooms)
    report.description, report.source = description, source
    report.first_noticed_on, report.landlord_told_on = first_noticed_on, landlord_told_on
    report.landlord_response = landlord_response
    report.disrepair, report.landlord_controls_cause = disrepair, landlord_controls_cause
    report.heating_or_hot_water_lost = heating_or_hot_water_lost
    report.save()
    record("correct_hazard", report, by=by, case=report.case_id)
    return report


@transaction.atomic
def record_diagnosis(
    *, case: Case, condition: HealthCondition, basis: str, severity: str, treatment: str, by: User
) -> Diagnosis:
    """Record an illness of the patient that the home may worsen; the same one again is a
    correction."""
    require(by, Right.RECORD_CASE)
    _refuse_closed(case)
    diagnosis = _diagnosed(case, condition) or Diagnosis(case=case, condition=condition.value)
    diagnosis.basis, diagnosis.severity, diagnosis.treatment = basis, severity, treatment
    diagnosis.save()
    record("record_diagnosis", diagnosis, by=by, case=case.pk)
    return diagnosis


def _diagnosed(case: Case, condition: HealthCondition) -> Diagnosis | None:
    """Looked for row by row: the condition is encrypted."""
    there = Diagnosis.objects.select_for_update().filter(case=case)
    return next((each for each in there if each.health_condition is condition), None)


@transaction.atomic
def count_exacerbations(
    *, case: Case, event: Event, count: int, months: int, until: date, by: User
) -> Exacerbation:
    """Record how often something happened in a window of months; a later count replaces it."""
    require(by, Right.RECORD_CASE)
    _refuse_closed(case)
    exacerbation, _ = Exacerbation.objects.update_or_create(
        case=case, event=event, defaults={"number": str(count), "months": months, "until": until}
    )
    record("count_exacerbations", exacerbation, by=by, case=case.pk)
    return exacerbation


@transaction.atomic
def give_opinion(
    *,
    case: Case,
    level: OpinionLevel,
    better_away_from_home: Answer,
    basis: str,
    by: User,
    at: datetime,
) -> Opinion:
    """Record what the clinician is prepared to say; 'likely' only with its basis."""
    require(by, Right.RECORD_CASE)
    _refuse_closed(case)
    if level == OpinionLevel.LIKELY and not basis.strip():
        raise BasisMissing
    opinion, _ = Opinion.objects.update_or_create(
        case=case,
        defaults={
            "level": level,
            "better_away_from_home": better_away_from_home,
            "basis": basis,
            "given_by": by,
            "given_at": at,
        },
    )
    record("give_opinion", opinion, by=by, case=case.pk)
    return opinion


@transaction.atomic
def record_health(
    *,
    case: Case,
    condition: HealthCondition,
    basis: str,
    severity: str,
    treatment: str,
    counts: Mapping[Event, int],
    months: int,
    level: OpinionLevel,
    better_away_from_home: Answer,
    opinion_basis: str,
    by: User,
    at: datetime,
) -> Diagnosis:
    """Record an illness, how often it flared up, and the opinion, all or nothing: one page of a
    consultation."""
    diagnosis = record_diagnosis(
        case=case, condition=condition, basis=basis, severity=severity, treatment=treatment, by=by
    )
    for event, count in counts.items():
        count_exacerbations(
            case=case,
            event=event,
            count=count,
            months=months,
            until=at.astimezone(LONDON).date(),
            by=by,
        )
    give_opinion(
        case=case,
        level=level,
        better_away_from_home=better_away_from_home,
        basis=opinion_basis,
        by=by,
        at=at,
    )
    return diagnosis


@transaction.atomic
def add_occupant(  # an occupant is an age and illnesses, never a name
    *,
    case: Case,
    age: int | None,
    conditions: Iterable[HealthCondition],
    agreed_to_mention: Answer,
    by: User,
) -> Occupant:
    """Add another person in the home whose age or illness matters."""
    require(by, Right.RECORD_CASE)
    _refuse_closed(case)
    occupant = Occupant.objects.create(
        case=case,
        age="" if age is None else str(age),
        conditions=[condition.value for condition in conditions],
        agreed_to_mention=agreed_to_mention == Answer.YES,
    )
    record("add_occupant", occupant, by=by, case=case.pk)
    return occupant


@transaction.atomic
def describe_household(
    *,
    case: Case,
    household_measures: Sequence[str],
    access_offered: str,
    adjustment_requested: Answer,
    adjustment: str,
    by: User,
) -> Case:
    """Record what the household already does, when the landlord may come, and whether a
    reasonable adjustment is asked for."""
    require(by, Right.RECORD_CASE)
    _refuse_closed(case)
    case.household_measures = list(household_measures)
    case.access_offered = access_offered
    case.adjustment_requested = adjustment_requested
    case.adjustment = adjustment
    case.save(
        update_fields=[
            "household_measures",
            "access_offered",
            "adjustment_requested",
            "adjustment",
        ]
    )
    record("describe_household", case, by=by)
    return case


@transaction.atomic
def name_landlord(*, case: Case, landlord: Landlord, by: User) -> Case:
    """Say who the landlord is, where it was not known; letters not yet approved follow it."""
    require(by, Right.RECORD_CASE)
    _refuse_closed(case)
    tenancy = case.tenancy
    _refuse_contradiction(
        Tenure(tenancy.tenure), Agreement(tenancy.agreement), LandlordKind(landlord.kind)
    )
    tenancy.landlord = landlord
    tenancy.landlord_kind = landlord.kind
    tenancy.save(update_fields=["landlord", "landlord_kind"])
    record("name_landlord", case, by=by, landlord=landlord.pk)
    return case


@transaction.atomic
def name_new_landlord(
    *,
    case: Case,
    kind: LandlordKind,
    name: str,
    department: str,
    address: Sequence[str],
    email: str,
    by: User,
) -> Case:
    """Add a landlord to the directory and say that it is this case's."""
    landlord = add_landlord(
        partnership=case.team.organisation.partnership,
        kind=kind,
        name=name,
        department=department,
        address=address,
        email=email,
        by=by,
    )
    return name_landlord(case=case, landlord=landlord, by=by)


@transaction.atomic
def give_consent(
    *,
    case: Case,
    grants: Iterable[Grant],
    given_by: GivenBy,
    capacity_basis: str,
    method: ConsentMethod,
    language: str,
    interpreter: Answer,
    form_version: str,
    reprisal_discussed: Answer,
    copy_given: Answer,
    given_on: date,
    expires_on: date,
    by: User,
    at: datetime,
) -> Consent:
    """Record what the patient agrees to; it takes the place of an earlier open consent."""
    require(by, Right.RECORD_CASE)
    wanted = sorted(set(grants))
    if not wanted:
        raise NothingAgreed
    if given_by != GivenBy.SELF and not capacity_basis.strip():
        raise NobodyMayConsent
    if expires_on <= given_on:
        raise ConsentEndsTooSoon
    _refuse_future(at, given_on=given_on)
    Case.objects.select_for_update().get(pk=case.pk)
    Consent.objects.filter(case=case, withdrawn_at__isnull=True).update(withdrawn_at=at)
    consent = Consent.objects.create(
        case=case,
        given_by=given_by,
        capacity_basis=capacity_basis,
        method=method,
        language=language,
        interpreter=interpreter == Answer.YES,
        form_version=form_version,
        reprisal_discussed=reprisal_discussed == Answer.YES,
        copy_given=copy_given == Answer.YES,
        given_on=given_on,
        expires_on=expires_on,
        recorded_by=by,
        recorded_at=at,
    )
    ConsentGrant.objects.bulk_create(
        ConsentGrant(consent=consent, recipient=recipient, purpose=purpose, item=item)
        for recipient, purpose, item in wanted
    )
    record("give_consent", consent, by=by, case=case.pk, grants=len(wanted))
    return consent


@transaction.atomic
def withdraw_consent(*, case: Case, reason: str, by: User, at: datetime) -> None:
    """Take back everything the patient agreed to; what is queued is stopped when it is due."""
    require(by, Right.RECORD_CASE)
    for consent in Consent.objects.select_for_update().filter(case=case, withdrawn_at=None):
        consent.withdrawn_at = at
        consent.withdrawn_reason = reason
        consent.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record("withdraw_consent", consent, by=by, case=case.pk)


@transaction.atomic
def withdraw_grants(*, case: Case, recipient: Recipient, by: User, at: datetime) -> int:
    """Take back what one recipient may be told; the number of grants withdrawn."""
    require(by, Right.RECORD_CASE)
    grants = ConsentGrant.objects.filter(
        consent__case=case,
        consent__withdrawn_at__isnull=True,
        recipient=recipient,
        withdrawn_at__isnull=True,
    )
    withdrawn = grants.update(withdrawn_at=at)
    record("withdraw_grants", case, by=by, recipient=recipient.value, grants=withdrawn)
    return withdrawn


@transaction.atomic
def close_case(*, case: Case, by: User, at: datetime) -> Case:
    """Close a case; closing a closed one changes nothing."""
    require(by, Right.RECORD_CASE)
    if Case.objects.filter(pk=case.pk, closed_at__isnull=True).update(closed_at=at):
        record("close_case", case, by=by)
    case.refresh_from_db(fields=["closed_at"])
    return case


def _refuse_closed(case: Case) -> None:
    if case.closed_at is not None:
        raise CaseClosed


def _refuse_future(at: datetime, **days: date | None) -> None:
    today = at.astimezone(LONDON).date()
    for field, day in days.items():
        if day is not None and day > today:
            raise DateInTheFuture(field)
