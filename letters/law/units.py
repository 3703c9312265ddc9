"""What a reviewer signs of a nation's law, piece by piece: what each piece says, and its digest.

A unit says everything that is resolved from its file, so that nothing else can change what was
signed, and nothing more, so that a new version leaves the older one signed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, time
from enum import StrEnum

from letters.law.jurisdictions import Jurisdiction
from letters.law.library import Library
from letters.law.periods import day_in_words
from letters.law.provision import Provision, StartKnown, Version

_SAID_ALREADY = ("id", "key", "jurisdiction", "stage")  # by the name that stands before the line
_ANY_FROM = 3  # of a set of two, both are named


class UnitKind(StrEnum):
    """What a unit is of."""

    VERSION = "version"
    ENDING = "ending"
    TENURES = "tenures"
    HAZARD_LIST = "hazard_list"
    POTENTIAL_EMERGENCIES = "potential_emergencies"
    LETTER = "letter"
    WORDS = "words"
    LADDER = "ladder"
    RECEIPT = "receipt"
    STATEMENT = "statement"
    RESTRAINT = "restraint"
    POSTCODES = "postcodes"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    UnitKind.VERSION: "law",
    UnitKind.ENDING: "end of a law",
    UnitKind.TENURES: "how homes are held",
    UnitKind.HAZARD_LIST: "list of hazards",
    UnitKind.POTENTIAL_EMERGENCIES: "signs of an emergency",
    UnitKind.LETTER: "words of a letter",
    UnitKind.WORDS: "the nation's own words",
    UnitKind.LADDER: "next steps",
    UnitKind.RECEIPT: "when a letter counts as received",
    UnitKind.STATEMENT: "evidence statement",
    UnitKind.RESTRAINT: "what a clinician may not say",
    UnitKind.POSTCODES: "postcodes by nation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One thing that is signed by itself. `said` is all of it, line by line; `starts_on` is the day
    from which it counts, None where it always does; `of` is what earlier units it follows."""

    id: str
    kind: UnitKind
    title: str
    said: tuple[str, ...]
    of: str
    starts_on: date | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of what it says, whatever the order of the lines in the engine."""
        return hashlib.sha256(json.dumps(sorted(self.said)).encode()).hexdigest()


def units_of(library: Library, jurisdiction: Jurisdiction) -> tuple[Unit, ...]:
    """Every unit of one nation's law."""
    nation = jurisdiction.value
    whole = (
        _whole(nation, UnitKind.TENURES, library.tenure_rules.get(jurisdiction)),
        _whole(nation, UnitKind.HAZARD_LIST, library.hazard_lists.get(jurisdiction)),
        _whole(nation, UnitKind.POTENTIAL_EMERGENCIES, library.urgency_rules_of(jurisdiction)),
    )
    versions = (unit for p in library.of(jurisdiction) for unit in units_of_provision(p))
    return (*versions, *(unit for unit in whole if unit.said))


def version_unit_id(jurisdiction: Jurisdiction, provision_id: str, starts_on: date) -> str:
    """ "england/law/housing_act_2004/sections_1_and_2@2006-04-06"."""
    return f"{jurisdiction.value}/law/{provision_id}@{starts_on.isoformat()}"


def units_of_provision(provision: Provision) -> Iterator[Unit]:
    """One for each version, and one for its end."""
    for version in provision.versions:
        yield _of_version(provision, version)
    if provision.gone_because:
        yield _of_ending(provision)


def _of_version(provision: Provision, version: Version) -> Unit:
    return Unit(
        id=version_unit_id(provision.jurisdiction, provision.id, version.starts_on),
        kind=UnitKind.VERSION,
        title=f"{_named(provision)}, {_since(version)}",
        said=(*_identity(provision), *lines_of(version)),
        of=provision.id,
        starts_on=version.starts_on,
    )


def _since(version: Version) -> str:
    known = "known from" if version.start_known is StartKnown.NO_LATER_THAN else "from"
    return f"{known} {day_in_words(version.starts_on)}"


def _of_ending(provision: Provision) -> Unit:
    day = provision.ends_on
    said = f"ends on: {day.isoformat()}" if day else "is not in force"
    return Unit(
        id=f"{provision.jurisdiction.value}/law/{provision.id}@end",
        kind=UnitKind.ENDING,
        title=f"{_named(provision)}: its end",
        said=(*_identity(provision), said, f"because: {provision.gone_because}"),
        of=provision.id,
        starts_on=day,
    )


def _named(provision: Provision) -> str:
    part = provision.id.partition("/")[2].replace("_", " ")
    return f"{part[:1].upper()}{part[1:]}, {provision.citation}"


def _identity(provision: Provision) -> tuple[str, ...]:
    return (f"citation: {provision.citation}", *lines_of(provision.reference, "reference"))


def _whole(nation: str, kind: UnitKind, value: object) -> Unit:
    label = kind.label
    return Unit(
        id=f"{nation}/{kind.value}",
        kind=kind,
        title=f"{label[:1].upper()}{label[1:]}",
        said=tuple(lines_of(value)),
        of=kind.value,
    )


def lines_of(value: object, name: str = "") -> Iterator[str]:
    """A value as lines of words, each with its name. What is empty says nothing, so that a field
    that the engine learns later changes no unit that does not use it."""
    if value is False or value in (None, "", (), frozenset()):
        return
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in _SAID_ALREADY:
                yield from lines_of(getattr(value, field.name), _below(name, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from lines_of(item, _below(name, _word(key)))
    elif isinstance(value, tuple | frozenset):
        yield from _many(value, name)
    else:
        yield f"{name}: {_word(value)}" if name else _word(value)


def _many(values: tuple[object, ...] | frozenset[object], name: str) -> Iterator[str]:
    if all(isinstance(each, StrEnum) for each in values):
        yield f"{name}: {_set_of(values)}"
        return
    ordered = values if isinstance(values, tuple) else sorted(values, key=str)
    for place, each in enumerate(ordered, start=1):
        own = getattr(each, "id", None) or getattr(each, "key", None) or str(place)
        yield from lines_of(each, _below(name, str(own)))


def _set_of(values: tuple[object, ...] | frozenset[object]) -> str:
    """Members by name; "any" for all there are, which a new member joins."""
    kind = type(next(iter(values)))
    is_any = len(values) >= _ANY_FROM and set(values) >= set(kind)  # type: ignore[call-overload]  # an enum
    named = (_word(each) for each in values)
    return "any" if is_any else "; ".join(named if isinstance(values, tuple) else sorted(named))


def _below(name: str, own: str) -> str:
    words = own.replace("_", " ")
    return f"{name}, {words}" if name else words


def _word(value: object) -> str:
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    if isinstance(value, date | time):
        return value.isoformat()
    if value is True:
        return "yes"
    return " ".join(str(value).split())
