"""What is kept of a letter is the letter, byte for byte, and nothing else is taken for one."""

import copy
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting import content as blocks
from letters.drafting.content import LetterContent
from letters.drafting.frozen import (
    content_from_json,
    digest_of,
    earlier_from_json,
    facts_from_json,
    to_json,
)
from tests.drafting.case_files import EARLIER, EXAMPLES, brief_of, composed, example, places_in

WORDS = st.text(max_size=12)
SPANS = st.lists(
    st.builds(
        blocks.Span,
        text=WORDS,
        emphasis=st.sampled_from(blocks.Emphasis),
        href=st.none() | st.just("https://example.org/"),
    ),
    max_size=3,
).map(tuple)
PARAGRAPHS = st.builds(blocks.Paragraph, id=WORDS, spans=SPANS)
LISTS = st.builds(
    blocks.ItemList,
    id=WORDS,
    kind=st.sampled_from(blocks.ListKind),
    items=st.lists(st.builds(blocks.Item, id=WORDS, spans=SPANS), max_size=2).map(tuple),
)
TABLES = st.builds(
    blocks.Table,
    id=WORDS,
    caption=WORDS,
    columns=st.lists(
        st.builds(blocks.Column, title=WORDS, width=st.integers(0, 100)), max_size=2
    ).map(tuple),
    rows=st.lists(
        st.builds(blocks.Row, id=WORDS, cells=st.lists(WORDS, max_size=3).map(tuple)), max_size=2
    ).map(tuple),
)
PANELS = st.builds(
    blocks.Panel,
    id=WORDS,
    force=st.sampled_from(blocks.Force),
    title=WORDS,
    blocks=st.lists(PARAGRAPHS | LISTS | TABLES, max_size=2).map(tuple),
)
HEADINGS = st.builds(blocks.Heading, id=WORDS, text=WORDS, level=st.sampled_from([2, 3]))
LINES = st.lists(WORDS, max_size=3).map(tuple)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
CONTENTS = st.builds(
    LetterContent,
    language=WORDS,
    mark=st.sampled_from(blocks.Mark),
    letterhead=st.builds(
        blocks.Letterhead,
        organisation=WORDS,
        team=WORDS,
        address=LINES,
        telephone=WORDS,
        email=WORDS,
        ods_code=st.none() | WORDS,
    ),
    addressee=LINES,
    written_on=DAYS,
    reference=WORDS,
    heading=WORDS,
    subject=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    salutation=WORDS,
    blocks=st.lists(HEADINGS | PARAGRAPHS | LISTS | TABLES | PANELS, max_size=3).map(tuple),
    closing=WORDS,
    sign_off=st.builds(
        blocks.SignOff,
        name=WORDS,
        role=WORDS,
        registration=st.none() | WORDS,
        signed_on=st.none() | DAYS,
    ),
    copies=LINES,
    enclosures=LINES,
    small_print=LINES,
)


@given(CONTENTS)
def test_content_from_json_gives_the_same_content(content: LetterContent) -> None:
    stored = json.loads(json.dumps(to_json(content)))

    again = content_from_json(stored)

    assert again == content
    assert digest_of(again) == digest_of(content)


@given(CONTENTS, CONTENTS)
def test_digest_of_tells_contents_apart(one: LetterContent, other: LetterContent) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)


STORED: Mapping[str, Any] = to_json(composed(example()).content)
OTHERS = st.sampled_from([None, True, 7, 1.5, "words", [], {}, ["words"], {"type": "Span"}])


@given(st.sampled_from(list(places_in(STORED))), OTHERS)
def test_content_from_json_refuses_another_kind(path: tuple[str | int, ...], other: object) -> None:
    tampered = copy.deepcopy(dict(STORED))
    found: Any = tampered  # walks through dicts and lists alike
    for key in path[:-1]:
        found = found[key]
    if type(found[path[-1]]) is type(other):
        return
    found[path[-1]] = other

    try:
        again = content_from_json(tampered)
    except ValueError:
        return

    # what may be there or not is the only thing that may go either way
    assert to_json(again) == tampered
    assert path[-1] in {"href", "ods_code", "registration", "signed_on"}


@given(st.sampled_from([p for p in places_in(STORED) if isinstance(p[-1], str)]))
def test_content_from_json_refuses_a_missing_key(path: tuple[str | int, ...]) -> None:
    tampered = copy.deepcopy(dict(STORED))
    found: Any = tampered  # walks through dicts and lists alike
    for key in path[:-1]:
        found = found[key]
    del found[path[-1]]

    with pytest.raises(ValueError, match=r"a stored letter holds"):
        content_from_json(tampered)


def test_content_from_json_refuses_one_key_more() -> None:
    with pytest.raises(ValueError, match="holds something that is no LetterContent"):
        content_from_json({**STORED, "nhs_number": "1"})


def test_content_from_json_takes_true_for_no_number() -> None:
    tampered = copy.deepcopy(dict(STORED))
    (heading,) = (b for b in tampered["blocks"] if b["id"] == "conditions_title")
    heading["level"] = True

    with pytest.raises(ValueError, match="a value that is no int"):
        content_from_json(tampered)


@pytest.mark.parametrize("name", EXAMPLES)
def test_facts_come_back_as_they_were(name: str) -> None:
    facts = brief_of(example(name)).facts

    assert facts_from_json(json.loads(json.dumps(to_json(facts)))) == facts


def test_earlier_letter_comes_back_as_it_was() -> None:
    assert earlier_from_json(json.loads(json.dumps(to_json(EARLIER)))) == EARLIER


def test_to_json_orders_what_has_no_order() -> None:
    assert to_json(frozenset({"b", "a"})) == ["a", "b"]
