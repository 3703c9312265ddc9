"""Photographs and enclosures of a letter: captions, numbers, and consent to them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from letters.drafting.annexes import MOST_PHOTOGRAPHS
from letters.drafting.compose import Composition, compose
from letters.drafting.content import Picture
from letters.drafting.errors import MayNotBeSaid, NotConsented, TooManyPhotographs
from letters.drafting.particulars import Enclosed, Photograph
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import DataItem, TakenBy
from letters.law.hazards import Hazard
from tests.drafting.case_files import (
    DAY,
    Json,
    all_text,
    brief_of,
    example,
    with_landlord_told,
    wording,
)

EVERYTHING = [item.value for item in DataItem]


def photograph(
    shows: str = "Black mould above the bed",
    *,
    room: str = "bedroom",
    hazard: Hazard | None = Hazard.DAMP_AND_MOULD,
    taken_on: date | None = date(2026, 7, 3),
    taken_by: TakenBy = TakenBy.TENANT,
) -> Photograph:
    picture = Picture(digest="0" * 64, media_type="image/jpeg", width=1600, height=1200, alt=shows)
    return Photograph(
        picture=picture, room=room, hazard=hazard, taken_on=taken_on, taken_by=taken_by
    )


def composed(
    *photographs: Photograph,
    enclosed: tuple[Enclosed, ...] = (),
    told: list[str] = EVERYTHING,
    **other: Any,
) -> Composition:
    document: Json = with_landlord_told(example(), told)
    brief = brief_of(document, day=DAY, stage=Stage.FIRST_LETTER)
    particulars = replace(brief.particulars, photographs=photographs, enclosed=enclosed, **other)
    return compose(replace(brief, particulars=particulars), wording(brief.facts.jurisdiction))


def caption(one: Photograph) -> str:
    (annex,) = composed(one).content.annexes
    return annex.figures[0].caption.replace("\N{NO-BREAK SPACE}", " ")


def test_a_letter_without_photographs_has_no_annex() -> None:
    made = composed()

    assert made.content.annexes == ()
    assert DataItem.PHOTOGRAPHS not in made.items


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (photograph(), "Black mould above the bed, bedroom. Taken on 3 July 2026 by the tenant."),
        (photograph("mould.", room=""), "Mould. Taken on 3 July 2026 by the tenant."),
        (
            photograph(taken_on=None),
            "Black mould above the bed, bedroom. Taken by the tenant; it is not known when.",
        ),
        (
            photograph(taken_by=TakenBy.NOT_KNOWN),
            "Black mould above the bed, bedroom. Taken on 3 July 2026; it is not known by whom.",
        ),
        (
            photograph(taken_by=TakenBy.NOT_KNOWN, taken_on=None),
            "Black mould above the bed, bedroom. It is not known when it was taken, or by whom.",
        ),
    ],
)
def test_caption_of_a_photograph(one: Photograph, says: str) -> None:
    assert caption(one) == f"Photograph 1: {says}"


def test_dates_and_numbers_of_captions_are_never_broken() -> None:
    (annex,) = composed(photograph()).content.annexes

    assert "3\N{NO-BREAK SPACE}July\N{NO-BREAK SPACE}2026" in annex.figures[0].caption
    assert annex.figures[0].caption.startswith("Photograph\N{NO-BREAK SPACE}1:")


def test_photographs_are_numbered_in_order_and_listed() -> None:
    others = photograph("Peeling paper", hazard=None), photograph("A wet wall")

    made = composed(photograph(), *others)

    text = all_text(made.content)
    assert [f.id for f in made.content.annexes[0].figures] == [
        f"photographs.{n}" for n in (1, 2, 3)
    ]
    assert made.content.enclosures[-1].replace("\N{NO-BREAK SPACE}", " ") == "Photographs 1 to 3"
    assert "See photographs 1 and 3." in text
    assert any(entry.block_id == "photographs" for entry in made.trace.entries)


def test_enclosures_follow_the_photographs() -> None:
    report = Enclosed(name="Inspection report", tells=frozenset({DataItem.HOUSING_CONDITIONS}))

    made = composed(photograph(), enclosed=(report,))

    assert made.content.enclosures == ("Photograph\N{NO-BREAK SPACE}1", "Inspection report")


def test_twelve_photographs_and_no_more() -> None:
    made = composed(*[photograph()] * MOST_PHOTOGRAPHS)

    assert len(made.content.annexes[0].figures) == MOST_PHOTOGRAPHS
    with pytest.raises(TooManyPhotographs):
        composed(*[photograph()] * (MOST_PHOTOGRAPHS + 1))


def test_photographs_without_consent_are_refused_not_left_out() -> None:
    told = [item for item in EVERYTHING if item != "photographs"]

    with pytest.raises(NotConsented) as refused:
        composed(photograph(), told=told)

    assert refused.value.item == "photographs"


def test_an_enclosure_that_tells_more_than_was_agreed() -> None:
    clinic_letter = Enclosed(name="Clinic letter", tells=frozenset({DataItem.EXACERBATIONS}))

    with pytest.raises(NotConsented):
        composed(enclosed=(clinic_letter,), told=["housing_conditions", "diagnosis"])


def test_what_a_letter_tells_counts_photographs_and_enclosures() -> None:
    told = ["housing_conditions", "photographs", "opinion"]
    letter = Enclosed(name="Clinic letter", tells=frozenset({DataItem.OPINION}))

    made = composed(photograph(), enclosed=(letter,), told=told, opinion=None)

    assert {DataItem.PHOTOGRAPHS, DataItem.OPINION} <= made.items


def test_a_caption_may_not_say_what_a_clinician_may_not() -> None:
    with pytest.raises(MayNotBeSaid):
        composed(photograph("Mould that is the landlord's fault"))
