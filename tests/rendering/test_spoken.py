"""The letter for the ear: all of it, in order, and nothing that only an eye can read."""

import re
from dataclasses import replace

import pytest

from letters.drafting.content import Annex, Figure, HouseStyle, LetterContent, Picture, Span
from letters.rendering.errors import RenderingFailed
from letters.rendering.spoken import in_full, render
from letters.rendering.words import passages
from tests.rendering.samples import HOSTILE, LETTER, UNSIGNED, paragraph

ANNEXED = replace(
    LETTER,
    letterhead=replace(LETTER.letterhead, style=HouseStyle(footer=("Charity 0000000",))),
    annexes=(
        Annex(
            id="a",
            heading="Photographs",
            figures=(
                Figure(
                    id="a.1",
                    picture=Picture(
                        digest="0" * 64, media_type="image/jpeg", width=4, height=3, alt="A wall"
                    ),
                    caption="Photograph 1: bedroom",
                ),
            ),
        ),
    ),
)


def _expected(content: LetterContent) -> list[str]:
    """Every word of the letter as it is said, without the marks of lists."""
    unmarked = (re.sub(r"^(•|\d+\.) ", "", passage) for passage in passages(content))
    return [word for passage in unmarked for word in re.findall(r"\w+", in_full(passage))]


@pytest.mark.parametrize("content", [LETTER, UNSIGNED, HOSTILE, ANNEXED])
def test_every_word_is_said_in_order(content: LetterContent) -> None:
    said = iter(re.findall(r"\w+", render(content)))

    missing = [word for word in _expected(content) if word not in said]

    assert missing == []


@pytest.mark.parametrize("content", [LETTER, UNSIGNED, ANNEXED])
def test_nothing_is_drawn(content: LetterContent) -> None:
    assert not re.search(r"[|§½²≥≤%&•]|={2,}|-{2,}|_{2,}|\s{3,}", render(content))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("§ 9A and §§ 3\u20134", "section 9A and sections 3 to 4"),
        ("s. 11 and ss 3", "section 11 and sections 3"),
        ("Amina\u2019s 11 inhalers", "Amina\u2019s 11 inhalers"),
        ("Smith & Sons, c/o Bo", "Smith and Sons, care of Bo"),
        ("repair and/or replace; repair/replace", "repair and or replace; repair or replace"),
        ("SH/00417, km/h", "SH/00417, km/h"),
        ("2½ m² at ≥ 80%", "2 and a half square metres at least 80 per cent"),
        ("15 °C", "15 degrees Celsius"),
        ("mould, e.g. reg 3 and para. 2", "mould, for example regulation 3 and paragraph 2"),
    ],
)
def test_signs_are_said_in_words(written: str, said: str) -> None:
    assert in_full(written) == said


def test_the_reference_is_spelled_out() -> None:
    assert "One by one: H J P, 2 0 2 6, 0 0 4 2, A." in render(LETTER)


def test_a_table_is_read_row_by_row() -> None:
    said = render(LETTER)

    assert "Row 2 of 3. Room: Bathroom. What was found: Extractor fan does not run" in said
    assert "Each row says: Room; What was found; First reported; How we know." in said


def test_a_list_says_how_long_it_is() -> None:
    assert "A list with 3 points.\n\nPoint 1 of 3: four courses of steroid" in render(LETTER)


def test_a_panel_says_of_what_force_it_is() -> None:
    said = render(LETTER)

    assert "This part is about danger.\n\nEmergency: make the home safe within 24 hours." in said
    assert said.count("This part ends here.") == 3


def test_a_link_leads_to_the_end() -> None:
    said = render(LETTER)

    assert 'The words "legislation.gov.uk" are link 1.' in said
    assert said.endswith("Link 1: https://www.legislation.gov.uk/ukpga/1985/70\n")


def test_an_address_that_is_said_is_no_link() -> None:
    span = Span(text="bo@team.example", href="mailto:bo@team.example")
    letter = replace(LETTER, blocks=(paragraph("p", "Write to ", span, "."),))

    assert "link" not in render(letter).lower()


def test_a_picture_says_what_it_shows() -> None:
    said = render(ANNEXED)

    assert "Picture 1 of 1. It shows: A wall. Below it: Photograph 1: bedroom." in said


def test_a_language_without_a_voice_is_refused() -> None:
    with pytest.raises(RenderingFailed):
        render(replace(LETTER, language="cy"))
