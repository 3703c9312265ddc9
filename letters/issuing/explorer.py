"""The law as anybody may read it: which instruments there are, and what stands in them.

Pages and programs show the same; neither decides anything by itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache

from letters.issuing.sources import library
from letters.law.errors import NotInForce
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Provision, Version
from letters.law.tenures import Tenure

NOTICE = (
    "Researched from public sources, not reviewed by a lawyer. This is information, not legal "
    "advice."
)
_ALIKE = 0.6
_SPELLED = {each: each.upper() for each in ("gdpr", "nipso", "spso", "uk")} | {
    each.value: each.label for each in Jurisdiction
}
# The unit behind the instrument's own name: ", section 11", ", Part 2".
_UNIT = re.compile(
    r",\s+(sections?|schedules?|parts?|chapters?|articles?|regulations?|paragraphs?|rules?)\b.*",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody looks for; nothing given means everything. `day`: only what is in force."""

    nation: Jurisdiction | None = None
    words: str = ""
    hazard: Hazard | None = None
    tenure: Tenure | None = None
    day: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.hazard or self.tenure or self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One provision in a list: the version that counts, None where it is not in force and `says`
    says why."""

    provision: Provision
    version: Version | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """An Act or set of regulations with those of its provisions that were sought."""

    id: str
    title: str
    provisions: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NationsLaw:
    """One nation's instruments, in the order of their names."""

    jurisdiction: Jurisdiction
    digest: str
    instruments: tuple[Instrument, ...]

    @property
    def count(self) -> int:
        return sum(len(instrument.provisions) for instrument in self.instruments)


def nations_with_law() -> tuple[Jurisdiction, ...]:
    """The nations that have law files, whether or not letters are written for them."""
    return tuple(library().digests)


def law_sought(sought: Sought, *, today: date) -> tuple[NationsLaw, ...]:
    """What is sought, nation by nation; a nation in which nothing is found is left out."""
    nations = (each for each in nations_with_law() if sought.nation in (None, each))
    found = (_nations_law(nation, sought, today) for nation in nations)
    return tuple(each for each in found if each.instruments)


def _nations_law(nation: Jurisdiction, sought: Sought, today: date) -> NationsLaw:
    by_instrument: dict[str, list[Listed]] = {}
    for provision in library().of(nation):
        if _is_sought(provision, sought):
            listed = listed_on(provision, sought.day or today)
            by_instrument.setdefault(instrument_of(provision), []).append(listed)
    instruments = [
        Instrument(id=key, title=title_of(each[0].provision), provisions=tuple(each))
        for key, each in by_instrument.items()
    ]
    return NationsLaw(
        jurisdiction=nation,
        digest=library().digest_of(nation),
        instruments=tuple(sorted(instruments, key=lambda each: each.title)),
    )


def instrument_of(provision: Provision) -> str:
    """The folder of the provision's file."""
    return provision.id.partition("/")[0]


def title_of(provision: Provision) -> str:
    """The instrument's own name: the nearest to its folder that an official title gives."""
    nation = provision.jurisdiction
    return _titles(nation, library().digest_of(nation))[instrument_of(provision)]


@cache
def _titles(nation: Jurisdiction, digest: str) -> Mapping[str, str]:
    """Made once for each digest of the files."""
    references: dict[str, list[str]] = {}
    for provision in library().of(nation):
        named = _UNIT.sub("", provision.reference.title)
        references.setdefault(instrument_of(provision), []).append(named)
    return {instrument: _nearest(instrument, titles) for instrument, titles in references.items()}


def _nearest(instrument: str, titles: Iterable[str]) -> str:
    """Some references are to a page about the instrument; then its folder names it better."""
    words = instrument.replace("_", " ")
    near = max(titles, key=lambda title: _likeness(title, words))
    if _likeness(near, words) >= _ALIKE:
        return near
    named = " ".join(_SPELLED.get(each, each) for each in words.split())
    return named[:1].upper() + named[1:]


def _likeness(title: str, words: str) -> float:
    plain = re.sub(r"[^a-z0-9]+", " ", title.lower().replace("'", "")).strip()
    return SequenceMatcher(None, plain, words).ratio()


def listed_on(provision: Provision, day: date) -> Listed:
    """The provision as it stands on the day, or why it does not."""
    try:
        return Listed(provision=provision, version=provision.on(day), says="")
    except NotInForce as refusal:
        return Listed(provision=provision, version=None, says=refusal.says)


def _is_sought(provision: Provision, sought: Sought) -> bool:
    versions = provision.versions
    if sought.day is not None:
        version = listed_on(provision, sought.day).version
        versions = () if version is None else (version,)
        if version is None:
            return False
    return _holds(provision, sought.words) and (
        not (sought.hazard or sought.tenure)
        or any(_reaches(version, sought) for version in versions)
    )


def _reaches(version: Version, sought: Sought) -> bool:
    return (sought.hazard is None or version.applies.covers(sought.hazard)) and (
        sought.tenure is None or sought.tenure in version.applies.homes.tenures
    )


def _holds(provision: Provision, words: str) -> bool:
    """Whether each word stands somewhere in what the provision is called or says."""
    if not words:
        return True
    said = [provision.citation, provision.reference.title, provision.id.replace("_", " ")]
    for version in provision.versions:
        said += [version.duty, version.remedy, version.forum]
    text = " ".join(said).casefold()
    return all(word in text for word in words.casefold().split())
