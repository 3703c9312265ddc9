"""Finds the bytes of every picture that a letter names by digest."""

from collections.abc import Callable, Collection, Mapping

from letters.access.models import User
from letters.drafting.content import LetterContent, pictures_in
from letters.evidence.queries import bytes_by_digest, sees_photographs_of
from letters.issuing.house_styles import logo_bytes
from letters.issuing.models import Letter, LetterFile
from letters.issuing.queries import content_of, file_of
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


def may_see_pictures(user: User, letter: Letter, content: LetterContent) -> bool:
    """Whether the person may see what the letter shows: an adviser sees photographs only where the
    patient agreed to it, also those that others have been sent."""
    return not content.annexes or sees_photographs_of(user, letter.case)


def file_seen_by(user: User, letter: Letter, file_format: str) -> LetterFile | None:
    """The file of a letter, None while it has not been made, and for whoever may not see what it
    shows."""
    return (
        file_of(letter, file_format) if may_see_pictures(user, letter, content_of(letter)) else None
    )
