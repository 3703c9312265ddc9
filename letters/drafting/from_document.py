"""A checked case document into what compose takes: facts, particulars and a permission."""

from datetime import date

from letters.drafting.case_document import Document, granted_items
from letters.drafting.content import Letterhead
from letters.drafting.history import Earlier, Happened, Missed
from letters.drafting.identifiers import normal_postcode
from letters.drafting.kinds import LetterKind
from letters.drafting.particulars import (
    COPIED,
    WITHOUT_ADDRESS,
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
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import (
    DataItem,
    Event,
    GivenBy,
    Happening,
    OpinionLevel,
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
from letters.law.periods import Basis
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


def particulars_from(document: Document, *, kind: LetterKind, reference: str) -> Particulars:
    """What a letter of this kind says; `writer` must be there, and whoever reads the letter."""
    writer, consent = document["writer"], document["consent"]
    items = items_for(document, kind)
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
            gives_notice=Answer(document["tenancy"]["tenant_gives_notice"]),
        ),
        home=Home(
            address=tuple(document["home"]["address"]),
            postcode=normal_postcode(document["home"]["postcode"]),
        ),
        addressee=_addressee(document, kind.reader),
        landlord_name=document["landlord"]["name"] if document["landlord"] else "",
        landlord_address=tuple(document["landlord"]["address"]) if document["landlord"] else (),
        copies=_copies(document, items - {DataItem.PHOTOGRAPHS}),  # a file holds none
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


def items_for(document: Document, kind: LetterKind) -> frozenset[DataItem]:
    """What the reader may be told; the patient may be told everything."""
    if kind.reader is Recipient.PATIENT:
        return frozenset(DataItem)
    return granted_items(document, kind.reader, kind.purpose)


def addressee_pointer(reader: Recipient) -> str:
    """Where a case document says who reads the letter; '' for a reader who needs no address."""
    if reader in WITHOUT_ADDRESS:
        return ""
    return "/landlord" if reader is Recipient.LANDLORD else "/correspondence/addressed_to"


def given_addressee(document: Document, reader: Recipient) -> Document | None:
    """The reader as the document gives it; None where it does not."""
    if reader is Recipient.LANDLORD:
        found: Document | None = document["landlord"]
        return found
    so_far = document.get("correspondence")
    return so_far["addressed_to"] if so_far else None


def _addressee(document: Document, reader: Recipient) -> Addressee:
    given = given_addressee(document, reader)
    if given is None or reader in WITHOUT_ADDRESS:
        return Addressee(recipient=reader, name="", department="", address=(), email="")
    return Addressee(
        recipient=reader,
        name=given["name"],
        department=given["department"],
        address=tuple(given["address"]),
        email=given["email"],
    )


def earlier_from(document: Document) -> Earlier | None:
    """The letter before, with what happened since; None where there was none."""
    so_far = document.get("correspondence")
    if so_far is None or so_far["earlier_letter"] is None:
        return None
    letter = so_far["earlier_letter"]
    missed = sorted(so_far["missed"], key=lambda each: each["due_on"])
    history = sorted(so_far["history"], key=lambda each: each["on"])
    return Earlier(
        stage=Stage(letter["kind"]),
        written_on=date.fromisoformat(letter["written_on"]),
        reference=letter["reference"],
        addressee=letter["addressee"],
        written_by=letter["written_by"],
        missed=tuple(
            Missed(
                requires=each["requires"],
                due_on=date.fromisoformat(each["due_on"]),
                basis=Basis(each["basis"]),
                is_certain=each["is_certain"] == "yes",
            )
            for each in missed
        ),
        history=tuple(
            Happened(
                on=date.fromisoformat(each["on"]), what=Happening(each["what"]), says=each["says"]
            )
            for each in history
        ),
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
