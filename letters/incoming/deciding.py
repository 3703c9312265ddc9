"""Which cases a message belongs to, from the marks it bears: certain, or a person's to say.

Plain ids in, plain ids out. A mark is a set of cases: those whose token stands in an address that
the message was sent to, those that the message it answers was about, and so on. Marks that
contradict each other decide nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

Cases = frozenset[UUID]
MOST_CASES: Final = 10
MOST_SUGGESTIONS: Final = 8


class Mark(StrEnum):
    """What can tie a message to a case, the strongest first."""

    REPORT = "report"
    TOKEN = "token"  # noqa: S105 - a kind of mark
    ANSWERS = "answers"
    SAID = "said"
    THREAD = "thread"
    QUOTED = "quoted"
    SENDER = "sender"
    WROTE_BEFORE = "wrote_before"


# Marks that nobody leaves by mistake; the rest only suggest.
_CERTAIN = (Mark.REPORT, Mark.TOKEN, Mark.ANSWERS, Mark.SAID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`links` are certain; `suggestions` are for a person, the likeliest first. `note` is a key
    that says why nothing was certain."""

    links: tuple[tuple[UUID, Mark], ...] = ()
    suggestions: tuple[tuple[UUID, Mark], ...] = ()
    note: str = ""


def decide(marks: Mapping[Mark, Cases], partnerships: Mapping[UUID, UUID]) -> Decision:
    """Every case that a certain mark names, if all of them agree; else suggestions."""
    found = {mark: marks[mark] for mark in Mark if marks.get(mark)}
    chosen, note = _chosen(found)
    if len(chosen) > MOST_CASES:
        chosen, note = {}, "too_many_cases"
    if len({partnerships[case] for case in chosen}) > 1:
        chosen, note = {}, "several_partnerships"
    return Decision(
        links=tuple(chosen.items()),
        suggestions=_suggested(found, without=frozenset(chosen)),
        note="" if chosen else note,
    )


def _chosen(found: Mapping[Mark, Cases]) -> tuple[dict[UUID, Mark], str]:
    """What the certain marks say together, and why they say nothing."""
    certain = {mark: found[mark] for mark in _CERTAIN if mark in found}
    if not certain:
        return _from_the_rest(found)
    if any(one.isdisjoint(other) for one in certain.values() for other in certain.values()):
        return {}, "marks_disagree"
    named: dict[UUID, Mark] = {}
    for mark, cases in certain.items():
        for case in sorted(cases):
            named.setdefault(case, mark)
    # What it quotes is about something else altogether: an old thread under a new address.
    for mark in (Mark.THREAD, Mark.QUOTED):
        if mark in found and found[mark].isdisjoint(named):
            return {}, "marks_disagree"
    return named, ""


def _from_the_rest(found: Mapping[Mark, Cases]) -> tuple[dict[UUID, Mark], str]:
    """A thread or a quoted reference decides where it names one case and the other agrees."""
    named = {mark: found[mark] for mark in (Mark.THREAD, Mark.QUOTED) if mark in found}
    everything = frozenset[UUID]().union(*named.values())
    if len(everything) == 1:
        return {next(iter(everything)): next(iter(named))}, ""
    return {}, "several_cases" if everything else "no_mark"


def _suggested(found: Mapping[Mark, Cases], *, without: Cases) -> tuple[tuple[UUID, Mark], ...]:
    """Each case once, under the strongest mark that names it."""
    named: dict[UUID, Mark] = {}
    for mark, cases in found.items():
        for case in sorted(cases - without):
            named.setdefault(case, mark)
    return tuple(named.items())[:MOST_SUGGESTIONS]
