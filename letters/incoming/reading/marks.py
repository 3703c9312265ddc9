"""What ties a message to a case: the token of a reply address, the id of a message that we sent,
the reference that our letters print."""

import re
from collections.abc import Iterable
from typing import Final

TOKEN_LETTERS: Final = 16  # 80 bits in base32
MOST: Final = 100

# As base32 has it, with the three digits that hands and scanners put for its letters.
_TOKEN = re.compile(r"\+([a-z2-70189]{16})@", re.IGNORECASE)
_MISREAD = str.maketrans({"0": "o", "1": "l", "8": "b"})
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_OUR_ID = re.compile(rf"({_UUID})@", re.IGNORECASE)
_ANY_ID = re.compile(_UUID, re.IGNORECASE)
# The letters of our references, which have no vowels: hardly a word looks like one.
_SIGN = "[2-9BCDFGHJKMNPQRSTVWXYZ]"
_REFERENCE = re.compile(
    rf"(?<![A-Z0-9])(?=({_SIGN}{{4}})[ \-\u2010-\u2015\u2212]{{0,3}}({_SIGN}{{4}})(?![A-Z0-9]))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\]{1,64}@[^\s<>,;:\"()\[\]\\]{1,255}")


def tokens_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The tokens of reply addresses, as they are stored."""
    found = (
        match[1].lower().translate(_MISREAD) for text in texts for match in _TOKEN.finditer(text)
    )
    return _few(found)


def references_in(texts: Iterable[str]) -> tuple[str, ...]:
    """What looks like a case's reference, as it is stored."""
    found = (
        f"{match[1]}-{match[2]}".upper() for text in texts for match in _REFERENCE.finditer(text)
    )
    return _few(found)


def our_ids_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The ids of dispatches in Message-IDs."""
    return _few(match[1].lower() for text in texts for match in _OUR_ID.finditer(text))


def any_id_in(text: str) -> str:
    """The first id of any kind, as a code on paper has it; '' for none."""
    found = _ANY_ID.search(text[:500])
    return found[0].lower() if found else ""


def addresses_in(texts: Iterable[str]) -> tuple[str, ...]:
    """E-mail addresses, in small letters."""
    found = (match[0].strip(".'").lower() for text in texts for match in _ADDRESS.finditer(text))
    return _few(found)


def _few(found: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order, and no more than a person would ever write."""
    kept: dict[str, None] = {}
    for each in found:
        kept[each] = None
        if len(kept) >= MOST:
            break
    return tuple(kept)
