"""Rows into the plain values that law and drafting take."""

from datetime import date

from letters.access.models import Team, User
from letters.cases.models import (
    Case,
    Consent,
    Diagnosis,
    Exacerbation,
    HazardReport,
    Landlord,
    Occupant,
    Opinion,
    ResponsibleBody,
)
from letters.cases.queries import consented_items
from letters.cases.safety import safety_of
from letters.drafting import particulars as said
from letters.drafting.content import Letterhead
from letters.drafting.kinds import LetterKind
from letters.drafting.phrases import age_on
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import (
    DataItem,
    Event,
    GivenBy,
    OpinionLevel,
    Recipient,
    Source,
)
from letters.issuing.annexes import NOTHING, Annexed
from letters.issuing.house_styles import style_of
from letters.issuing.signatures import signature_of
from letters.issuing.sources import wording
from letters.law.facts import (
    Answer,
    CaseFacts,
    HazardFacts,
    HealthCondition,
    OccupantFacts,
    Severity,
)
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure


def facts_of(case: Case, day: date) -> CaseFacts:
    """What the law asks about the case on a day; the patient is the first of the occupants."""
    tenancy = case.tenancy
    patient = OccupantFacts(
        age=age_on(case.patient.date_of_birth, day),
        conditions=tuple(d.health_condition for d in Diagnosis.objects.filter(case=case)),
    )
    others = tuple(
        OccupantFacts(age=_age(occupant), conditions=_conditions(occupant))
        for occupant in Occupant.objects.filter(case=case)
    )
    return CaseFacts(
        jurisdiction=Jurisdiction(tenancy.home.jurisdiction),
        tenure=Tenure(tenancy.tenure),
        agreement=Agreement(tenancy.agreement),
        landlord_kind=LandlordKind(tenancy.landlord_kind),
        hazards=tuple(_hazard_facts(report) for report in hazard_reports(case)),
        occupants=(patient, *others),
        adjustment_requested=Answer(case.adjustment_requested),
    )


def hazard_reports(case: Case) -> tuple[HazardReport, ...]:
    """The hazards in the order in which they were reported."""
    return tuple(HazardReport.objects.filter(case=case).order_by("reported_at", "hazard"))


def exacerbations_of(case: Case) -> tuple[said.Exacerbations, ...]:
    """What was counted of the patient's attacks and admissions."""
    return tuple(_counted(row) for row in Exacerbation.objects.filter(case=case))


def particulars_of(  # whom a letter is to, from whom, and on what consent it rests
    case: Case,
    *,
    kind: LetterKind,
    addressee: said.Addressee,
    consent: Consent,
    team: Team,
    signed_by: User,
    day: date,
    annexed: Annexed = NOTHING,
) -> said.Particulars:
    """What a letter of this kind may say on the day, from the rows as they are now."""
    tenancy, patient = case.tenancy, case.patient
    items = items_for(case, kind, day)
    return said.Particulars(
        reference=case.reference,
        letterhead=letterhead_of(team),
        clinician=said.Clinician(
            name=signed_by.name,
            role=signed_by.job_title,
            registration=signed_by.registration,
            signature=signature_of(signed_by),
        ),
        patient=said.Patient(name=patient.name, date_of_birth=patient.date_of_birth),
        tenant=said.Tenant(
            name=tenancy.tenant_name,
            tenancy_reference=tenancy.tenancy_reference,
            gives_notice=Answer(tenancy.tenant_gives_notice),
        ),
        home=said.Home(address=tuple(tenancy.home.address), postcode=tenancy.home.postcode),
        addressee=addressee,
        landlord_name=tenancy.landlord.name if tenancy.landlord else "",
        landlord_address=tuple(tenancy.landlord.address) if tenancy.landlord else (),
        copies=_copies(case, _told(items, annexed), day),
        conditions=tuple(_housing_condition(report) for report in hazard_reports(case)),
        household_measures=tuple(case.household_measures),
        diagnoses=tuple(_diagnosis(row) for row in Diagnosis.objects.filter(case=case)),
        exacerbations=exacerbations_of(case),
        opinion=_opinion(case),
        occupants=tuple(
            said.OtherOccupant(age=_age(occupant), conditions=_conditions(occupant))
            for occupant in Occupant.objects.filter(case=case, agreed_to_mention=True)
        ),
        access_offered="" if _is_hidden(case) else case.access_offered,
        adjustment=case.adjustment,
        permission=said.Permission(
            given_by=GivenBy(consent.given_by), given_on=consent.given_on, items=items
        ),
        photographs=annexed.photographs,
        enclosed=annexed.enclosed,
    )


def kind_of(case: Case, stage: Stage) -> LetterKind:
    """What a letter of this stage is made of, who reads it and who signs it."""
    return wording(Jurisdiction(case.tenancy.home.jurisdiction)).kinds[stage]


def items_for(case: Case, kind: LetterKind, day: date) -> frozenset[DataItem]:
    """What the reader of such a letter may be told on the day; the patient, everything."""
    if kind.reader is Recipient.PATIENT:
        return frozenset(DataItem)
    return consented_items(case, recipient=kind.reader, purpose=kind.purpose, day=day)


def landlord_addressed(landlord: Landlord) -> said.Addressee:
    """The landlord as the reader of a letter."""
    return said.Addressee(
        recipient=Recipient.LANDLORD,
        name=landlord.name,
        department=landlord.department,
        address=tuple(landlord.address),
        email=landlord.email,
    )


def body_addressed(body: ResponsibleBody) -> said.Addressee:
    """A council's team, an ombudsman or a tribunal as the reader of a letter."""
    return said.Addressee(
        recipient=Recipient(body.reader),
        name=body.name,
        department=body.department,
        address=tuple(body.address),
        email=body.email,
    )


def _is_hidden(case: Case) -> bool:
    """Whether nobody may be told where the household is: how to reach them is words in which an
    address or a telephone can stand, and the only ones of theirs that letters print."""
    recorded = safety_of(case)
    return recorded is not None and recorded.safety.hide_whereabouts is Answer.YES


def letterhead_of(team: Team) -> Letterhead:
    """What stands at the head of the team's letters."""
    organisation = team.organisation
    return Letterhead(
        organisation=organisation.name,
        team=team.name,
        address=tuple(organisation.address),
        telephone=team.telephone,
        email=team.email,
        ods_code=organisation.ods_code or None,
        style=style_of(organisation),
    )


def _told(items: frozenset[DataItem], annexed: Annexed) -> frozenset[DataItem]:
    """Consent to photographs is no matter where none is printed."""
    return items if annexed.photographs else items - {DataItem.PHOTOGRAPHS}


def _copies(case: Case, told: frozenset[DataItem], day: date) -> frozenset[Recipient]:
    """Who may read all that the landlord is told; a copy cannot leave anything out."""
    return frozenset(
        recipient
        for recipient, purpose in said.COPIED.items()
        if told <= consented_items(case, recipient=recipient, purpose=purpose, day=day)
    )


def _hazard_facts(report: HazardReport) -> HazardFacts:
    return HazardFacts(
        hazard=Hazard(report.hazard),
        severity=Severity(report.severity),
        first_noticed_on=report.first_noticed_on,
        landlord_told_on=report.landlord_told_on,
        disrepair=Answer(report.disrepair),
        landlord_controls_cause=Answer(report.landlord_controls_cause),
        heating_or_hot_water_lost=Answer(report.heating_or_hot_water_lost),
    )


def _housing_condition(report: HazardReport) -> said.HousingCondition:
    return said.HousingCondition(
        hazard=Hazard(report.hazard),
        rooms=tuple(report.rooms),
        description=report.description,
        source=Source(report.source),
        first_noticed_on=report.first_noticed_on,
        landlord_told_on=report.landlord_told_on,
        landlord_response=report.landlord_response,
    )


def _diagnosis(row: Diagnosis) -> said.Diagnosis:
    return said.Diagnosis(
        condition=row.health_condition,
        basis=row.basis,
        severity=row.severity,
        treatment=row.treatment,
    )


def _counted(row: Exacerbation) -> said.Exacerbations:
    return said.Exacerbations(
        event=Event(row.event), count=row.count, months=row.months, until=row.until
    )


def _opinion(case: Case) -> said.Opinion | None:
    row = Opinion.objects.filter(case=case).first()
    if row is None:
        return None
    return said.Opinion(
        level=OpinionLevel(row.level),
        better_away_from_home=Answer(row.better_away_from_home),
        basis=row.basis,
    )


def _age(occupant: Occupant) -> int | None:
    return int(occupant.age) if occupant.age else None


def _conditions(occupant: Occupant) -> tuple[HealthCondition, ...]:
    return tuple(HealthCondition(condition) for condition in occupant.conditions)
