"""A letter as text for the ear: for somebody who has it read aloud by a person, a telephone or a
screen reader. Everything that the page shows by its look is said, and everything that the page says
is said in the same order."""

import re
from collections.abc import Iterator

from letters.drafting.content import (
    Annex,
    Block,
    Force,
    Heading,
    ItemList,
    LetterContent,
    Panel,
    Paragraph,
    Span,
    Table,
)
from letters.rendering.errors import RenderingFailed
from letters.rendering.labels import ENGLISH, Labels, labels_for
from letters.rendering.printable import printable_tree
from letters.rendering.words import contact_lines, joined, sign_off_lines

_FORCES = {
    Force.EMERGENCY: "This part is about danger.",
    Force.LAW: "This part is what the law requires.",
    Force.REQUEST: "This part is what is asked for besides.",
}
# A sign or short form, and what a reader says for it. Only what cannot mean anything else.
_IN_FULL: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(sign), words)
    for sign, words in (
        (r"§§\s*", "sections "),
        (r"§\s*", "section "),
        (r"(?<![\w'\u2019])ss\.?\s?(?=\d)", "sections "),
        (r"(?<![\w'\u2019])s\.?\s?(?=\d)", "section "),
        (r"\bregs\.?\s(?=\d)", "regulations "),
        (r"\breg\.?\s(?=\d)", "regulation "),
        (r"\bparas\.?\s(?=\d)", "paragraphs "),
        (r"\bpara\.?\s(?=\d)", "paragraph "),
        (r"\b[Ss]ch\.?\s(?=\d)", "Schedule "),
        (r"\be\.g\.", "for example"),
        (r"\bi\.e\.", "that is"),
        (r"\betc\.", "and so on"),
        (r"\band/or\b", "and or"),
        (r"\bc/o\b", "care of"),
        (r"(?<=\b[a-z]{3})/(?=[a-z]{3})|(?<=[a-z]{4})/(?=[a-z]{3})", " or "),
        (r"\s?&\s?", " and "),
        (r"(?<=\d)\s?½", " and a half"),
        (r"½", "half a"),
        (r"(?<=\d)\s?m²", " square metres"),
        (r"\bm²", "square metres"),
        (r"(\bat )?≥\s?", "at least "),
        (r"(\bat )?≤\s?", "at most "),
        (r"(?<=\d)\s?%", " per cent"),
        (r"(?<=\d)\s?°C\b", " degrees Celsius"),
        (r"(?<=\d)\s?\u2013\s?(?=\d)", " to "),
    )
)
_WORD_BY_WORD = re.compile(r"[A-Za-z]+|\d+")


def render(content: LetterContent) -> str:
    """One sentence or paragraph a line, with no drawn rules and no columns."""
    content = printable_tree(content)
    labels = labels_for(content.language)
    if labels is not ENGLISH:
        raise RenderingFailed("Letters in this language cannot be read aloud yet")
    links = _links(content)
    lines = (
        *_opening(content, labels),
        *(line for block in content.blocks for line in _block(block, links)),
        *_ending(content, labels),
        *_addresses(links),
    )
    return "\n\n".join(line for line in lines if line) + "\n"


def in_full(passage: str) -> str:
    """The passage with its signs and short forms as words."""
    said = " ".join(passage.split())
    for sign, words in _IN_FULL:
        said = sign.sub(words, said)
    return said.strip()


def _opening(content: LetterContent, labels: Labels) -> Iterator[str]:
    yield _sentence(labels.marks[content.mark])
    yield "Who this letter is from."
    yield _sentences(
        content.letterhead.organisation, content.letterhead.team, *contact_lines(content, labels)
    )
    yield "Who this letter is to."
    yield _sentences(*content.addressee)
    yield _sentence(f"{labels.written}: {labels.day(content.written_on)}")
    yield _sentence(f"{labels.reference}: {content.reference}")
    yield f"One by one: {_one_by_one(content.reference)}."
    yield "What this letter is about."
    yield _sentence(content.heading)
    yield from (_sentence(f"{name}: {value}") for name, value in content.subject)
    yield _sentence(content.salutation)


def _ending(content: LetterContent, labels: Labels) -> Iterator[str]:
    yield _sentence(content.closing)
    yield _sentences(*sign_off_lines(content, labels))
    for label, lines in ((labels.copies, content.copies), (labels.enclosures, content.enclosures)):
        yield f"{label}: {_sentences(*lines)}" if lines else ""
    yield from map(_sentence, (*content.small_print, *content.letterhead.style.footer))
    for annex in content.annexes:
        yield from _annex(annex)
    yield "This is the end of the letter."


def _block(block: Block, links: dict[str, int]) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield f"Heading: {_sentence(text)}"
        case Paragraph(spans=spans):
            yield _passage(spans, links)
        case ItemList():
            yield from _list(block, links)
        case Table():
            yield from _table(block)
        case Panel():
            yield _FORCES[block.force]
            yield _sentence(block.title)
            for inner in block.blocks:
                yield from _block(inner, links)
            yield "This part ends here."


def _list(block: ItemList, links: dict[str, int]) -> Iterator[str]:
    count = len(block.items)
    yield "A list with one point." if count == 1 else f"A list with {count} points."
    for number, item in enumerate(block.items, start=1):
        yield f"Point {number} of {count}: {_passage(item.spans, links)}"


def _table(table: Table) -> Iterator[str]:
    count = len(table.rows)
    yield f"A table: {_sentence(table.caption)}"
    yield f"Each row says: {_sentence('; '.join(column.title for column in table.columns))}"
    for number, row in enumerate(table.rows, start=1):
        cells = (
            f"{in_full(column.title)}: {_sentence(cell)}"
            for column, cell in zip(table.columns, row.cells, strict=True)
        )
        yield f"Row {number} of {count}. {' '.join(cells)}"
    yield "The table ends here."


def _annex(annex: Annex) -> Iterator[str]:
    count = len(annex.figures)
    yield f"Heading: {_sentence(annex.heading)}"
    for number, figure in enumerate(annex.figures, start=1):
        shows, below = _sentence(figure.picture.alt), _sentence(figure.caption)
        yield f"Picture {number} of {count}. It shows: {shows} Below it: {below}"


def _passage(spans: tuple[Span, ...], links: dict[str, int]) -> str:
    """The words without a break, then which of them are links."""
    leads = (
        f'The words "{in_full(span.text)}" are link {links[span.href]}.'
        for span in spans
        if span.href in links
    )
    return " ".join((_sentence(joined(spans)), *leads))


def _links(content: LetterContent) -> dict[str, int]:
    """Each address once, by number; one that the words already say is no link for the ear."""
    hidden = (
        span.href
        for block in content.blocks
        for span in _spans(block)
        if span.href is not None and span.href.removeprefix("mailto:") != span.text
    )
    return {href: number for number, href in enumerate(dict.fromkeys(hidden), start=1)}


def _spans(block: Block) -> Iterator[Span]:
    match block:
        case Paragraph(spans=spans):
            yield from spans
        case ItemList(items=items):
            yield from (span for item in items for span in item.spans)
        case Panel(blocks=blocks):
            yield from (span for inner in blocks for span in _spans(inner))


def _addresses(links: dict[str, int]) -> Iterator[str]:
    if links:
        yield "Where the links lead."
    yield from (f"Link {number}: {href}" for href, number in links.items())


def _one_by_one(reference: str) -> str:
    """Letters and numbers one at a time, a pause between groups: "H J P, 2 0 2 6"."""
    return ", ".join(" ".join(group) for group in _WORD_BY_WORD.findall(reference))


def _sentences(*passages: str) -> str:
    return " ".join(_sentence(passage) for passage in passages)


def _sentence(passage: str) -> str:
    """With a full stop, at which a voice falls."""
    said = in_full(passage)
    return said if not said or said[-1] in ".!?:;" else f"{said}."
