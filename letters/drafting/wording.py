"""Everything that reviewers keep for one nation besides its law, read and held together."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from letters.drafting.errors import WordingFileError
from letters.drafting.evidence import Evidence, read_evidence
from letters.drafting.kinds import KindHere, LetterKind, read_kinds, read_kinds_here
from letters.drafting.passages import LetterWording, read_letter_wording
from letters.drafting.restraint import Restraint, read_restraints
from letters.drafting.stages import Stage
from letters.drafting.urgency import TierRule, read_tier_rules
from letters.law import strict_yaml
from letters.law.jurisdictions import Jurisdiction
from letters.law.ladder import Ladder, read_ladder
from letters.law.library import Library
from letters.law.periods import Unit
from letters.law.receipt import ReceiptRules, read_receipt_rules
from letters.law.tenures import Agreement, Tenure

# Parts of a letter that are made by code from the case; any other part is a passage.
WRITTEN_FROM_THE_CASE = frozenset(
    {
        "access",
        "adjustment",
        "authority",
        "conditions",
        "danger",
        "dates",
        "done",
        "earliest",
        "guidance",
        "health",
        "history",
        "homes",
        "law",
        "law_to_come",
        "limits",
        "missed",
        "narrative",
        "next_steps",
        "notice",
        "occupants",
        "opening",
        "parties",
        "protections",
        "requests",
    }
)
_TERMS = ("nation", "law", "tenant", "tenancy", "council", "ombudsman", "advice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Everything reviewers keep for one jurisdiction besides its law; `digest` is of all of it.
    `parts` holds a digest for each part of it that reviewers can sign by itself."""

    jurisdiction: Jurisdiction
    kinds: Mapping[Stage, LetterKind]
    here: Mapping[Stage, KindHere]
    letters: Mapping[Stage, LetterWording]
    holdings: Mapping[str, str]
    order: tuple[str, ...]
    not_printed: frozenset[str]
    protections: tuple[str, ...]
    units: Mapping[Unit, tuple[str, str]]
    ladder: Ladder
    receipt: ReceiptRules
    evidence: Evidence
    restraints: tuple[Restraint, ...]
    tier_rules: tuple[TierRule, ...]
    digest: str
    parts: Mapping[str, str]

    def rank(self, provision_id: str) -> int:
        """Where the reviewers put the provision; those they do not name come last."""
        return self.order.index(provision_id) if provision_id in self.order else len(self.order)

    def holding(self, tenure: Tenure, agreement: Agreement) -> str:
        """How the home is held, in the jurisdiction's words; '' where it has none for that."""
        exact = f"{tenure.value}_{agreement.value}"
        return self.holdings.get(exact, self.holdings.get(tenure.value, ""))

    def cited(self) -> frozenset[str]:
        """Every provision that some list of this nation names, for a check against its law."""
        lists = (here.cites or () for here in self.here.values())
        named = {provision_id for cites in lists for provision_id in cites}
        return frozenset({*named, *self.order, *self.not_printed, *self.protections})


def read_wording(root: Path, jurisdiction: Jurisdiction) -> Wording:
    """Read the jurisdiction's letters, words, ladder and rules of receipt, and the evidence."""
    folder = root / jurisdiction.value
    words = strict_yaml.read(folder / "words.yaml")
    words.allow(("holdings", "order", "units", "not_printed", "protections", "terms"))
    terms = words.entry("terms")
    terms.allow(_TERMS)
    kinds, here = read_kinds(root), read_kinds_here(root, jurisdiction)
    told = {f"term_{name}": terms.text(name) for name in _TERMS}
    letters = {stage: read_letter_wording(root, jurisdiction, stage, told) for stage in here}
    for stage, wording in letters.items():
        _refuse_missing_parts(folder / "letters.yaml", kinds[stage], wording)
    if Stage.PATIENT_COPY in letters:
        plain = folder / "letters" / f"{Stage.PATIENT_COPY.value}.md"
        _refuse_unsaid_protections(plain, _ids(words, "protections"), letters[Stage.PATIENT_COPY])
    holdings, units = words.entry("holdings"), words.entry("units")
    evidence = read_evidence(root)
    parts = {
        **{f"letters/{stage.value}": wording.digest for stage, wording in letters.items()},
        "words": _digest_of(words.plain()),
        "kinds": _digest_of(strict_yaml.read(folder / "letters.yaml").plain()),
        "ladder": _digest_of(strict_yaml.read(folder / "ladder.yaml").plain()),
        "receipt": _digest_of(strict_yaml.read(folder / "receipt.yaml").plain()),
        **{f"evidence/{s.id}": _digest_of(s.lines) for s in evidence.statements},
    }
    return Wording(
        jurisdiction=jurisdiction,
        kinds=kinds,
        here=here,
        letters=letters,
        holdings={key: holdings.text(key) for key in holdings.names()},
        order=words.texts("order"),
        not_printed=frozenset(_ids(words, "not_printed")),
        protections=_ids(words, "protections"),
        units={Unit(key): _one_and_many(units, key) for key in units.names()},
        ladder=read_ladder(root, jurisdiction),
        receipt=read_receipt_rules(root, jurisdiction),
        evidence=evidence,
        restraints=read_restraints(root),
        tier_rules=read_tier_rules(root),
        digest=_digest_of(parts),
        parts=parts,
    )


def _digest_of(plain: object) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _ids(entry: strict_yaml.Entry, key: str) -> tuple[str, ...]:
    """A list, or the word none."""
    if entry.is_text(key) and entry.text(key) == "none":
        return ()
    return entry.texts(key)


def refuse_unknown_citations(wording: Wording, library: Library, root: Path) -> None:
    """WordingFileError where a list names a provision that the nation's law does not have."""
    known = {provision.id for provision in library.of(wording.jurisdiction)}
    for name in ("letters.yaml", "words.yaml"):
        path = root / wording.jurisdiction.value / name
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for provision_id in sorted(wording.cited() - known):
                if provision_id in line:
                    says = f"{provision_id} is not in the law of {wording.jurisdiction.label}"
                    raise WordingFileError(path, number, says)


def _refuse_unsaid_protections(
    path: Path, protections: tuple[str, ...], wording: LetterWording
) -> None:
    for provision_id in protections:
        if not wording.has(plain_name(provision_id)):
            says = f"say {provision_id} in plain words: passage {plain_name(provision_id)}"
            raise WordingFileError(path, 1, says)


def plain_name(provision_id: str) -> str:
    """The passage that says in plain words what a protection is."""
    return f"protects_{provision_id.replace('/', '_')}"


def _refuse_missing_parts(path: Path, kind: LetterKind, wording: LetterWording) -> None:
    """A part that the service does not write from the case must be a passage."""
    for part in kind.parts:
        is_there = part.name in WRITTEN_FROM_THE_CASE or wording.has(part.name)
        if not is_there and not part.is_optional:
            says = f"{kind.stage.value} has a part {part.name}, and no passage of that name"
            raise WordingFileError(path, 1, says)


def _one_and_many(units: strict_yaml.Entry, key: str) -> tuple[str, str]:
    texts = units.texts(key)
    if len(texts) != 2 or key not in list(Unit):
        units.refuse("a unit has two forms, for one and for more", units.line_of(key))
    return texts[0], texts[1]
