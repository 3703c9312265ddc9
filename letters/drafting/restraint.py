"""What a clinician's letter may not say in anybody's free words, and why."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from letters.drafting.errors import MayNotBeSaid
from letters.law import strict_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Restraint:
    """Words that are refused, as whole words in any case, and the reason that is given."""

    id: str
    pattern: re.Pattern[str]
    reason: str


def read_restraints(root: Path) -> tuple[Restraint, ...]:
    """Read `<root>/what_a_clinician_may_not_say.yaml`."""
    entry = strict_yaml.read(root / "what_a_clinician_may_not_say.yaml")
    return tuple(_restraint(name, entry.entry(name)) for name in entry.names())


def _restraint(name: str, entry: strict_yaml.Entry) -> Restraint:
    entry.allow(["words", "reason", "source"])
    words = "|".join(re.escape(words).replace(r"\ ", r"\s+") for words in entry.texts("words"))
    return Restraint(
        id=name,
        pattern=re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I),
        reason=entry.text("reason"),
    )


def refuse_what_may_not_be_said(
    free_words: Mapping[str, str], restraints: Iterable[Restraint]
) -> None:
    """MayNotBeSaid for the first of the fields, by name, that says what a clinician may not."""
    for field, text in free_words.items():
        for restraint in restraints:
            if restraint.pattern.search(text):
                raise MayNotBeSaid(field, restraint.reason)
