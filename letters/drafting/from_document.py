"""A checked case document into what compose takes: facts, particulars and a permission."""

from datetime import date

from letters.drafting.case_document import Document, granted_items
from letters.drafting.content import Letterhead
from letters.drafting.identifiers import normal_postcode
from letters.drafting.particulars import (
    COPIED,
    Addressee,
    Clinician,
    Diagnosis,
    Exacerbations,
    Home,
    HousingCondition,
    Opinion,
    OtherOccupant,
    Particulars,
    Patient,
    Permission,
    Tenant,
)
from letters.drafting.phrases import age_on
from letters.drafting.vocabulary import (
    DataItem,
    Event,
    GivenBy,
    OpinionLevel,
    Purpose,
    Recipient,
    Source,
)
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


def facts_from(document: Document, day: date) -> CaseFacts:
    """What the law asks; the patient is the first of the occupants."""
    tenancy = document["tenancy"]
    return CaseFacts(
        jurisdiction=Jurisdiction(document["jurisdiction"]),
        tenure=Tenure(tenancy["tenure"]),
        agreement=Agreement(tenancy["agreement"]),
        landlord_kind=LandlordKind(tenancy["landlord_kind"]),
        hazards=tuple(
            HazardFacts(
                hazard=Hazard(hazard["hazard"]),
                severity=Severity(hazard["severity"]),
                first_noticed_on=_day(hazard["first_noticed_on"]),
                landlord_told_on=_day(hazard["landlord_told_on"]),
                disrepair=Answer(hazard["disrepair"]),
                landlord_controls_cause=Answer(hazard["landlord_controls_cause"]),
                heating_or_hot_water_lost=Answer(hazard["heating_or_hot_water_lost"]),
            )
            for hazard in document["hazards"]
        ),
        occupants=(
            OccupantFacts(
                age=age_on(date.fromisoformat(document["patient"]["date_of_birth"]), day),
                conditions=tuple(HealthCondition(d["condition"]) for d in document["diagnoses"]),
            ),
            *(
                OccupantFacts(
                    age=_age(occupant["age"]),
                    conditions=tuple(HealthCondition(c) for c in occupant["conditions"]),
                )
                for occupant in document["occupants"]
            ),
        ),
        adjustment_requested=Answer(document["adjustment"]["requested"]),
    )


def particulars_from(document: Document, *, reference: str) -> Particulars:
    """What the letter to the landlord says; `writer` and `landlord` must be there."""
    writer, consent = document["writer"], document["consent"]
    items = granted_items(document, Recipient.LANDLORD, Purpose.LETTER)
    return Particulars(
        reference=reference,
        letterhead=Letterhead(
            organisation=writer["organisation"],
            team=writer["team"],
            address=tuple(writer["address"]),
            telephone=writer["telephone"],
            email=writer["email"],
            ods_code=writer["ods_code"],
        ),
        clinician=Clinician(
            name=writer["name"], role=writer["role"], registration=writer["registration"]
        ),
        patient=Patient(
            name=document["patient"]["name"],
            date_of_birth=date.fromisoformat(document["patient"]["date_of_birth"]),
        ),
        tenant=Tenant(
            name=document["tenancy"]["tenant_name"],
            tenancy_reference=document["tenancy"]["tenancy_reference"],
        ),
        home=Home(
            address=tuple(document["home"]["address"]),
            postcode=normal_postcode(document["home"]["postcode"]),
        ),
        addressee=_addressee(document),
        copies=_copies(document, items),
        conditions=tuple(_condition(hazard) for hazard in document["hazards"]),
        household_measures=tuple(document["household_measures"]),
        diagnoses=tuple(
            Diagnosis(
                condition=HealthCondition(diagnosis["condition"]),
                basis=diagnosis["basis"],
                severity=diagnosis["severity"],
                treatment=diagnosis["treatment"],
            )
            for diagnosis in document["diagnoses"]
        ),
        exacerbations=tuple(
            Exacerbations(
                event=Event(counted["event"]),
                count=int(counted["count"]),  # JSON Schema takes 3.0 for a whole number
                months=int(counted["months"]),
                until=date.fromisoformat(counted["until"]),
            )
            for counted in document["exacerbations"]
        ),
        opinion=_opinion(document),
        occupants=tuple(
            OtherOccupant(
                age=_age(occupant["age"]),
                conditions=tuple(HealthCondition(c) for c in occupant["conditions"]),
            )
            for occupant in document["occupants"]
            if occupant["agreed_to_mention"] == "yes"
        ),
        access_offered=document["access_offered"],
        adjustment=document["adjustment"]["what"],
        permission=Permission(
            given_by=GivenBy(consent["given_by"]),
            given_on=date.fromisoformat(consent["given_on"]),
            items=items,
        ),
    )


def _copies(document: Document, told: frozenset[DataItem]) -> frozenset[Recipient]:
    """Who may read all that the landlord is told; a copy cannot leave anything out."""
    return frozenset(
        recipient
        for recipient, purpose in COPIED.items()
        if told <= granted_items(document, recipient, purpose)
    )


def _addressee(document: Document) -> Addressee:
    landlord = document["landlord"]
    return Addressee(
        recipient=Recipient.LANDLORD,
        name=landlord["name"],
        department=landlord["department"],
        address=tuple(landlord["address"]),
        email=landlord["email"],
    )


def _condition(hazard: Document) -> HousingCondition:
    return HousingCondition(
        hazard=Hazard(hazard["hazard"]),
        rooms=tuple(hazard["rooms"]),
        description=hazard["description"],
        source=Source(hazard["source"]),
        first_noticed_on=_day(hazard["first_noticed_on"]),
        landlord_told_on=_day(hazard["landlord_told_on"]),
        landlord_response=hazard["landlord_response"],
    )


def _opinion(document: Document) -> Opinion | None:
    opinion = document["opinion"]
    if opinion is None:
        return None
    return Opinion(
        level=OpinionLevel(opinion["level"]),
        better_away_from_home=Answer(opinion["better_away_from_home"]),
        basis=opinion["basis"],
    )


def _age(age: float | None) -> int | None:
    return None if age is None else int(age)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
