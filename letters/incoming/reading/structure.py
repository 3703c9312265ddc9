"""The parts of a message, found without trusting how it is built."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final, TypeAlias

from letters.incoming.reading.decoding import FAULTS, clean, line_of, text_of

Mail: TypeAlias = "Message[str, str]"

MOST_PARTS: Final = 200
MOST_LAYERS: Final = 30
LONGEST_NAME: Final = 120
MOST_BYTES_OF_TEXT: Final = 2_000_000
# The parser goes down once for each layer and looks at every line once for each: what is built
# deeper than anybody writes is not taken apart at all.
_MOST_BOUNDARIES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree as the parser made it. `is_whole` is False where only the head could be read."""

    mail: Mail
    is_whole: bool


def parsed(raw: bytes) -> Parsed:
    """Never fails: what cannot be taken apart is a head and a body of text."""
    if raw.count(b"boundary") <= _MOST_BOUNDARIES:
        try:
            return Parsed(message_from_bytes(raw), is_whole=True)
        except FAULTS:
            pass
    try:
        return Parsed(BytesHeaderParser().parsebytes(raw), is_whole=False)
    except FAULTS:
        return Parsed(Message(), is_whole=False)


def leaves(mail: Mail) -> Iterator[Mail]:
    """Every part that holds something, in order; an enclosed message, or a report, is one of them,
    and so is what lies too deep to be taken apart."""
    left: list[tuple[Mail, int]] = [(mail, 0)]
    while left:
        part, layer = left.pop()
        inner = _inner(part)
        if inner and layer < MOST_LAYERS and not type_of(part).startswith("message/"):
            left += [(each, layer + 1) for each in reversed(inner)]
        else:
            yield part


def is_too_deep(mail: Mail) -> bool:
    """Whether it is built in more layers than are taken apart."""
    return any(type_of(part).startswith("multipart/") and _inner(part) for part in leaves(mail))


def _inner(part: Mail) -> list[Mail]:
    payload = part.get_payload()
    if not isinstance(payload, list):
        return []
    return [each for each in payload if isinstance(each, Message)]


def enclosed(mail: Mail) -> Iterator[Mail]:
    """The messages, and the heads of messages, inside it; not those inside of these."""
    for part in leaves(mail):
        if type_of(part) == "message/rfc822" and (inner := _inner(part)):
            yield inner[0]
        elif type_of(part) == "text/rfc822-headers":
            yield parsed(data_of(part)).mail


def type_of(part: Mail) -> str:
    """The media type it says it is, in small letters."""
    try:
        return part.get_content_type().lower()
    except FAULTS:
        return "application/octet-stream"


def param_of(part: Mail, name: str) -> str:
    """A parameter of its content type, '' for none that can be read."""
    try:
        value = part.get_param(name)
    except FAULTS:
        return ""
    return line_of(value[2] if isinstance(value, tuple) else value or "")


def is_attached(part: Mail) -> bool:
    """Whether it is a file beside the text, and not the text itself."""
    try:
        is_file = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except FAULTS:
        is_file = True
    return is_file or not type_of(part).startswith(("text/plain", "text/html", "multipart/"))


def name_of(part: Mail, number: int) -> str:
    """What the sender calls the file, without anything that a file system would take for more."""
    try:
        said = line_of(part.get_filename() or "")
    except FAULTS:
        said = ""
    base = said.replace("\\", "/").rpartition("/")[2].strip(" .")
    kept = "".join(sign for sign in base if sign.isprintable() and sign not in '<>:"|?*')
    return kept[-LONGEST_NAME:] or f"part-{number}"


def data_of(part: Mail) -> bytes:
    """Its bytes; of an enclosed message, that message."""
    if inner := _inner(part):
        return b"\n".join(_as_bytes(each) for each in inner[:MOST_PARTS])
    try:
        data = part.get_payload(decode=True)
    except FAULTS:
        data = None
    return data if isinstance(data, bytes) else b""


def _as_bytes(mail: Mail) -> bytes:
    try:
        return mail.as_bytes()
    except FAULTS:
        return b""


def words_of(part: Mail) -> str:
    """The text of a part of text."""
    return text_of(data_of(part)[:MOST_BYTES_OF_TEXT], param_of(part, "charset") or "utf-8")


def header(mail: Mail, name: str) -> str:
    """One header as a line, '' where there is none; of several the first."""
    return next(iter(headers(mail, name)), "")


def headers(mail: Mail, name: str) -> list[str]:
    """Every header of that name, each as a line."""
    wanted = name.lower()
    found = (value for key, value in mail.raw_items() if str(key).lower() == wanted)
    return [line_of(value) for value, _ in zip(found, range(50), strict=False)]


def header_block(raw: bytes, most: int) -> str:
    """The head of a message as it came, to show to a person."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0][:most]
    return clean(text_of(head, "utf-8"))
