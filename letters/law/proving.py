"""Holds worked cases against the engine: does it say what was written?"""

from collections.abc import Collection, Iterator
from datetime import date

from letters.law.cases import DueCase, Expected, LawCase
from letters.law.errors import LawError
from letters.law.grounds import Grounds, Strength, grounds_for
from letters.law.library import Library
from letters.law.periods import day_in_words, due
from letters.law.provision import Provision, Version
from letters.law.working_days import WorkingDays

_OF_ADVISER = {
    Strength.APPLIES: Expected.ADVISER_ONLY,
    Strength.MAY_APPLY: Expected.ADVISER_MAY_APPLY,
}


def said_otherwise(case: LawCase, library: Library) -> tuple[str, ...]:
    """Everything in which the engine answers otherwise than the case says; empty where it holds."""
    grounds = grounds_for(case.facts, case.day, library)
    return (*_of_outcome(case, grounds), *_of_due(case, library))


def version_on(provision: Provision, day: date) -> Version | None:
    """The version with which a case of the day is read; None once the provision is no law. A case
    before the first version is read with it, since it says why that day is its start."""
    if provision.ends_on is not None and day >= provision.ends_on:
        return None
    begun = [version for version in provision.versions if version.starts_on <= day]
    return next(iter([*reversed(begun), *provision.versions]), None)


def _of_outcome(case: LawCase, grounds: Grounds) -> Iterator[str]:
    found = _found(grounds, case.provision_id)
    reasons = [out.reason for out in grounds.left_out if out.provision_id == case.provision_id]
    given = " | ".join(reasons)
    if found is not case.expect:
        yield f"it {found.label}{f' ({given})' if given else ''}, and not: {case.expect.label}"
    if case.reason not in given:
        yield f'the reason is "{given}", and does not hold "{case.reason}"'
    asked = {q.fact for q in grounds.questions if case.provision_id in q.provision_ids}
    if asked != set(case.asks):
        yield f"it asks about {_named(asked)}, and not: {_named(case.asks)}"
    lacking = set(case.doubts) - _doubts(grounds, case.provision_id)
    if lacking:
        yield f"it does not show the doubt {_named(lacking)}"


def _found(grounds: Grounds, provision_id: str) -> Expected:
    applying = {g.provision_id: Expected(g.strength.value) for g in grounds.applying}
    adviser = {g.provision_id: _OF_ADVISER[g.strength] for g in grounds.for_adviser}
    return {**applying, **adviser}.get(provision_id, Expected.LEFT_OUT)


def _doubts(grounds: Grounds, provision_id: str) -> set[str]:
    both = (*grounds.applying, *grounds.for_adviser)
    return {doubt.id for g in both if g.provision_id == provision_id for doubt in g.doubts}


def _named(names: Collection[str]) -> str:
    return ", ".join(sorted(name.replace("_", " ") for name in names)) or "nothing"


def _of_due(case: LawCase, library: Library) -> Iterator[str]:
    for expected in case.due:
        try:
            yield from _of_period(case, expected, library)
        except LawError as refusal:
            yield f"{expected.period}: {refusal}"


def _of_period(case: LawCase, expected: DueCase, library: Library) -> Iterator[str]:
    version = library.provision(case.jurisdiction, case.provision_id).on(case.day)
    period = next((p for p in version.periods if p.id == expected.period), None)
    if period is None:
        yield f"there is no period {expected.period}"
        return
    end = due(period, expected.started_at, WorkingDays.of(case.jurisdiction))
    if end.due_on != expected.due_on:
        told, written = day_in_words(end.due_on), day_in_words(expected.due_on)
        yield f"{expected.period} ends on {told}, and not on {written}"
    elif expected.due_at not in (None, end.due_at):
        yield f"{expected.period} ends at {end.due_at.isoformat()}, not at the moment written"
