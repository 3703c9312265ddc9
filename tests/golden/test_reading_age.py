"""A patient of eleven, or a parent who reads as one, can read the patient's own copy."""

import re
from collections.abc import Iterable, Iterator

import pytest

from letters.drafting.content import Block, Item, ItemList, Panel, Paragraph
from tests.golden.letters import LETTERS
from tests.reading_age import ELEVEN_YEARS, grade, syllables_of

COPIES = [name for name in LETTERS if name.split("/")[1].startswith("patient_copy")]
# names, numbers and addresses are what they are; each is read as one short word
_NAMED = (
    r"\S+@\S+\.example",
    r"(?:\d[\d ]{6,}\d)",
    r"(?:\w+day )?\d{1,2} [A-Z][a-z]+ \d{4}",
    r"(?:[A-Z][\w']+ )*[A-Z][\w']+ \(invented\)",
)
ONE_SENTENCE = ELEVEN_YEARS + 1  # a short one swings by a single long word
LEGAL = (
    "A landlord's failure to complete the prescribed remedial works within the statutory period "
    "constitutes a contravention of the implied covenant, whatever the contract may provide."
)


def _plain(block: Paragraph | Item) -> str:
    text = "".join(span.text for span in block.spans).replace("\N{NO-BREAK SPACE}", " ")
    for name in _NAMED:
        text = re.sub(name, "them", text)
    return text


def _passages(blocks: Iterable[Block]) -> Iterator[str]:
    """Every paragraph and item; a heading is no sentence, and a table is names and days."""
    for block in blocks:
        if isinstance(block, Panel):
            yield from _passages(block.blocks)
        elif isinstance(block, ItemList):
            yield from (_plain(item) for item in block.items)
        elif isinstance(block, Paragraph):
            yield _plain(block)


def test_there_is_a_copy_in_every_nation() -> None:
    assert {name.split("/")[0] for name in COPIES} == {name.split("/")[0] for name in LETTERS}


@pytest.mark.parametrize("name", COPIES)
def test_a_child_of_eleven_can_read_the_patients_copy(name: str) -> None:
    passages = list(_passages(LETTERS[name]().content.blocks))

    hard = {passage: grade(passage) for passage in passages if grade(passage) > ONE_SENTENCE}
    assert hard == {}
    assert 0 < grade(" ".join(passages)) <= ELEVEN_YEARS


def test_a_sentence_of_law_is_too_hard() -> None:
    assert grade(LEGAL) > 2 * ELEVEN_YEARS


def test_a_sentence_of_law_is_found_behind_an_easy_one() -> None:
    assert grade(f"We wrote to them. {LEGAL}") > ONE_SENTENCE


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("home", 1),
        ("asked", 1),
        ("needed", 2),
        ("people", 2),
        ("area", 2),
        ("identify", 4),
        ("table", 2),
        ("landlord's", 2),
        ("investigation", 5),
    ],
)
def test_syllables_of_a_word(word: str, count: int) -> None:
    assert syllables_of(word) == count
