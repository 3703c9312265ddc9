"""The letter after a date has passed: which letter, which dates, and what is asked again."""

from dataclasses import dataclass
from datetime import date

from letters.drafting.content import Column, Row, Table
from letters.drafting.particulars import Particulars
from letters.drafting.phrases import age_in_words, day_in_words, sentence, short_day
from letters.drafting.writing import Writing
from letters.law.periods import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A date that passed without word: what had to happen by then, and whether law set it."""

    requires: str
    due_on: date
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The letter before this one, with what was missed since, the earliest first."""

    written_on: date
    reference: str
    missed: tuple[Missed, ...]


def write_reminder(
    writing: Writing, earlier: Earlier, particulars: Particulars, *, hazards: str, day: date
) -> None:
    """The opening of a reminder, with the table of dates that have passed."""
    values = {
        "hazards": hazards,
        "patient": particulars.patient.name,
        "age": age_in_words(particulars.patient.date_of_birth, day),
        "earlier_on": day_in_words(earlier.written_on),
        "consented_on": short_day(particulars.permission.given_on),
    }
    writing.add("opening", values, facts=("earlier_letter",))
    writing.add(f"authority_{particulars.permission.given_by.value}", values, facts=("consent",))
    basis = {
        Basis.LAW: writing.line("basis_law"),
        Basis.SERVICE: writing.line("basis_service"),
    }
    rows = tuple(
        Row(
            id=f"missed.{number}",
            cells=(
                sentence(missed.requires).rstrip("."),
                day_in_words(missed.due_on),
                basis[missed.basis],
            ),
        )
        for number, missed in enumerate(earlier.missed, start=1)
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
