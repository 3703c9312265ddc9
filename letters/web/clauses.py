"""Which law a letter tells of, why, and what of it a person may leave out."""

from dataclasses import dataclass
from datetime import datetime

from letters.access.models import User
from letters.issuing.clauses import ClauseLeftOut, left_out_of
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.sources import library
from letters.law.grounds import Strength
from letters.web.reading import CitedReason, reasons_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A provision that the letter tells of. `asks` are the open questions that would decide it."""

    provision_id: str
    law: CitedReason
    is_locked: bool
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutOfLetter:
    """A provision that somebody left out."""

    row: ClauseLeftOut
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClausePage:
    """What stands in the letter first; `is_open` while it can still be changed."""

    letter: Letter
    clauses: tuple[Clause, ...]
    left_out: tuple[OutOfLetter, ...]
    is_open: bool
    blocked_by: str


def clause_page_of(letter: Letter, *, by: User, at: datetime) -> ClausePage:
    """Each provision once, what is locked first, in the order in which the letter tells of it."""
    reasons = reasons_of(letter, by=by, at=at)
    told: dict[str, list[CitedReason]] = {}
    for passage in reasons.passages:
        for each in passage.provisions:
            told.setdefault(each.cited.provision_id, []).append(each)
    clauses = [
        Clause(
            provision_id=provision_id,
            law=found[0],
            is_locked=any(each.cited.strength is Strength.APPLIES for each in found),
            asks=tuple(
                question.asks
                for question in reasons.trace.questions
                if provision_id in question.provision_ids
            ),
        )
        for provision_id, found in told.items()
    ]
    nation = reasons.trace.jurisdiction
    return ClausePage(
        letter=letter,
        clauses=tuple(sorted(clauses, key=lambda clause: not clause.is_locked)),
        left_out=tuple(
            OutOfLetter(row=row, citation=library().provision(nation, row.provision_id).citation)
            for row in left_out_of(letter)
        ),
        is_open=letter.status == LetterStatus.DRAFT,
        blocked_by=reasons.blocked_by,
    )
