"""How a row of the matrix is put in words: provision, hazards, homes and days."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from letters.law.hazards import Hazard
from letters.law.periods import day_in_words
from letters.law.provision import DutyOn, Provision, StartKnown
from letters.law.tenures import Agreement, LandlordKind
from tests.law.matrix_rows import FIRST_DAY, Home, Row, Spans

_FOR_ADVISER = " (adviser)"
_NO = "no"
_FEW = 4  # hazards that are named in a cell; more of them get a list of their own
_NUMBERING = re.compile(
    r"^(articles?|sections?|regulation|part|paragraph|rule|schedule|chapter)"
    r"(_([0-9]+[a-z]?|[ivx]+|to|and|part|chapter|schedule|paragraph))*(_|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """One row as it is printed; rows alike in all but the provision's own name become one."""

    duty_on: DutyOn
    citation: str
    name: str
    hazards: str
    where: str
    severe: str
    unsafe: str


def cells_of(
    row: Row,
    provision: Provision,
    *,
    homes: Collection[Home],
    lists: Mapping[frozenset[Hazard], str],
) -> Cells:
    """The words for one row; `homes` are all those among which it holds."""
    severe, unsafe = (_times(spans, provision) for spans in row.times)
    is_for_adviser = all(_FOR_ADVISER in words for words in (severe, unsafe) if words != _NO)
    mark = "†" if is_for_adviser else ""
    return Cells(
        duty_on=provision.versions[-1].duty_on,
        citation=provision.citation + mark,
        name=own_name(provision),
        hazards=_hazards(row.hazards, lists),
        where=where(row.homes, homes),
        severe=_unmarked(severe) if is_for_adviser else severe,
        unsafe=_same_or(unsafe, severe, is_for_adviser=is_for_adviser),
    )


def _same_or(unsafe: str, severe: str, *, is_for_adviser: bool) -> str:
    if unsafe == severe:
        return "the same"
    return _unmarked(unsafe) if is_for_adviser else unsafe


def _unmarked(words: str) -> str:
    return words.replace(_FOR_ADVISER, "")


def own_name(provision: Provision) -> str:
    """What the file's name adds to the citation: nothing where it only says it again."""
    name = provision.id.partition("/")[2]
    own = _NUMBERING.sub("", name).replace("_", " ")
    return "" if own in provision.citation.lower() else own


def lists_of(rows: Iterable[Row]) -> Mapping[frozenset[Hazard], str]:
    """A name for each long list of hazards, so that it is written out once."""
    long = {row.hazards for row in rows if _hazards(row.hazards, {}) == ""}
    ordered = sorted(long, key=lambda hazards: (len(hazards), names(hazards)))
    return {hazards: f"list {number}" for number, hazards in enumerate(ordered, start=1)}


def _hazards(hazards: frozenset[Hazard], lists: Mapping[frozenset[Hazard], str]) -> str:
    missing = set(Hazard) - hazards
    if not hazards:
        return "none needed"
    if not missing:
        return "every hazard"
    if len(missing) <= _FEW:
        return f"every hazard but {names(missing)}"
    if len(hazards) <= _FEW:
        return names(hazards)
    return lists.get(hazards, "")


def names(hazards: Collection[Hazard]) -> str:
    return ", ".join(sorted(hazard.label for hazard in hazards))


def where(homes: Collection[Home], among: Collection[Home]) -> str:
    """Agreements and landlords of one tenure, in a few words where they go together; what all
    have is not said."""
    if set(homes) == set(among):
        return ""
    agreements = {home.agreement for home in homes}
    landlords = {home.landlord_kind for home in homes}
    if {(h.agreement, h.landlord_kind) for h in homes} != set(product(agreements, landlords)):
        apart = [[h for h in homes if h.agreement is each] for each in sorted(agreements)]
        return "; ".join(where(part, among) for part in apart)
    parts = []
    if agreements != {home.agreement for home in among}:
        parts.append(_either(agreements))
    others = {home.landlord_kind for home in among} - landlords
    if others:
        few = len(others) < len(landlords)
        parts.append(f"not from {_either(others)}" if few else f"from {_either(landlords)}")
    return " ".join(parts)


def _either(values: Collection[Agreement] | Collection[LandlordKind]) -> str:
    words = [value.value.replace("_", " ") for value in sorted(values)]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _times(spans: Spans, provision: Provision) -> str:
    """`applies`, or what it is from which day to which."""
    ends: list[date | None] = [span.starts_on for span in spans[1:]]
    said = [
        span.answer + _from(span.starts_on, provision) + _until(end)
        for span, end in zip(spans, [*ends, None], strict=True)
        if span.answer
    ]
    return "; ".join(said) or _NO


def _from(day: date, provision: Provision) -> str:
    if day == FIRST_DAY:
        return ""
    loose = {v.starts_on for v in provision.versions if v.start_known is StartKnown.NO_LATER_THAN}
    return f" from {day_in_words(day)}" + (" at the latest" if day in loose else "")


def _until(end: date | None) -> str:
    return f" to {day_in_words(end - timedelta(days=1))}" if end else ""
