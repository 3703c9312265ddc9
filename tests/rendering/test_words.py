"""Every format says the same words, in the same order, whatever the words are."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.drafting.content import Heading, LetterContent, ListKind
from letters.rendering import html, pdf, text
from letters.rendering.word import docx
from letters.rendering.words import words
from tests.rendering import samples
from tests.rendering.readers import (
    tagged_text,
    unrolled,
    words_of_docx,
    words_of_html,
    words_of_text,
)

LETTERS = [
    pytest.param(samples.LETTER, id="letter"),
    pytest.param(samples.UNSIGNED, id="preview"),
    pytest.param(samples.DEMONSTRATION, id="demonstration"),
    pytest.param(samples.HOSTILE, id="hostile"),
]


def compact(said: Iterable[str]) -> str:
    """Without spaces, as lines break inside long words, and without the one table head that
    stands again at the top of each page."""
    return "".join(said).replace("NumberWhatWho", "")


@pytest.mark.parametrize("content", LETTERS)
def test_text_says_the_words(content: LetterContent) -> None:
    assert words_of_text(text.render(content)) == words(unrolled(content))


@pytest.mark.parametrize("content", LETTERS)
def test_html_says_the_words(content: LetterContent) -> None:
    assert words_of_html(html.render(content)) == words(content)


@pytest.mark.parametrize("content", LETTERS)
def test_word_says_the_words(content: LetterContent) -> None:
    assert words_of_docx(docx.render(content)) == words(content)


@pytest.mark.parametrize("content", LETTERS)
def test_pdf_says_the_words(content: LetterContent) -> None:
    read = "".join(leaf.text for leaf in tagged_text(pdf.render(content)))

    assert compact(read.split()) == compact(words(content))


def test_words_hold_every_text_of_the_letter() -> None:
    said = " ".join(words(samples.LETTER))

    for part in ("GMC 7000000", "Photographs 1 to 3", "ODS code ZZ901", "2. Remove the mould"):
        assert part in said


def with_everywhere(anything: str) -> LetterContent:
    """A small letter with this text in each kind of place."""
    return replace(
        samples.LETTER,
        addressee=(anything,),
        reference=anything,
        heading=anything,
        subject=((anything, anything),),
        salutation=anything,
        closing=anything,
        copies=(anything,),
        small_print=(anything,),
        sign_off=replace(samples.LETTER.sign_off, name=anything),
        letterhead=replace(samples.LETTERHEAD, organisation=anything, address=(anything,)),
        blocks=(
            Heading(id="h", text=anything, level=2),
            samples.paragraph("p", anything, samples.strong(anything)),
            samples.item_list("l", ListKind.NUMBERED, anything),
            samples.table("t", anything, {anything: 100}, ((anything,),)),
            replace(
                samples.REQUEST,
                title=anything,
                blocks=(samples.item_list("pl", ListKind.BULLETED, anything),),
            ),
        ),
    )


AWKWARD = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("<>&'\"{}%#_=\n\t\r -.•"))
)


@settings(max_examples=150, deadline=None)
@given(AWKWARD)
def test_any_text_comes_out_the_same(anything: str) -> None:
    content = with_everywhere(f"x{anything}")  # "x": a text of dashes alone reads like a rule
    said = words(content)

    assert words_of_text(text.render(content)) == words(unrolled(content))
    assert words_of_html(html.render(content)) == said
    assert words_of_docx(docx.render(content)) == said
