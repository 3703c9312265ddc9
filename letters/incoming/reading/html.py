"""What HTML says, as text; nothing of it is ever shown as HTML."""

import re
from typing import Final

from lxml import etree

MOST_HTML: Final = 2_000_000
_BLOCKS = frozenset(
    {
        *("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section"),
        *("table", "tr", "ul"),
    }
)
_EMPTY = frozenset({"br", "hr"})
_SILENT = frozenset({"head", "script", "style", "title", "template", "noscript", "svg"})
_SPACES = re.compile(r"[ \t\xa0]+")
_BLANK = re.compile(r"\n{3,}")


def text_from_html(html: str) -> str:
    """Line by line; what it quotes begins with '>', as in a message of plain text."""
    root = _root(html[:MOST_HTML])
    if root is None:
        return ""
    lines = [_SPACES.sub(" ", line).strip() for line in "".join(_walked(root)).split("\n")]
    return _BLANK.sub("\n\n", "\n".join(lines)).strip()


def _root(html: str) -> "etree._Element | None":
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return None


def _walked(root: "etree._Element") -> list[str]:
    said: list[str] = []
    silent = quoted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag, is_start = str(element.tag).lower(), event == "start"
        step = 1 if is_start else -1
        silent += step * (tag in _SILENT)
        quoted += step * (tag == "blockquote")
        if tag in _BLOCKS and not silent and (is_start or tag not in _EMPTY):
            said.append("\n" + "> " * quoted)
        words = element.text if is_start else element.tail
        if words and not silent:
            said.append(words.replace("\n", " "))
    return said
