"""What the places in an organisation's own Word file are filled with."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape

# Between two lines in the run of words in which a place stands.
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'


def places(context: Mapping[str, Any]) -> dict[str, Markup]:
    """By the names that docs/word-shells.md gives them; `context` is that of our own layout."""
    content, labels = context["letter"], context["labels"]
    letterhead = content.letterhead
    return {
        "organisation": _lines((letterhead.organisation,)),
        "team": _lines((letterhead.team,)),
        "contact": _lines(context["contact"]),
        "addressee": _lines(content.addressee),
        "date": _lines((f"{labels.written} {labels.day(content.written_on)}",)),
        "reference": _lines((f"{labels.reference} {content.reference}",)),
        "letter": context["body"],
    }


def _lines(texts: Iterable[str]) -> Markup:
    lines = (line for text in texts for line in text.split("\n"))
    return Markup(_BREAK.join(escape(line) for line in lines))  # noqa: S704 each is escaped
