"""What applies to every home and hazard of a nation, gathered into as few rows as say it all.

Each answer is asked of the engine; nothing here knows any law. Homes, hazards and days that give
the same answer stand in one row.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from letters.law.facts import Answer, CaseFacts, HazardFacts, Severity
from letters.law.grounds import Ground, Grounds, grounds_for
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import Library
from letters.law.provision import Provision
from letters.law.tenures import Agreement, LandlordKind, Tenure

FIRST_DAY = date(2025, 10, 1)
SEVERITIES = (Severity.SEVERE, Severity.UNSAFE_NOW)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Home:
    tenure: Tenure
    agreement: Agreement
    landlord_kind: LandlordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The same answer from a day on; '' where the provision is left out."""

    starts_on: date
    answer: str


Spans = tuple[Span, ...]
Times = tuple[Spans, Spans]  # where the hazard is severe, and where it is unsafe now


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One provision with the homes and hazards that have the same answer on every day.
    No hazards: it turns on none."""

    provision_id: str
    homes: frozenset[Home]
    hazards: frozenset[Hazard]
    times: Times


def homes_of(library: Library, nation: Jurisdiction) -> tuple[Home, ...]:
    """Every way in which a home can be held there, as far as it is known."""
    return tuple(
        Home(tenure=tenure, agreement=agreement, landlord_kind=landlord_kind)
        for tenure, (agreements, landlord_kinds) in library.tenure_rules_of(nation).ways.items()
        for agreement in sorted(agreements)
        for landlord_kind in sorted(landlord_kinds)
    )


def days_of_change(library: Library, nation: Jurisdiction) -> Mapping[date, tuple[Provision, ...]]:
    """The first day looked at, and each later one, with the provisions whose answer may change:
    all of them where a sign of an emergency begins to count."""
    provisions = library.of(nation)
    for_all = {FIRST_DAY, *(rule.starts_on for rule in library.urgency_rules_of(nation))}
    edges = {edge for provision in provisions for edge in edges_of(provision)} | for_all
    return {
        day: tuple(p for p in provisions if day in for_all or day in edges_of(p))
        for day in sorted(edges)
        if day >= FIRST_DAY
    }


def edges_of(provision: Provision) -> tuple[date, ...]:
    """The days on which a version begins, and the first without one."""
    starts = tuple(version.starts_on for version in provision.versions)
    return (*starts, provision.ends_on) if provision.ends_on else starts


def rows_of(library: Library, nation: Jurisdiction) -> tuple[Row, ...]:
    """Every answer of one nation, the fewest rows for each provision."""
    cells = _cells(library, nation)
    rows = (
        Row(provision_id=provision_id, homes=homes, hazards=hazards, times=times)
        for provision_id, answers in cells.items()
        for homes, hazards, times in _gathered(answers)
    )
    return tuple(rows)


_Cell = tuple[Home, Hazard | None]
_Said = Mapping[tuple[Severity, date], str]


def _cells(library: Library, nation: Jurisdiction) -> Mapping[str, Mapping[_Cell, Times]]:
    """For each provision, what it says of each home and hazard that it reaches at any time."""
    said: dict[str, dict[_Cell, dict[tuple[Severity, date], str]]]
    said = defaultdict(lambda: defaultdict(dict))
    for day, provisions in days_of_change(library, nation).items():
        changing = replace(library, provisions=provisions)
        for home, severity in product(homes_of(library, nation), SEVERITIES):
            grounds = grounds_for(_facts(nation, home, severity), day, changing)
            for ground, answer in _answers(grounds):
                for hazard in ground.hazards or (None,):
                    said[ground.provision_id][home, hazard][severity, day] = answer
    days = _days_of_each(library, nation)
    return {
        provision_id: {cell: _times(told, days[provision_id]) for cell, told in by_cell.items()}
        for provision_id, by_cell in said.items()
    }


def _days_of_each(library: Library, nation: Jurisdiction) -> Mapping[str, tuple[date, ...]]:
    changes = days_of_change(library, nation)
    return {
        provision.id: tuple(day for day, changing in changes.items() if provision in changing)
        for provision in library.of(nation)
    }


def _facts(nation: Jurisdiction, home: Home, severity: Severity) -> CaseFacts:
    """Every hazard at once, each from disrepair that the landlord is responsible for: what is
    found for one hazard does not depend on another."""
    return CaseFacts(
        jurisdiction=nation,
        tenure=home.tenure,
        agreement=home.agreement,
        landlord_kind=home.landlord_kind,
        hazards=tuple(_hazard(hazard, severity) for hazard in Hazard),
        occupants=(),
        adjustment_requested=Answer.YES,
    )


def _hazard(hazard: Hazard, severity: Severity) -> HazardFacts:
    return HazardFacts(
        hazard=hazard,
        severity=severity,
        first_noticed_on=None,
        landlord_told_on=None,
        disrepair=Answer.YES,
        landlord_controls_cause=Answer.YES,
        heating_or_hot_water_lost=Answer.NO,
    )


def _answers(grounds: Grounds) -> Iterator[tuple[Ground, str]]:
    for ground in grounds.applying:
        yield ground, ground.strength.label
    for ground in grounds.for_adviser:
        yield ground, f"{ground.strength.label} (adviser)"


def _times(told: _Said, days: Iterable[date]) -> Times:
    severe, unsafe = (_spans(told, severity, days) for severity in SEVERITIES)
    return severe, unsafe


def _spans(told: _Said, severity: Severity, days: Iterable[date]) -> Spans:
    spans: list[Span] = []
    for day in days:
        answer = told.get((severity, day), "")
        if not spans or spans[-1].answer != answer:
            spans.append(Span(starts_on=day, answer=answer))
    return tuple(spans)


def _gathered(
    answers: Mapping[_Cell, Times],
) -> Iterator[tuple[frozenset[Home], frozenset[Hazard], Times]]:
    """Homes with the same hazards and times together."""
    hazards_of: dict[tuple[Times, Home], set[Hazard]] = defaultdict(set)
    for (home, hazard), times in answers.items():
        hazards_of[times, home] |= {hazard} if hazard else set()
    homes_of_row: dict[tuple[Times, frozenset[Hazard]], set[Home]] = defaultdict(set)
    for (times, home), hazards in hazards_of.items():
        homes_of_row[times, frozenset(hazards)].add(home)
    for (times, hazards_of_row), homes in homes_of_row.items():
        yield frozenset(homes), hazards_of_row, times


def of_tenure(rows: Iterable[Row], tenure: Tenure, everywhere: Collection[Row]) -> Iterator[Row]:
    """The rows that reach a tenure, with its homes alone; those that reach every home are told
    once for the nation."""
    for row in rows:
        homes = frozenset(home for home in row.homes if home.tenure is tenure)
        if homes and row not in everywhere:
            yield Row(
                provision_id=row.provision_id, homes=homes, hazards=row.hazards, times=row.times
            )
