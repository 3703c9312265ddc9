"""One letter in four formats: the same words, passage by passage, in the same order."""

from collections.abc import Iterable
from itertools import accumulate
from unicodedata import normalize

import pytest

from letters.drafting.content import LetterContent
from letters.rendering import html, pdf, text
from letters.rendering.pictures import NO_PICTURES, Pictures
from letters.rendering.unrolled import unrolled
from letters.rendering.word import docx
from letters.rendering.words import passages, words
from tests.golden.letters import LETTERS
from tests.rendering import random_contents
from tests.rendering.readers import blocks_of_docx, tagged_text, words_of_html, words_of_text

RANDOM = 500
AT_ONCE = 25


def packed(said: Iterable[str]) -> str:
    """Without spaces: lines break, and PDF has no space at the end of a line. A font may draw an
    accent apart from its letter, and PDFium spells "№" out."""
    return "".join(normalize("NFKC", "".join(each.split())) for each in said)


def starts(said: Iterable[str]) -> set[int]:
    """Where each passage begins, counted in signs."""
    return set(accumulate((len(packed([each])) for each in said), initial=0))


def refuse_difference(content: LetterContent, pictures: Pictures = NO_PICTURES) -> None:
    expected = passages(content)
    printed = [leaf.text for leaf in tagged_text(pdf.render(content, pictures))]
    word = blocks_of_docx(docx.render(content, pictures))

    assert packed(printed) == packed(expected)
    assert starts(expected) <= starts(printed)
    assert packed(word) == packed(expected)
    assert starts(expected) <= starts(word)
    assert words_of_html(html.render(content)) == words(content)
    assert words_of_text(text.render(content)) == words(unrolled(content))


@pytest.mark.parametrize("name", LETTERS)
def test_golden_letter_is_the_same_in_every_format(name: str) -> None:
    refuse_difference(LETTERS[name]().content)


@pytest.mark.no_cover  # they take the ways that the golden letters take; it is slow
@pytest.mark.parametrize("first", range(0, RANDOM, AT_ONCE))
def test_random_letter_is_the_same_in_every_format(first: int) -> None:
    for number in range(first, first + AT_ONCE):
        refuse_difference(random_contents.content_of(number), random_contents.pictures())
