"""One numbered unit of an instrument, in the versions it has had, each from its day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from letters.law.errors import NotInForce
from letters.law.facts import HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import Period, day_in_words
from letters.law.tenures import Agreement, LandlordKind, Tenure


class Verification(StrEnum):
    """How a fact was checked; none of the three means that a lawyer has signed it."""

    SOURCE = "source"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"

    @property
    def label(self) -> str:
        return _VERIFICATION_LABELS[self]


_VERIFICATION_LABELS = {
    Verification.SOURCE: "a source that states it was read",
    Verification.SECONDARY: "reported by others; the official text was not read",
    Verification.UNVERIFIED: "from knowledge; no source was read",
}


class StartKnown(StrEnum):
    """Whether a version begins on its day, or had begun by then at the latest."""

    EXACT = "exact"
    NO_LATER_THAN = "no_later_than"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class Cite(StrEnum):
    """Whether a letter may print the number, or only the name of the instrument."""

    BY_NUMBER = "by_number"
    BY_INSTRUMENT = "by_instrument"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class Letters(StrEnum):
    """Whose letters may cite the provision; notices with legal effect are not a clinician's."""

    CLINICIAN = "clinician"
    ADVISER_ONLY = "adviser_only"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class DutyOn(StrEnum):
    """Who must do what the provision requires."""

    LANDLORD = "landlord"
    COUNCIL = "council"
    TENANT = "tenant"
    NHS_BODY = "nhs_body"
    OMBUDSMAN = "ombudsman"
    ANYONE = "anyone"

    @property
    def label(self) -> str:
        return "NHS body" if self is DutyOn.NHS_BODY else self.value


class Fact(StrEnum):
    """A question of fact that a provision can turn on, by its name in the facts."""

    TENURE = "tenure"
    AGREEMENT = "agreement"
    LANDLORD_KIND = "landlord_kind"
    HAZARD = "hazard"
    SEVERITY = "severity"
    DISREPAIR = "disrepair"
    LANDLORD_CONTROLS_CAUSE = "landlord_controls_cause"
    HEATING_OR_HOT_WATER_LOST = "heating_or_hot_water_lost"
    ADJUSTMENT_REQUESTED = "adjustment_requested"
    AGE = "age"
    OPEN_QUESTION = "open_question"  # one that no recorded fact can settle

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


class Outcome(StrEnum):
    """What an answer makes of a provision."""

    APPLIES = "applies"
    MAY_APPLY = "may_apply"
    LEFT_OUT = "left_out"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where the official text is."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What a lawyer has still to settle; empty tenures or hazards mean all of them."""

    id: str
    says: str
    tenures: tuple[Tenure, ...]
    hazards: tuple[Hazard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Homes:
    """The homes a provision reaches: each of the three must be among those named."""

    tenures: tuple[Tenure, ...]
    agreements: tuple[Agreement, ...]
    landlord_kinds: tuple[LandlordKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A yes-or-no fact the provision turns on; yes always counts for the provision."""

    fact: Fact
    if_no: Outcome
    if_not_known: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutBecause:
    """Words for the reason when this value of a fact keeps the provision out."""

    fact: Fact
    value: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """When a version applies.

    `hazards` bring it in at any severity. `significant_hazards` bring it in when reported as
    present or severe, `emergency_hazards` when unsafe now, or perhaps when a potential
    emergency. With all three empty the provision does not turn on a hazard at all. An open
    question is one that no recorded fact settles: the version is never more than possible.
    """

    homes: Homes
    adviser_tenures: tuple[Tenure, ...]
    hazards: tuple[Hazard, ...]
    significant_hazards: tuple[Hazard, ...]
    emergency_hazards: tuple[Hazard, ...]
    conditions: tuple[Condition, ...]
    left_out_because: tuple[LeftOutBecause, ...]
    open_question: str = ""

    @property
    def turns_on_a_hazard(self) -> bool:
        return bool(self.hazards or self.significant_hazards or self.emergency_hazards)

    def covers(self, hazard: Hazard) -> bool:
        """Whether the hazard can bring the version in at some severity."""
        return (
            hazard in self.hazards
            or hazard in self.significant_hazards
            or hazard in self.emergency_hazards
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshReportNeeded:
    """For these hazards, what the landlord was told before the day starts no clock: a fresh report
    or a material change on or after it does."""

    hazards: tuple[Hazard, ...]
    told_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The provision as it stands from a day; `duty` is one sentence a letter can print."""

    starts_on: date
    start_known: StartKnown
    verification: Verification
    sources: tuple[str, ...]
    duty: str
    duty_on: DutyOn
    remedy: str
    forum: str
    cite: Cite
    letters: Letters
    applies: Applies
    periods: tuple[Period, ...]
    doubts: tuple[Doubt, ...]
    earlier_reports: tuple[FreshReportNeeded, ...] = ()
    is_of_a_phase: bool = False  # it begins because a phased list reaches more hazards


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """`ends_on` is the first day without it; `gone_because` says why it is not, or no more, law."""

    id: str
    jurisdiction: Jurisdiction
    citation: str
    reference: Reference
    versions: tuple[Version, ...]
    ends_on: date | None
    gone_because: str

    def on(self, day: date) -> Version:
        """The version in force on the day; NotInForce where there is none."""
        if self.ends_on is not None and day >= self.ends_on:
            ended = f"it ended on {day_in_words(self.ends_on)}; {self.gone_because}"
            self._refuse(day, f"not in force on {day_in_words(day)}: {ended}")
        if not self.versions:
            self._refuse(day, f"not in force: {self.gone_because}")
        if day < self.versions[0].starts_on:
            self._refuse(day, _too_early(day, self.versions[0]))
        return next(version for version in reversed(self.versions) if version.starts_on <= day)

    def covers_from(self, hazard: Hazard, day: date) -> date | None:
        """The first later day from which a significant hazard of this kind is covered."""
        later = (version for version in self.versions if version.starts_on > day)
        return next((v.starts_on for v in later if hazard in v.applies.significant_hazards), None)

    def _refuse(self, day: date, says: str) -> None:
        raise NotInForce(self.id, day, says)


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgencyRule:
    """What makes a hazard a potential emergency; everything that is given must be there."""

    id: str
    jurisdiction: Jurisdiction
    starts_on: date
    verification: Verification
    source: str
    why: str
    homes: Homes
    hazards: tuple[Hazard, ...]
    severities: tuple[Severity, ...]
    occupant_under: int | None
    occupant_condition: HealthCondition | None
    heating_or_hot_water_lost: bool


def _too_early(day: date, first: Version) -> str:
    begins = day_in_words(first.starts_on)
    if first.start_known is StartKnown.NO_LATER_THAN:
        return f"known to be in force from {begins}; {day_in_words(day)} is before that"
    return f"not in force on {day_in_words(day)}: it begins on {begins}"
