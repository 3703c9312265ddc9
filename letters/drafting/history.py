"""What has happened so far, as a letter tells it: by date, each with what is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from letters.drafting.content import Column, Row, Table
from letters.drafting.particulars import HousingCondition
from letters.drafting.phrases import day_in_words, sentence, short_day
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Happening
from letters.drafting.writing import Writing
from letters.law.periods import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A date that passed without word: what had to happen by then, whether law set it, and whether
    that law is certain to apply."""

    requires: str
    due_on: date
    basis: Basis
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened; `says` may be ''."""

    on: date
    what: Happening
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The letter that this one follows, what was missed since, and everything else that happened,
    each with the earliest first."""

    stage: Stage
    written_on: date
    reference: str
    addressee: str
    written_by: str  # the team and organisation
    missed: tuple[Missed, ...]
    history: tuple[Happened, ...]


def write_missed(writing: Writing, missed: Iterable[Missed]) -> None:
    """The table of dates that have passed, which does not say that nothing was done, and says of
    law that only may apply no more than that."""
    may_apply = writing.line("basis_may_apply")
    basis = {
        Basis.LAW: writing.line("basis_law"),
        Basis.PROCEDURE: writing.line("basis_procedure"),
        Basis.SERVICE: writing.line("basis_service"),
    }
    rows = tuple(
        Row(
            id=f"missed.{number}",
            cells=(
                sentence(each.requires).rstrip("."),
                day_in_words(each.due_on),
                basis[each.basis] if each.is_certain else may_apply,
            ),
        )
        for number, each in enumerate(missed, start=1)
    )
    table = Table(
        id="missed",
        caption=writing.line("missed_caption"),
        columns=(
            Column(title=writing.line("column_required"), width=48),
            Column(title=writing.line("column_due"), width=32),
            Column(title=writing.line("column_basis"), width=20),
        ),
        rows=rows,
    )
    writing.blocks.append(writing.table(table, facts=("deadlines",)))
    writing.add("not_told", {})


def write_history(
    writing: Writing, earlier: Earlier | None, conditions: Iterable[HousingCondition]
) -> None:
    """The chronology: what is known to have been told, what passed, and what else happened. Nothing
    is said where nothing is known."""
    found = sorted((*_of_earlier(earlier), *_told(conditions)), key=lambda each: each.on)
    if not found:
        return
    writing.heading("history_title")
    rows = tuple(
        Row(id=f"history.{number}", cells=(short_day(each.on), _what(each)))
        for number, each in enumerate(found, start=1)
    )
    table = Table(
        id="history",
        caption=writing.line("history_caption"),
        columns=(
            Column(title=writing.line("column_date"), width=28),
            Column(title=writing.line("column_happened"), width=72),
        ),
        rows=rows,
    )
    writing.blocks.append(writing.table(table, facts=("deadlines", "earlier_letter")))


def _of_earlier(earlier: Earlier | None) -> Iterable[Happened]:
    if earlier is None:
        return
    yield from earlier.history
    for missed in earlier.missed:
        yield Happened(on=missed.due_on, what=Happening.DATE_MISSED, says=missed.requires)


def _told(conditions: Iterable[HousingCondition]) -> Iterable[Happened]:
    for condition in conditions:
        if condition.landlord_told_on is not None:
            words = condition.hazard.label
            if condition.landlord_response.strip():
                words = f"{words}. {sentence(condition.landlord_response)}"
            yield Happened(on=condition.landlord_told_on, what=Happening.TOLD, says=words)


def _what(each: Happened) -> str:
    if not each.says.strip():
        return sentence(each.what.label)
    said = each.says.strip()
    return f"{each.what.label}: {said if said.endswith(('.', '!', '?')) else f'{said}.'}"
