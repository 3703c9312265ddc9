"""What a clinician's letter may not say in anybody's free words, and why."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from letters.drafting.errors import MayNotBeSaid
from letters.law import strict_yaml

_APART = r"[\s\-]+"  # a hyphen parts words as a space does
_UP_TO_THREE = rf"{_APART}(?:[\w']+{_APART}){{0,3}}"
_GAP = "..."
_QUOTES = str.maketrans(
    {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{MODIFIER LETTER APOSTROPHE}": "'"}
)
_TAKEN_OUT = " / "


@dataclass(frozen=True, slots=True, kw_only=True)
class Restraint:
    """Words that are refused, as whole words in any case, and the reason that is given; `but_not`
    is allowed although it holds such words, None where nothing is."""

    id: str
    pattern: re.Pattern[str]
    but_not: re.Pattern[str] | None
    reason: str

    def refuses(self, text: str) -> bool:
        """Whether the text holds such words, however they are parted, spelled or hyphened."""
        plain = _plain(text)
        rest = plain if self.but_not is None else self.but_not.sub(_TAKEN_OUT, plain)
        return self.pattern.search(rest) is not None


def read_restraints(root: Path) -> tuple[Restraint, ...]:
    """Read `<root>/what_a_clinician_may_not_say.yaml`."""
    entry = strict_yaml.read(root / "what_a_clinician_may_not_say.yaml")
    entry.allow(("lists", "restraints"))
    named, listed = entry.entry("lists"), entry.entry("restraints")
    lists = {name: _any_of(named.texts(name), {}) for name in named.names()}
    return tuple(_restraint(name, listed.entry(name), lists) for name in listed.names())


def _restraint(name: str, entry: strict_yaml.Entry, lists: Mapping[str, str]) -> Restraint:
    entry.allow(("words", "reason", "source"), ("but_not",))
    for words in (*entry.texts("words"), *(entry.texts("but_not") if entry.has("but_not") else ())):
        for unknown in set(re.findall(r"\{(\w+)\}", words)) - set(lists):
            entry.refuse(f"there is no list {unknown}")
    return Restraint(
        id=name,
        pattern=_whole_words(entry.texts("words"), lists),
        but_not=_whole_words(entry.texts("but_not"), lists) if entry.has("but_not") else None,
        reason=entry.text("reason"),
    )


def _whole_words(phrases: Sequence[str], lists: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(phrases, lists)})(?!\w)", re.I)


def _any_of(phrases: Sequence[str], lists: Mapping[str, str]) -> str:
    return "|".join(_phrase(words, lists) for words in phrases)


def _phrase(words: str, lists: Mapping[str, str]) -> str:
    """ "fault of ... landlord*" as a pattern."""
    around_gaps = [part.split() for part in words.replace("-", " ").split(_GAP)]
    return _UP_TO_THREE.join(
        _APART.join(_word(word, lists) for word in part) for part in around_gaps
    )


def _word(word: str, lists: Mapping[str, str]) -> str:
    if word.startswith("{"):
        return f"(?:{lists[word.strip('{}')]})"
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word)


def _plain(text: str) -> str:
    """One way of writing: no marks that cannot be seen, one apostrophe, one hyphen."""
    one_form = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    seen = (c for c in one_form if unicodedata.category(c) != "Cf")
    return "".join("-" if unicodedata.category(c) == "Pd" else c for c in seen)


def refuse_what_may_not_be_said(
    free_words: Mapping[str, str], restraints: Iterable[Restraint]
) -> None:
    """MayNotBeSaid for the first of the fields, by name, that says what a clinician may not."""
    for field, text in free_words.items():
        for restraint in restraints:
            if restraint.refuses(text):
                raise MayNotBeSaid(field, restraint.reason)
