"""Clinical statements from the reviewed list: what is known of an illness and a hazard."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from letters.law import strict_yaml
from letters.law.facts import HealthCondition
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Verification


class Grade(StrEnum):
    """What kind of knowledge a statement rests on."""

    GUIDELINE = "guideline"
    META_ANALYSIS = "meta_analysis"
    TRIAL = "trial"
    OBSERVATIONAL = "observational"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence a letter may quote; `condition` None: for anybody. It is printed only where it
    was read at its source, and only in the nations whose readers its source speaks to."""

    id: str
    condition: HealthCondition | None
    hazard: Hazard
    says: str
    grade: Grade
    source_title: str
    source_href: str
    verification: Verification
    nations: tuple[Jurisdiction, ...]

    @property
    def plain(self) -> Mapping[str, object]:
        """What a clinical reviewer signs, for a digest."""
        return {
            "condition": self.condition,
            "hazard": self.hazard,
            "says": self.says,
            "grade": self.grade,
            "source": [self.source_title, self.source_href],
            "verification": self.verification,
            "nations": self.nations,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Every statement, in the order of preference."""

    statements: tuple[Statement, ...]

    def for_letter(
        self,
        condition: HealthCondition,
        hazard: Hazard,
        nation: Jurisdiction,
        approved: frozenset[str] = frozenset(),
    ) -> tuple[Statement, ...]:
        """What may be printed for this illness and hazard, the illness's own statements first. One
        that was not read at its source is printed only where `approved` holds its id."""
        fitting = [
            statement
            for statement in self.statements
            if statement.condition in (condition, None)
            and statement.hazard is hazard
            and nation in statement.nations
            and (statement.verification is Verification.SOURCE or statement.id in approved)
        ]
        return tuple(sorted(fitting, key=lambda statement: statement.condition is None))


def read_evidence(root: Path) -> Evidence:
    """Read every `<root>/evidence/*.yaml`."""
    statements: dict[str, Statement] = {}
    for path in sorted((root / "evidence").glob("*.yaml")):
        entry = strict_yaml.read(path)
        entry.allow(("condition", "statements"))
        condition = (
            None if entry.is_null("condition") else entry.choice("condition", HealthCondition)
        )
        listed = entry.entry("statements")
        for key in listed.names():
            if key in statements:
                listed.refuse(f"the statement {key} is in two files", listed.line_of(key))
            statements[key] = _statement(key, condition, listed.entry(key))
    return Evidence(statements=tuple(statements.values()))


def _statement(key: str, condition: HealthCondition | None, entry: strict_yaml.Entry) -> Statement:
    entry.allow(("hazard", "says", "grade", "source", "verification", "nations"))
    source = entry.entry("source")
    source.allow(("title", "href"))
    if not source.text("href").startswith("https://"):
        source.refuse("href must begin with https://", source.line_of("href"))
    return Statement(
        id=key,
        condition=condition,
        hazard=entry.choice("hazard", Hazard),
        says=entry.text("says"),
        grade=entry.choice("grade", Grade),
        source_title=source.text("title"),
        source_href=source.text("href"),
        verification=entry.choice("verification", Verification),
        nations=entry.choices("nations", Jurisdiction),
    )
