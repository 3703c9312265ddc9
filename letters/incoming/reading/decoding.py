"""Bytes to text, whatever charset they say or do not say they are in."""

import codecs
import re
import unicodedata
from email.errors import MessageError
from email.header import decode_header, make_header
from typing import Final

# What the standard library raises on mail that no program should write.
FAULTS: Final = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    MessageError,
)
LONGEST_HEADER: Final = 8_000
LONGEST_LINE: Final = 300

# Not charsets of text: they unpack, or take long over what is hostile.
_REFUSED = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
_ENCODED_WORD = re.compile(r"=\?[^?\s]{1,60}\?[bq]\?[^?]{0,2000}\?=", re.IGNORECASE)


def text_of(data: bytes, charset: str) -> str:
    """As it says if that can be; else as UTF-8 if that can be; else as Windows would write it."""
    for name in (charset, "utf-8"):
        if (codec := _codec(name)) is None:
            continue
        try:
            return clean(data.decode(codec))
        except (UnicodeError, LookupError):
            continue
    return clean(data.decode("cp1252", "replace"))


def _codec(name: str) -> str | None:
    try:
        found = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError, TypeError):  # a NUL in it, or letters beyond ASCII
        return None
    is_text = getattr(found, "_is_text_encoding", False)
    return found.name if is_text and found.name.replace("_", "-") not in _REFUSED else None


def clean(text: str) -> str:
    """Without what no row can hold or what fools the eye: NUL, controls, signs that turn the
    direction of writing, halves of a pair."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in plain if sign in "\n\t" or _may_stand(sign))


def _may_stand(sign: str) -> bool:
    if "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069":
        return False
    return unicodedata.category(sign) not in ("Cc", "Cs")


def line_of(value: object) -> str:
    """A header as one line of text, its encoded words read."""
    raw = " ".join(str(value)[:LONGEST_HEADER].split())
    raw = _from_bytes(raw)
    try:
        decoded = str(make_header(decode_header(raw))) if _ENCODED_WORD.search(raw) else raw
    except FAULTS:
        decoded = raw
    return " ".join(clean(decoded).split())


def _from_bytes(text: str) -> str:
    """Headers that hold bytes beyond ASCII come with stand-ins for these."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text_of(text.encode("utf-8", "surrogateescape"), "utf-8")
    return text
