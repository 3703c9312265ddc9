"""Where the head of a letter stands on the first page of our own Word layout.

The same areas as in letter.css, in twentieths of a point from the corner of the page. Word cannot
tell us how many lines a text takes, so they are counted generously; a head that needs more room
pushes the letter down, and never covers it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import wrap

from letters.drafting.content import LetterContent

_LEFT, _WIDTH = 1191, 9524
_RIGHT_COLUMN, _RIGHT_WIDTH = 7200, 3515
_WINDOW_WIDTH = 5330
_TOP, _TOP_BELOW_MARK = 454, 810
_CONTACT_TOP, _WINDOW_TOP = 1871, 2267
_RIGHT_LINE, _WINDOW_LINE, _GAP = 245, 248, 170
_BODY_TOP, _HEADER_TOP = 5386, 340  # 95 mm; the header that fills the head begins at 6 mm
_CHARACTERS_RIGHT, _CHARACTERS_WINDOW = 28, 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rectangle on the page; `rule` says whether it is as high as `h` or at least so."""

    x: int
    y: int
    w: int
    h: int = 0
    rule: str = "auto"


def frames(contact: tuple[str, ...], *, mark: str) -> Mapping[str, Frame]:
    """A frame for each part of the head, by its name."""
    below_contact = _CONTACT_TOP + _lines(contact, _CHARACTERS_RIGHT) * _RIGHT_LINE + _GAP
    top = _TOP_BELOW_MARK if mark else _TOP
    return {
        "mark": Frame(x=_LEFT, y=_HEADER_TOP, w=_WIDTH),
        "organisation": Frame(x=_LEFT, y=top, w=_WIDTH),
        "contact": Frame(x=_RIGHT_COLUMN, y=_CONTACT_TOP, w=_RIGHT_WIDTH),
        "addressee": Frame(x=_LEFT + 227, y=_WINDOW_TOP, w=_WINDOW_WIDTH),
        "particulars": Frame(x=_RIGHT_COLUMN, y=below_contact, w=_RIGHT_WIDTH),
    }


def head_height(content: LetterContent, contact: tuple[str, ...]) -> int:
    """How high the empty header of the first page is, so that the letter begins below its head."""
    right = _lines((*contact, "", content.reference), _CHARACTERS_RIGHT) + 2  # and two labels
    window = _lines(content.addressee, _CHARACTERS_WINDOW)
    lowest = max(
        _BODY_TOP,
        _CONTACT_TOP + right * _RIGHT_LINE + 2 * _GAP,
        _WINDOW_TOP + window * _WINDOW_LINE + _GAP,
    )
    return lowest - _HEADER_TOP


def _lines(texts: tuple[str, ...], characters: int) -> int:
    return sum(_wrapped(line, characters) for text in texts for line in text.split("\n"))


def _wrapped(line: str, characters: int) -> int:
    return 1 if len(line) <= characters else len(wrap(line, characters))
