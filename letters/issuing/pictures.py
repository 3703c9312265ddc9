"""Finds the bytes of every picture that a letter names by digest."""

from collections.abc import Callable, Collection, Mapping

from letters.drafting.content import LetterContent, pictures_in
from letters.evidence.queries import bytes_by_digest
from letters.issuing.house_styles import logo_bytes
from letters.issuing.signatures import signature_bytes
from letters.rendering.pictures import Pictures

# Each answers for the digests that it knows; a picture that none has is refused in rendering.
_SOURCES: tuple[Callable[[Collection[str]], Mapping[str, bytes]], ...] = (
    bytes_by_digest,
    logo_bytes,
    signature_bytes,
)


def pictures_of(content: LetterContent) -> Pictures:
    """The bytes of the letter's pictures, by digest."""
    wanted = {picture.digest for picture in pictures_in(content)}
    found: dict[str, bytes] = {}
    for source in _SOURCES:
        missing = wanted - found.keys()
        if missing:
            found |= source(missing)
    return found
