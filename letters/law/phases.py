"""Law that comes to reach more hazards from one day to the next, written down once for all of it.

A version that names a phased list under `significant_hazards` stands anew from each of the list's
days, with everything else as it was. What a phase brings in starts a clock only once the landlord
is told of it on or after the phase's day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from letters.law.hazards import Hazard
from letters.law.provision import Doubt, FreshReportNeeded, Verification, Version

# The weaker of two counts: what is put together is known no better than its parts.
_WEAKEST_FIRST = (Verification.UNVERIFIED, Verification.SECONDARY, Verification.SOURCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """The hazards that one day adds, and how that is known."""

    starts_on: date
    adds: tuple[Hazard, ...]
    verification: Verification
    sources: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def in_phases(version: Version, phases: tuple[Phase, ...], until: date | None) -> Iterator[Version]:
    """The version as it stands from each phase's day, up to the next version's."""
    days = {max(phase.starts_on, version.starts_on) for phase in phases}
    for day in sorted(days):
        if until is None or day < until:
            yield _on(version, tuple(p for p in phases if p.starts_on <= day), phases[0], day)


def _on(version: Version, reached: tuple[Phase, ...], first: Phase, day: date) -> Version:
    """The version on a day on which these phases have begun."""
    hazards = tuple(hazard for phase in reached for hazard in phase.adds)
    only_in_emergencies = tuple(h for h in version.applies.emergency_hazards if h not in hazards)
    rules = [FreshReportNeeded(hazards=p.adds, told_from=p.starts_on) for p in reached]
    if only_in_emergencies:
        rules.append(FreshReportNeeded(hazards=only_in_emergencies, told_from=first.starts_on))
    return replace(
        version,
        starts_on=day,
        verification=_weakest((version, *reached)),
        sources=tuple(dict.fromkeys((*version.sources, *_sources(reached)))),
        applies=replace(version.applies, significant_hazards=hazards),
        doubts=(*version.doubts, *(d for phase in reached for d in phase.doubts)),
        earlier_reports=tuple(rules),
        is_of_a_phase=day != version.starts_on,
    )


def _weakest(parts: tuple[Version | Phase, ...]) -> Verification:
    found = {part.verification for part in parts}
    return next(verification for verification in _WEAKEST_FIRST if verification in found)


def _sources(phases: tuple[Phase, ...]) -> Iterator[str]:
    return (source for phase in phases for source in phase.sources)
