"""The people, the home and the illness of one letter, as plain values: what the law need not know.

`limited_to` is the one place where what an addressee may not be told is taken away: compose never
sees it, so no wording can print it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from letters.drafting.content import Letterhead, Picture
from letters.drafting.vocabulary import (
    DataItem,
    Event,
    GivenBy,
    OpinionLevel,
    Purpose,
    Recipient,
    Source,
    TakenBy,
)
from letters.law.facts import Answer, HealthCondition
from letters.law.hazards import Hazard

# Who may get a copy of a letter, and for what the patient must have agreed to their being told.
COPIED: Mapping[Recipient, Purpose] = {
    Recipient.ADVISER: Purpose.ADVICE,
    Recipient.PATIENT_RECORD: Purpose.LETTER,
}


# Readers whose address no letter shows: one copy goes by a safe way, the other is filed.
WITHOUT_ADDRESS = frozenset({Recipient.PATIENT, Recipient.PATIENT_RECORD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """Who writes and signs; `registration` as "GMC 7000000", '' where there is none. `signature`
    is printed only once they sign."""

    name: str
    role: str
    registration: str
    signature: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """The NHS number is not here: no letter to the outside holds it."""

    name: str
    date_of_birth: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenant:
    """The party to the tenancy; the patient may be their child. `tenancy_reference` may be ''.
    `gives_notice` says whether they ask that letters to the landlord be their own notice."""

    name: str
    tenancy_reference: str
    gives_notice: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    address: tuple[str, ...]
    postcode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who the letter is to; `department` and `email` may be ''."""

    recipient: Recipient
    name: str
    department: str
    address: tuple[str, ...]
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingCondition:
    """One hazard as it is told: where, what, since when, who saw it."""

    hazard: Hazard
    rooms: tuple[str, ...]
    description: str
    source: Source
    first_noticed_on: date | None
    landlord_told_on: date | None
    landlord_response: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One illness; None where this addressee may not be told, '' where nothing was recorded."""

    condition: HealthCondition
    basis: str
    severity: str | None
    treatment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exacerbations:
    """How often something happened in the `months` up to `until`."""

    event: Event
    count: int
    months: int
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    level: OpinionLevel
    better_away_from_home: Answer
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherOccupant:
    """Somebody else in the home who agreed to be mentioned; `age` None where not known."""

    age: int | None
    conditions: tuple[HealthCondition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """A picture that the letter prints; `room` may be '', `hazard` None where it shows none in
    particular, `taken_on` None where it is not known."""

    picture: Picture
    room: str
    hazard: Hazard | None
    taken_on: date | None
    taken_by: TakenBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A document that goes with the letter, by the name that the letter lists, and what it tells
    about the patient and the home."""

    name: str
    tells: frozenset[DataItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """The consent a letter rests on: by whom, when, and what this addressee may be told."""

    given_by: GivenBy
    given_on: date
    items: frozenset[DataItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """Everything that a letter says and the law does not ask."""

    reference: str
    letterhead: Letterhead
    clinician: Clinician
    patient: Patient
    tenant: Tenant
    home: Home
    addressee: Addressee
    landlord_name: str  # '' where nobody knows; the addressee may be somebody else
    landlord_address: tuple[str, ...]
    copies: frozenset[Recipient]  # who gets a copy, besides the patient
    conditions: tuple[HousingCondition, ...]
    household_measures: tuple[str, ...]
    diagnoses: tuple[Diagnosis, ...]
    exacerbations: tuple[Exacerbations, ...]
    opinion: Opinion | None
    occupants: tuple[OtherOccupant, ...]
    access_offered: str
    adjustment: str
    permission: Permission
    photographs: tuple[Photograph, ...] = ()  # in the order in which they are printed
    enclosed: tuple[Enclosed, ...] = ()


def limited_to(items: frozenset[DataItem], particulars: Particulars) -> Particulars:
    """The particulars without what the addressee may not be told."""
    diagnoses = particulars.diagnoses if DataItem.DIAGNOSIS in items else ()
    if DataItem.SEVERITY not in items:
        diagnoses = tuple(replace(d, severity=None, treatment=None) for d in diagnoses)
    return replace(
        particulars,
        diagnoses=diagnoses,
        exacerbations=particulars.exacerbations if DataItem.EXACERBATIONS in items else (),
        opinion=particulars.opinion if DataItem.OPINION in items else None,
        occupants=particulars.occupants if DataItem.HOUSEHOLD_MEMBERS in items else (),
        photographs=particulars.photographs if DataItem.PHOTOGRAPHS in items else (),
        enclosed=tuple(each for each in particulars.enclosed if each.tells <= items),
        permission=replace(particulars.permission, items=items),
    )
