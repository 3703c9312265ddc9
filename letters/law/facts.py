"""What the law asks about a case: plain values, and nothing that names a person."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure


class Answer(StrEnum):
    """An answer to a question of fact; nothing is taken for yes because nobody asked."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Severity(StrEnum):
    """How bad the hazard is, as the person who reports it puts it."""

    PRESENT = "present"
    SEVERE = "severe"
    UNSAFE_NOW = "unsafe_now"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class HealthCondition(StrEnum):
    """An illness, or a state of health such as pregnancy, that housing can worsen."""

    ASTHMA = "asthma"
    COPD = "copd"
    BRONCHIECTASIS = "bronchiectasis"
    CYSTIC_FIBROSIS = "cystic_fibrosis"
    ASPERGILLOSIS = "aspergillosis"
    PRETERM_LUNG_DISEASE = "preterm_lung_disease"
    INTERSTITIAL_LUNG_DISEASE = "interstitial_lung_disease"
    RESPIRATORY_INFECTION = "respiratory_infection"
    ALLERGY = "allergy"
    ECZEMA = "eczema"
    CARDIOVASCULAR_DISEASE = "cardiovascular_disease"
    SICKLE_CELL_DISEASE = "sickle_cell_disease"
    IMMUNOSUPPRESSION = "immunosuppression"
    MENTAL_ILLNESS = "mental_illness"
    FRAILTY = "frailty"
    PREGNANCY = "pregnancy"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _CONDITION_LABELS.get(self, self.value.replace("_", " "))

    @property
    def short_label(self) -> str:
        """For a second mention, once the label has been given."""
        return _SHORT_LABELS.get(self, self.label)


_CONDITION_LABELS = {
    HealthCondition.ALLERGY: "allergy, such as hay fever or rhinitis",
    HealthCondition.ASPERGILLOSIS: "aspergillosis (fungal disease or allergy of the lungs)",
    HealthCondition.COPD: "chronic obstructive pulmonary disease (COPD)",
    HealthCondition.PRETERM_LUNG_DISEASE: "lung disease of prematurity",
    HealthCondition.RESPIRATORY_INFECTION: "chest infections",
}
_SHORT_LABELS = {
    HealthCondition.ALLERGY: "allergy",
    HealthCondition.ASPERGILLOSIS: "aspergillosis",
    HealthCondition.COPD: "COPD",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardFacts:
    """One hazard in the home, as far as the law asks about it."""

    hazard: Hazard
    severity: Severity
    first_noticed_on: date | None  # None: not known
    landlord_told_on: date | None  # None: not told, or not known when
    disrepair: Answer  # something once sound, now not: s 11 and DPA s 4 turn on it
    landlord_controls_cause: Answer  # the source is in what the landlord is responsible for
    heating_or_hot_water_lost: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupantFacts:
    """One person who lives there, as far as the law asks: age in years and illness."""

    age: int | None  # None: not known
    conditions: tuple[HealthCondition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """Everything grounds_for may look at."""

    jurisdiction: Jurisdiction
    tenure: Tenure
    agreement: Agreement
    landlord_kind: LandlordKind
    hazards: tuple[HazardFacts, ...]
    occupants: tuple[OccupantFacts, ...]
    adjustment_requested: Answer  # a disabled occupier asks for a reasonable adjustment
