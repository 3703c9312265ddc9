"""Why each paragraph stands in a letter: its wording, the law and the facts that brought it in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from letters.drafting.urgency import Urgency
from letters.law.emergencies import PotentialEmergency
from letters.law.grounds import Ground, Grounds, LeftOut, Question, Strength
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A provision as a paragraph relies on it; `doubts` are in words, for a reviewer."""

    provision_id: str
    version_starts_on: date
    strength: Strength
    verification: Verification
    because: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceEntry:
    """One block of the letter: the passage it was made from and what it rests on."""

    block_id: str
    passage: str
    facts: tuple[str, ...]
    provisions: tuple[Cited, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The whole reasoning behind one letter. It may hold what the letter must not say: it is for
    those who work on the case, and never goes out with the letter."""

    jurisdiction: Jurisdiction
    day: date
    law_digest: str
    wording_digest: str
    entries: tuple[TraceEntry, ...]
    left_out: tuple[LeftOut, ...]
    for_adviser: tuple[Cited, ...]
    questions: tuple[Question, ...]
    potential_emergencies: tuple[PotentialEmergency, ...]
    urgency: Urgency | None  # None: of no one case, or written before there were tiers


def cited(grounds: Iterable[Ground]) -> tuple[Cited, ...]:
    """The grounds as a paragraph's trace names them."""
    return tuple(
        Cited(
            provision_id=ground.provision_id,
            version_starts_on=ground.version_starts_on,
            strength=ground.strength,
            verification=ground.verification,
            because=tuple(fact.label for fact in ground.because),
            doubts=tuple(f"{doubt.id}: {doubt.says}" for doubt in ground.doubts),
        )
        for ground in grounds
    )


def trace_of(
    grounds: Grounds, entries: Iterable[TraceEntry], *, wording_digest: str, urgency: Urgency
) -> Trace:
    """The entries with what was considered and left out beside them."""
    return Trace(
        jurisdiction=grounds.jurisdiction,
        day=grounds.day,
        law_digest=grounds.law_digest,
        wording_digest=wording_digest,
        entries=tuple(entries),
        left_out=grounds.left_out,
        for_adviser=cited(grounds.for_adviser),
        questions=grounds.questions,
        potential_emergencies=grounds.potential_emergencies,
        urgency=urgency,
    )
