"""Clinical statements from the reviewed list: what is known of an illness and a hazard."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from letters.law import strict_yaml
from letters.law.facts import HealthCondition
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Verification
from letters.law.units import lines_of

_ANYBODY = "anybody"
_NONE = "none"


class Grade(StrEnum):
    """What kind of knowledge a statement rests on."""

    GUIDELINE = "guideline"
    META_ANALYSIS = "meta_analysis"
    REVIEW = "review"
    TRIAL = "trial"
    OBSERVATIONAL = "observational"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """Whole years of a person: below `under`, or `at_least` that many."""

    under: int | None
    at_least: int | None

    def hold(self, age: int | None) -> bool:
        """Whether a person of that age is meant; nobody is whose age is not told."""
        if age is None:
            return False
        return age < self.under if self.under is not None else age >= (self.at_least or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSource:
    """Where a statement stands, for everybody to look up."""

    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a letter tells of the patient, as far as statements turn on it; `age` None where the
    letter does not tell it."""

    conditions: Collection[HealthCondition]
    age: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence a letter may quote; no `conditions`: about anybody; no `source`: never printed.
    `caution` is for those who review it; `comes_first` says why it goes before an illness's own."""

    id: str
    conditions: tuple[HealthCondition, ...]
    hazards: tuple[Hazard, ...]
    ages: Ages | None
    says: str
    grades: tuple[Grade, ...]
    source: StatementSource | None
    verification: Verification
    nations: tuple[Jurisdiction, ...]
    caution: str
    comes_first: str

    @property
    def lines(self) -> tuple[str, ...]:
        """All that a reviewer signs, line by line; what it has not is said too."""
        people = () if self.conditions else ("conditions: anybody",)
        unfounded = () if self.source else ("source: none, so it is never printed",)
        return (*lines_of(self), *people, *unfounded)

    @property
    def rank(self) -> int:
        """0 for what must not be passed over, 1 for an illness's own, 2 for anybody's."""
        if self.comes_first:
            return 0
        return 1 if self.conditions else 2

    def is_about(self, told: Told) -> bool:
        """Whether it is about such a patient, and tells nothing that the letter does not."""
        is_of_theirs = not self.conditions or bool(set(self.conditions) & set(told.conditions))
        return is_of_theirs and (self.ages is None or self.ages.hold(told.age))

    def may_be_printed(self, approved: Collection[str]) -> bool:
        """What was not read at its source, only where `approved` holds its id; what has no
        address to look it up at, never."""
        is_read = self.verification is Verification.SOURCE
        return self.source is not None and (is_read or self.id in approved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Every statement, in the order of preference."""

    statements: tuple[Statement, ...]

    def for_letter(
        self,
        told: Told,
        hazard: Hazard,
        nation: Jurisdiction,
        approved: Collection[str] = frozenset(),
    ) -> tuple[Statement, ...]:
        """What may be printed of this hazard in a letter that tells this much, the best first: of
        two, the one about fewer hazards, and then the one that stands first in its file."""
        fitting = [
            statement
            for statement in self.statements
            if hazard in statement.hazards
            and nation in statement.nations
            and statement.is_about(told)
            and statement.may_be_printed(approved)
        ]
        return tuple(sorted(fitting, key=lambda s: (s.rank, len(s.hazards))))


def read_evidence(root: Path) -> Evidence:
    """Read every `<root>/evidence/statements/*.yaml`."""
    statements: dict[str, Statement] = {}
    for path in sorted((root / "evidence" / "statements").glob("*.yaml")):
        listed = strict_yaml.read(path)
        for key in listed.names():
            if key in statements:
                listed.refuse(f"the statement {key} is in two files", listed.line_of(key))
            statements[key] = _statement(key, listed.entry(key))
    return Evidence(statements=tuple(statements.values()))


def read_ages(entry: strict_yaml.Entry) -> Ages:
    """`{under: 15}` or `{from: 66}`."""
    entry.allow((), ("under", "from"))
    if entry.has("under") == entry.has("from"):
        entry.refuse("ages are either under or from a number of years")
    return Ages(
        under=entry.number("under") if entry.has("under") else None,
        at_least=entry.number("from") if entry.has("from") else None,
    )


def _statement(key: str, entry: strict_yaml.Entry) -> Statement:
    entry.allow(
        ("conditions", "hazards", "says", "grades", "source", "verification", "nations"),
        ("ages", "caution", "comes_first"),
    )
    return Statement(
        id=key,
        conditions=_conditions(entry),
        hazards=entry.choices("hazards", Hazard),
        ages=read_ages(entry.entry("ages")) if entry.has("ages") else None,
        says=entry.text("says"),
        grades=entry.choices("grades", Grade),
        source=_source(entry),
        verification=entry.choice("verification", Verification),
        nations=entry.choices("nations", Jurisdiction),
        caution=entry.text("caution") if entry.has("caution") else "",
        comes_first=entry.text("comes_first") if entry.has("comes_first") else "",
    )


def _conditions(entry: strict_yaml.Entry) -> tuple[HealthCondition, ...]:
    if entry.is_text("conditions"):
        if entry.text("conditions") != _ANYBODY:
            entry.refuse(f"conditions: a list, or {_ANYBODY}", entry.line_of("conditions"))
        return ()
    return entry.choices("conditions", HealthCondition)


def _source(entry: strict_yaml.Entry) -> StatementSource | None:
    if entry.is_text("source"):
        if entry.text("source") != _NONE:
            entry.refuse(f"source: a title and href, or {_NONE}", entry.line_of("source"))
        return None
    source = entry.entry("source")
    source.allow(("title", "href"))
    if not source.text("href").startswith("https://"):
        source.refuse("href must begin with https://", source.line_of("href"))
    return StatementSource(title=source.text("title"), href=source.text("href"))
