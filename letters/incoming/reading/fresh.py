"""What is new in a reply, without what it quotes. A guess, for the eye: all of it stays beside."""

import re
from typing import Final

from mailparser_reply.parser import EmailMessage

from letters.incoming.reading.decoding import FAULTS, LONGEST_LINE

# The library's patterns take long over what nobody writes: long lines, many empty ones.
MOST_LOOKED_AT: Final = 20_000
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl")
_BLANKS = re.compile(r"\n{3,}")
_SPACES = re.compile(r"[ \t\xa0\u200b]+")
_FORWARDED = re.compile(
    r"^-{2,}\s?(Forwarded message|Original message|Weitergeleitete Nachricht|Message transf)",
    re.MULTILINE | re.IGNORECASE,
)


def fresh_in(text: str) -> str:
    """What the writer wrote above, between or below what they quote; all of it where nothing is
    seen to be quoted."""
    plain = _plain(text)
    pieces = _pieces(plain)
    above = _unquoted(pieces[0])
    if above:
        return above
    return _unquoted("\n".join(pieces[1:])) if len(pieces) > 1 else ""


def quoted_in(text: str, fresh: str) -> str:
    """The rest, to look for what ties it to a case."""
    new = set(fresh.split("\n"))
    return "\n".join(line for line in _plain(text).split("\n") if line not in new)


def is_forward(text: str) -> bool:
    """Whether it says that it passes another message on."""
    return _FORWARDED.search(text[:MOST_LOOKED_AT]) is not None


def _plain(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text[:MOST_LOOKED_AT].split("\n"))
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip()


def _pieces(plain: str) -> list[str]:
    """What was written by one hand after another, the latest first."""
    if any(len(line) > LONGEST_LINE for line in plain.split("\n")):
        plain = "\n".join(_folded(line) for line in plain.split("\n"))
    try:
        found = EmailMessage(text=plain, languages=list(_LANGUAGES)).read().replies
    except FAULTS:
        return [plain]
    bodies = [each.full_body for each in found]
    return bodies or [plain]


def _folded(line: str) -> str:
    return "\n".join(line[at : at + LONGEST_LINE] for at in range(0, len(line), LONGEST_LINE))


def _unquoted(text: str) -> str:
    kept = (line for line in text.split("\n") if not line.startswith(">"))
    return _BLANKS.sub("\n\n", "\n".join(kept)).strip()
