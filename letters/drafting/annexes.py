"""What goes with a letter: its photographs, with what stands below each, and its enclosures."""

from collections.abc import Sequence

from letters.drafting.content import Annex, Figure
from letters.drafting.errors import TooManyPhotographs
from letters.drafting.particulars import Enclosed, Particulars, Photograph
from letters.drafting.phrases import listed, sentence, short_day
from letters.drafting.vocabulary import DataItem, TakenBy
from letters.law.hazards import Hazard

MOST_PHOTOGRAPHS = 12  # more make a letter that nobody reads to its end
_FIXED = "\N{NO-BREAK SPACE}"


def refuse_too_many(photographs: Sequence[Photograph]) -> None:
    if len(photographs) > MOST_PHOTOGRAPHS:
        raise TooManyPhotographs(MOST_PHOTOGRAPHS)


def annexes_of(particulars: Particulars) -> tuple[Annex, ...]:
    """The photographs in the order in which they were chosen; no annex where there is none."""
    figures = tuple(
        Figure(
            id=f"photographs.{number}",
            picture=photograph.picture,
            caption=_caption(number, photograph),
        )
        for number, photograph in enumerate(particulars.photographs, start=1)
    )
    return (Annex(id="photographs", heading="Photographs", figures=figures),) if figures else ()


def enclosures_of(particulars: Particulars) -> tuple[str, ...]:
    """As the letter lists them: the photographs of the annex first."""
    count = len(particulars.photographs)
    photographs = (_numbered(1, count),) if count else ()
    return (*photographs, *(enclosed.name for enclosed in particulars.enclosed))


def told_by(enclosed: Sequence[Enclosed]) -> frozenset[DataItem]:
    """What the enclosures tell, each of which consent must cover."""
    return frozenset(item for each in enclosed for item in each.tells)


def seen_in(particulars: Particulars, hazard: Hazard) -> str:
    """ " See photographs 1 and 3." for the hazards that photographs show, '' for the others."""
    numbers = [
        str(number)
        for number, photograph in enumerate(particulars.photographs, start=1)
        if photograph.hazard is hazard
    ]
    if not numbers:
        return ""
    name = "photograph" if len(numbers) == 1 else "photographs"
    return f" See {name}{_FIXED}{listed(numbers)}."


def _numbered(first: int, last: int) -> str:
    if first == last:
        return f"Photograph{_FIXED}{first}"
    return f"Photographs{_FIXED}{first} to{_FIXED}{last}"


def _caption(number: int, photograph: Photograph) -> str:
    """ "Photograph 1: black mould above the bed, bedroom. Taken on 3 July 2026 by the tenant." """
    what = photograph.picture.alt.strip().rstrip(".")
    where = f", {photograph.room}" if photograph.room else ""
    return f"{_numbered(number, number)}: {sentence(f'{what}{where}')} {_taken(photograph)}"


def _taken(photograph: Photograph) -> str:
    day, by = photograph.taken_on, photograph.taken_by
    if by is TakenBy.NOT_KNOWN:
        if day is None:
            return "It is not known when it was taken, or by whom."
        return f"Taken on {short_day(day)}; it is not known by whom."
    if day is None:
        return f"Taken by {by.label}; it is not known when."
    return f"Taken on {short_day(day)} by {by.label}."
