"""The places of a letter that an organisation's Word file names, and how they are to be written."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from letters.rendering.word.faults import ShellFault
from letters.rendering.word.inspection import W
from letters.rendering.word.package import Element, Relation, paragraphs

# What each prints; docs/word-shells.md tells those who make shells.
PLACES = ("organisation", "team", "contact", "addressee", "date", "reference", "letter")
REPEATED = frozenset({"organisation", "team", "date", "reference"})  # also at the head of pages
BODY_ONLY = frozenset({"letter", "addressee"})
LETTER = "{{p letter }}"
_TOKEN = re.compile(r"\{\{[^{}]*\}\}|\{%.*?%\}|\{#.*?#\}|[{}]+")
_WRITTEN = re.compile(r"\{\{ ([a-z_]+) \}\}")
_CURLED = re.compile("[\u2018\u2019\u201c\u201d\u00ab\u00bb\"'`]")
_STATEMENT = re.compile(r"\{[%#]")
_INSTRUCTION = re.compile(r"\{[{%#]|[%#}]\}")
_LISTED = ", ".join(f"{{{{ {name} }}}}" for name in PLACES[:-1]) + f" and {LETTER}"

SPLIT = (
    "Type this placeholder again in one go, with the same formatting throughout: Word keeps it "
    "in pieces"
)
STATEMENT = "Remove this: a shell names places, and does nothing else"
QUOTES = "Remove the quotation marks inside this placeholder"
NAME_ONLY = "Write nothing but the name of a place between the brackets, with a space on each side"
UNKNOWN = f"No such place. There are {_LISTED}"
STRAY = (
    "Remove the curly brackets from the names of styles, bookmarks, links and pictures, and from "
    "their descriptions"
)
BRACE = "Remove this curly bracket: it belongs to no placeholder"
OWN_PARAGRAPH = (
    f"Put {LETTER} in a paragraph of its own, with nothing else in it, outside tables, lists, text "
    "boxes and content controls"
)
IN_A_BOX = "Move this placeholder out of the text box or field, into a paragraph or a table"
ONLY_IN_DOCUMENT = "Move this placeholder out of the header or footer, into the document"
TWICE = "Leave this placeholder once on the first page, and delete the others"


def place_faults(
    document: str, texts: Mapping[str, Element], first_page: frozenset[str]
) -> Iterator[ShellFault]:
    """`texts` are the parts to be filled, by name; `first_page` those that its first page shows."""
    counted: Counter[str] = Counter()
    for part, root in texts.items():
        for number, paragraph in paragraphs(root, f"{W}p"):
            yield from _paragraph_faults(part, number, paragraph, is_document=part == document)
        named = [name for each in root.iter(f"{W}t") for name in _names(each.text or "")]
        counted.update(each for each in named if part in first_page or each not in REPEATED)
    for name in PLACES:
        written = LETTER if name == "letter" else f"{{{{ {name} }}}}"
        if not counted[name]:
            missing = f"Add the placeholder {written}: the letter would lack this part"
            yield ShellFault(part=document, mend=missing)
        elif counted[name] > 1:
            yield ShellFault(part=document, quoted=written, mend=TWICE)


def stray_faults(part: str, root: Element, relations: tuple[Relation, ...]) -> Iterator[ShellFault]:
    """Instructions where a letter has no words: in a name, an address, a formula."""
    said = [value for each in root.iter("*") for value in _beside_words(each)]
    said += [value for each in relations for value in (each.id, each.type, each.target)]
    if any(_INSTRUCTION.search(value) for value in said):
        yield ShellFault(part=part, mend=STRAY)


def _beside_words(element: Element) -> list[str]:
    inside = "" if element.tag == f"{W}t" else element.text or ""
    return [*element.attrib.values(), inside, element.tail or ""]


def is_free_of_braces(text: str) -> bool:
    """Whether nothing but well-written places could be taken for an instruction."""
    return not _INSTRUCTION.search(_WRITTEN.sub("", text))


def _names(text: str) -> list[str]:
    return _WRITTEN.findall(text) + ["letter"] * text.count(LETTER)


def _paragraph_faults(
    part: str, number: int, paragraph: Element, *, is_document: bool
) -> Iterator[ShellFault]:
    texts = [each for each in paragraph.iter(f"{W}t") if _paragraph_of(each) is paragraph]
    whole = "".join(each.text or "" for each in texts)
    for token in _TOKEN.finditer(whole):
        quoted = token.group()
        mend = _mend_of(quoted, texts, token.start(), whole, is_document=is_document)
        if mend:
            yield ShellFault(part=part, paragraph=number, quoted=quoted, mend=mend)


def _mend_of(
    token: str, texts: list[Element], start: int, whole: str, *, is_document: bool
) -> str | None:
    mend = _mend_of_writing(token)
    if mend:
        return mend
    element = _holding(texts, start, start + len(token))
    if element is None:
        return SPLIT
    if any(each.tag in _BOXES for each in element.iterancestors()):
        return IN_A_BOX
    name = "letter" if token == LETTER else token[3:-3]
    if name in BODY_ONLY and not is_document:
        return ONLY_IN_DOCUMENT
    if name == "letter" and not _stands_alone(element, whole):
        return OWN_PARAGRAPH
    return None


_BOXES = {f"{W}txbxContent", f"{W}fldSimple"}


def _mend_of_writing(token: str) -> str | None:
    """What is wrong with the words of a placeholder, wherever it stands."""
    if token == LETTER:
        return None
    if _STATEMENT.match(token):
        return STATEMENT
    if not token.startswith("{{") or not token.endswith("}}"):
        return BRACE
    if _CURLED.search(token):
        return QUOTES
    written = _WRITTEN.fullmatch(token)
    if written is None:
        return NAME_ONLY
    if written.group(1) == "letter":
        return OWN_PARAGRAPH
    return None if written.group(1) in PLACES else UNKNOWN


def _holding(texts: list[Element], start: int, end: int) -> Element | None:
    """The one run of words that holds all of a placeholder, None where it is in pieces."""
    at = 0
    for each in texts:
        after = at + len(each.text or "")
        if at <= start and end <= after:
            return each
        at = after
    return None


def _stands_alone(element: Element, whole: str) -> bool:
    paragraph = _paragraph_of(element)
    parent = paragraph.getparent()
    rest = {f"{W}sectPr", f"{W}numPr", f"{W}framePr", f"{W}drawing", f"{W}pict", f"{W}br"}
    return (
        whole.strip() == LETTER
        and parent is not None
        and parent.tag == f"{W}body"
        and next(paragraph.iter(*rest), None) is None
    )


def _paragraph_of(element: Element) -> Element:
    return next(element.iterancestors(f"{W}p"), element)
