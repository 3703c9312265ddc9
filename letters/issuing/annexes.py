"""The photographs and documents that were chosen for a letter, as its text needs them."""

from dataclasses import dataclass

from letters.cases.models import Case
from letters.drafting import particulars as said
from letters.drafting.vocabulary import DataItem, TakenBy
from letters.evidence.errors import NotDescribed
from letters.evidence.models import Enclosure, Photograph
from letters.evidence.queries import latest_copy
from letters.issuing.errors import ChosenIsGone
from letters.issuing.models import Letter, LetterEnclosure, LetterPhotograph
from letters.law.hazards import Hazard
from letters.rendering.pictures import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Annexed:
    """What goes with a letter, in order."""

    photographs: tuple[said.Photograph, ...] = ()
    enclosed: tuple[said.Enclosed, ...] = ()


NOTHING = Annexed()


def annexed_to(letter: Letter) -> Annexed:
    """As they are now; refuses what was removed since it was chosen, or never described."""
    return Annexed(
        photographs=tuple(_photograph(each) for each in photographs_chosen_for(letter)),
        enclosed=tuple(_enclosed(each) for each in enclosures_chosen_for(letter)),
    )


def photographs_chosen_for(letter: Letter) -> tuple[Photograph, ...]:
    """In the order in which the letter prints them."""
    rows = LetterPhotograph.objects.filter(letter=letter).order_by("position")
    rows = rows.select_related("photograph__hazard_report").defer("photograph__original")
    return tuple(row.photograph for row in rows)


def enclosures_chosen_for(letter: Letter) -> tuple[Enclosure, ...]:
    """In the order in which the letter lists them."""
    rows = LetterEnclosure.objects.filter(letter=letter).order_by("position")
    rows = rows.select_related("enclosure")
    rows = rows.defer("enclosure__original", "enclosure__pdf")
    return tuple(row.enclosure for row in rows)


def choose(letter: Letter, *, photographs: list[Photograph], enclosures: list[Enclosure]) -> None:
    """Put these in place of what was chosen before; the caller holds the letter's lock."""
    chosen: list[Photograph | Enclosure] = [*photographs, *enclosures]
    for each in chosen:
        _refuse_strange(each, letter.case)
    LetterPhotograph.objects.filter(letter=letter).delete()
    LetterPhotograph.objects.bulk_create(
        LetterPhotograph(letter=letter, photograph=photograph, position=position)
        for position, photograph in enumerate(dict.fromkeys(photographs), start=1)
    )
    LetterEnclosure.objects.filter(letter=letter).delete()
    LetterEnclosure.objects.bulk_create(
        LetterEnclosure(
            letter=letter, enclosure=each, position=position, pdf_digest=each.pdf_digest
        )
        for position, each in enumerate(dict.fromkeys(enclosures), start=1)
    )


def _refuse_strange(each: Photograph | Enclosure, case: Case) -> None:
    if each.case_id != case.pk or each.removed_at is not None:
        raise ChosenIsGone


def _photograph(row: Photograph) -> said.Photograph:
    if row.removed_at is not None:
        raise ChosenIsGone
    if not row.is_described:
        raise NotDescribed
    return said.Photograph(
        picture=named(latest_copy(row), alt=row.shows),
        room=row.room,
        hazard=Hazard(row.hazard_report.hazard) if row.hazard_report else None,
        taken_on=row.taken_on,
        taken_by=TakenBy(row.taken_by),
    )


def _enclosed(row: Enclosure) -> said.Enclosed:
    if row.removed_at is not None:
        raise ChosenIsGone
    return said.Enclosed(name=row.name, tells=frozenset(DataItem(item) for item in row.tells))
