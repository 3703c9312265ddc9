"""What each kind of letter is made of, and in which nation, for which homes, it exists.

`templates_legal/letter_kinds.yaml` says once for all nations who reads a kind, who signs it, what
consent it rests on and which parts it has, in order. `<nation>/letters.yaml` says which kinds the
nation has, for which tenures, and which provisions each cites.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Purpose, Recipient
from letters.law import strict_yaml
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import StartEvent
from letters.law.provision import DutyOn
from letters.law.strict_yaml import Entry
from letters.law.tenures import Tenure


class Signatory(StrEnum):
    """In whose voice a letter speaks, and who stands for it."""

    CLINICIAN = "clinician"
    ADVISER = "adviser"
    EITHER = "either"  # the clinician or the adviser
    TENANT = "tenant"  # in the tenant's name, sent by an adviser whom the tenant asked


class Signatures(StrEnum):
    """How many people of the partnership must stand for a letter before it goes."""

    ONE = "one"
    TWO = "two"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of a letter by its name; an optional one is left out where a nation has no words
    for it."""

    name: str
    is_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKind:
    """`starts` are the events that receipt of the letter brings about; `times_from` those whose
    periods it prints; `duties_of` says whose duties it tells of."""

    stage: Stage
    reader: Recipient
    signs: Signatory
    signatures: Signatures
    purpose: Purpose
    starts: tuple[StartEvent, ...]
    times_from: frozenset[StartEvent]
    duties_of: frozenset[DutyOn]
    subject: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def is_reserved(self) -> bool:
        """Whether it has legal effect, and is for advisers alone and over two signatures."""
        return self.signatures is Signatures.TWO

    @property
    def cites_advisers_law(self) -> bool:
        """Whether it may cite what a clinician's letter never does."""
        return self.signs in (Signatory.ADVISER, Signatory.TENANT)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindHere:
    """A kind as one nation has it. `cites` names provisions in the order in which they are told;
    None where the letter tells every duty of the landlord that applies."""

    tenures: tuple[Tenure, ...]
    cites: tuple[str, ...] | None


def read_kinds(root: Path) -> Mapping[Stage, LetterKind]:
    """Read `<root>/letter_kinds.yaml`; every stage has its kind there."""
    entry = strict_yaml.read(root / "letter_kinds.yaml")
    entry.allow([stage.value for stage in Stage])
    return {Stage(name): _kind(Stage(name), entry.entry(name)) for name in entry.names()}


def _kind(stage: Stage, entry: Entry) -> LetterKind:
    entry.allow(
        ["reader", "signs", "signatures", "purpose", "parts", "subject"],
        ["starts", "times_from", "duties_of"],
    )
    return LetterKind(
        stage=stage,
        reader=entry.choice("reader", Recipient),
        signs=entry.choice("signs", Signatory),
        signatures=entry.choice("signatures", Signatures),
        purpose=entry.choice("purpose", Purpose),
        starts=entry.choices("starts", StartEvent) if entry.has("starts") else (),
        times_from=frozenset(
            entry.choices("times_from", StartEvent) if entry.has("times_from") else ()
        ),
        duties_of=frozenset(entry.choices("duties_of", DutyOn) if entry.has("duties_of") else ()),
        subject=entry.texts("subject"),
        parts=tuple(
            Part(name=text.removesuffix("?"), is_optional=text.endswith("?"))
            for text in entry.texts("parts")
        ),
    )


def read_kinds_here(root: Path, jurisdiction: Jurisdiction) -> Mapping[Stage, KindHere]:
    """Read `<root>/<jurisdiction>/letters.yaml`."""
    entry = strict_yaml.read(root / jurisdiction.value / "letters.yaml")
    entry.allow([], [stage.value for stage in Stage])
    return {Stage(name): _here(entry.entry(name)) for name in entry.names()}


def _here(entry: Entry) -> KindHere:
    entry.allow(["tenures", "cites"])
    return KindHere(tenures=_tenures(entry), cites=_cites(entry))


def _tenures(entry: Entry) -> tuple[Tenure, ...]:
    if not entry.is_text("tenures"):
        return entry.choices("tenures", Tenure)
    if entry.text("tenures") != "any":
        entry.refuse("tenures is a list, or the word any", entry.line_of("tenures"))
    return tuple(Tenure)


def _cites(entry: Entry) -> tuple[str, ...] | None:
    if not entry.is_text("cites"):
        return entry.texts("cites")
    words = entry.text("cites")
    if words not in ("duties_of_the_landlord", "none"):
        says = "cites is a list of provisions, or duties_of_the_landlord, or none"
        entry.refuse(says, entry.line_of("cites"))
    return None if words == "duties_of_the_landlord" else ()
