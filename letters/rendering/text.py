"""A letter as plain text: for the body of an email, a record system, and a reader's ears."""

from textwrap import TextWrapper

from letters.drafting.content import (
    Annex,
    Block,
    Force,
    Heading,
    ItemList,
    LetterContent,
    Panel,
    Paragraph,
    Table,
)
from letters.rendering.labels import Labels, labels_for
from letters.rendering.printable import printable_tree
from letters.rendering.unrolled import rows_of
from letters.rendering.words import contact_lines, item_markers, joined, sign_off_lines

WIDTH = 72
RULES = {Force.EMERGENCY: "!", Force.LAW: "=", Force.REQUEST: "-"}


def render(content: LetterContent) -> str:
    """Lines of at most 72 characters, but for a word or an address that is longer itself."""
    content = printable_tree(content)
    labels = labels_for(content.language)
    parts = [
        *_opening(content, labels),
        *(_block(block) for block in content.blocks),
        *_ending(content, labels),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _opening(content: LetterContent, labels: Labels) -> list[str]:
    letterhead = content.letterhead
    return [
        _wrapped(labels.marks[content.mark]),
        _lines((letterhead.organisation, letterhead.team)),
        _lines(contact_lines(content, labels)),
        _lines(content.addressee),
        _pairs(
            (
                (labels.written, labels.day(content.written_on)),
                (labels.reference, content.reference),
            )
        ),
        _underlined(content.heading, "="),
        _pairs(content.subject),
        _wrapped(content.salutation),
    ]


def _ending(content: LetterContent, labels: Labels) -> list[str]:
    return [
        _wrapped(content.closing),
        _lines(sign_off_lines(content, labels)),
        _labelled(labels.copies, content.copies),
        _labelled(labels.enclosures, content.enclosures),
        *(_wrapped(line) for line in content.small_print),
        _lines(content.letterhead.style.footer),
        *(part for annex in content.annexes for part in _annex(annex)),
    ]


def _annex(annex: Annex) -> list[str]:
    """The captions alone: what a picture shows cannot be sent as text."""
    captions = (_wrapped(figure.caption) for figure in annex.figures)
    return [_underlined(annex.heading, "-"), *captions]


def _block(block: Block) -> str:
    match block:
        case Heading():
            return _underlined(block.text, "-")
        case Paragraph():
            return _wrapped(joined(block.spans))
        case ItemList():
            return _list(block)
        case Table():
            return _table(block)
        case Panel():
            return _panel(block)


def _list(item_list: ItemList) -> str:
    return "\n".join(
        _wrapped(joined(item.spans), first=f"{marker} ")
        for marker, item in zip(item_markers(item_list), item_list.items, strict=True)
    )


def _table(table: Table) -> str:
    """A cell that needs a second line is set in below its label."""
    caption, *rows = rows_of(table)
    lines = (
        "\n".join(_wrapped(line, rest="  ") for line in joined(row.spans).split("\n"))
        for row in rows
    )
    return "\n\n".join((_wrapped(joined(caption.spans)), *lines))


def _panel(panel: Panel) -> str:
    rule = RULES[panel.force] * WIDTH
    return "\n\n".join(
        (f"{rule}\n{_wrapped(panel.title)}", *map(_block, panel.blocks[:-1]), _last(panel, rule))
    )


def _last(panel: Panel, rule: str) -> str:
    return f"{_block(panel.blocks[-1])}\n{rule}" if panel.blocks else rule


def _labelled(label: str, lines: tuple[str, ...]) -> str:
    return _lines((label, *lines)) if lines else ""


def _underlined(text: str, rule: str) -> str:
    wrapped = _wrapped(text)
    return f"{wrapped}\n{rule * max(map(len, wrapped.splitlines()), default=0)}"


def _pairs(pairs: tuple[tuple[str, str], ...]) -> str:
    widest = max((len(name) for name, _ in pairs), default=0)
    return "\n".join(_wrapped(value, first=f"{name:<{widest}}  ") for name, value in pairs)


def _lines(lines: tuple[str, ...]) -> str:
    return "\n".join(_wrapped(line) for line in lines)


def _wrapped(text: str, *, first: str = "", rest: str | None = None) -> str:
    """`first` opens the first line; the others are set in by as much, or by `rest`."""
    later = " " * len(first) if rest is None else rest
    wrapped: list[str] = []
    for line in text.split("\n"):
        lead = later if wrapped else first
        wrapped.extend(_wrapper(lead, later).wrap(line) or [lead.rstrip()])
    return "\n".join(wrapped)


def _wrapper(first: str, later: str) -> TextWrapper:
    return TextWrapper(
        width=WIDTH,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
