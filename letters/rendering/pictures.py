"""The pictures of a letter: what a letter names by digest, and the bytes that are printed for it."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from letters.drafting.content import Picture
from letters.rendering.errors import RenderingFailed

# Bytes by their SHA-256, in hexadecimal.
Pictures = Mapping[str, bytes]
NO_PICTURES: Pictures = MappingProxyType({})


def data_of(picture: Picture, pictures: Pictures) -> bytes:
    """The bytes of one picture; refuses a letter whose picture is missing, or is another one."""
    data = pictures.get(picture.digest)
    if data is None:
        raise RenderingFailed("A picture of the letter is missing")
    if hashlib.sha256(data).hexdigest() != picture.digest:
        raise RenderingFailed("A picture of the letter is not the one that was approved")
    return data
