"""One letter about several homes of one landlord, which names no patient and no home."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from letters.drafting.compose import Composition
from letters.drafting.content import (
    Column,
    Force,
    LetterContent,
    Letterhead,
    Mark,
    Row,
    SignOff,
    Table,
)
from letters.drafting.errors import TooFewHomes
from letters.drafting.particulars import Addressee, Clinician
from letters.drafting.phrases import day_in_words, in_one_piece, sentence, short_day
from letters.drafting.stages import Stage
from letters.drafting.trace import Trace
from letters.drafting.vocabulary import DataItem
from letters.drafting.wording import Wording
from letters.drafting.writing import Writing
from letters.law.hazards import Hazard

# Fewer homes than this and a reader could tell who is meant; the service's own choice.
LEAST_HOMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeReported:
    """One home about which a letter has gone to this landlord, without a word of whose it is."""

    hazards: frozenset[Hazard]
    written_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioBrief:
    """What a letter about several homes is made from; `homes` are different homes of one landlord,
    each told of in a letter that was sent."""

    homes: tuple[HomeReported, ...]
    letterhead: Letterhead
    signatory: Clinician
    landlord: Addressee
    reference: str
    day: date
    mark: Mark
    law_digest: str
    signed_on: date | None


def compose_portfolio(brief: PortfolioBrief, wording: Wording) -> Composition:
    """Write the letter; TooFewHomes where counts would point at somebody."""
    counted = _counted(brief.homes)
    if len(brief.homes) < LEAST_HOMES or not counted:
        raise TooFewHomes(LEAST_HOMES)
    writing = Writing(
        wording=wording.letters[Stage.PORTFOLIO],
        values={
            "day": day_in_words(brief.day),
            "count": str(len(brief.homes)),
            "since": short_day(min(home.written_on for home in brief.homes)),
            "least": str(LEAST_HOMES),
            "addressee": brief.landlord.department or brief.landlord.name,
            "telephone": in_one_piece(brief.letterhead.telephone),
        },
    )
    writing.add("opening", {})
    _write_homes(writing, counted)
    writing.panel("asked", Force.REQUEST, "requests_title", writing.passage("requests", {}))
    for name in ("law", "privacy"):
        writing.heading(f"{name}_title")
        writing.add(name, {})
    return Composition(
        content=_content(writing, brief),
        trace=Trace(
            jurisdiction=wording.jurisdiction,
            day=brief.day,
            law_digest=brief.law_digest,
            wording_digest=wording.digest,
            entries=tuple(writing.entries),
            left_out=(),
            for_adviser=(),
            questions=(),
            potential_emergencies=(),
            urgency=None,
        ),
        items=frozenset[DataItem](),
    )


def _counted(homes: Sequence[HomeReported]) -> tuple[tuple[Hazard, int, date], ...]:
    """Each hazard with its homes and the first report, where there are enough homes to count."""
    found = []
    for hazard in Hazard:
        with_it = [home for home in homes if hazard in home.hazards]
        if len(with_it) >= LEAST_HOMES:
            found.append((hazard, len(with_it), min(home.written_on for home in with_it)))
    return tuple(sorted(found, key=lambda each: (-each[1], each[0].value)))


def _write_homes(writing: Writing, counted: Sequence[tuple[Hazard, int, date]]) -> None:
    rows = tuple(
        Row(
            id=f"homes.{number}",
            cells=(sentence(hazard.label).rstrip("."), str(homes), short_day(first)),
        )
        for number, (hazard, homes, first) in enumerate(counted, start=1)
    )
    table = Table(
        id="homes",
        caption=writing.line("homes_caption"),
        columns=(
            Column(title=writing.line("column_hazard_alone"), width=50),
            Column(title=writing.line("column_homes"), width=20),
            Column(title=writing.line("column_first"), width=30),
        ),
        rows=rows,
    )
    writing.heading("homes_title")
    writing.blocks.append(writing.table(table, facts=("homes",)))


def _content(writing: Writing, brief: PortfolioBrief) -> LetterContent:
    landlord = brief.landlord
    lines = (landlord.name, landlord.department, *landlord.address)
    return LetterContent(
        language="en-GB",
        mark=brief.mark,
        letterhead=brief.letterhead,
        addressee=tuple(line for line in lines if line),
        written_on=brief.day,
        reference=brief.reference,
        heading=writing.line("heading"),
        subject=((writing.line("label_homes"), writing.line("subject_homes")),),
        salutation=writing.line("salutation"),
        blocks=tuple(writing.blocks),
        closing=writing.line("closing"),
        sign_off=SignOff(
            name=brief.signatory.name,
            role=brief.signatory.role,
            registration=brief.signatory.registration or None,
            signed_on=brief.signed_on,
        ),
        copies=(),
        enclosures=(),
        small_print=(writing.line("small_print"),),
    )
