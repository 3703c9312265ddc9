"""Opens what somebody sends as a picture, and takes it for hostile until it is shown otherwise.

What it is, is read from its bytes, never from a name or a declared type; how large, from its
header, before a single pixel is decoded.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pillow_heif
from PIL import Image, ImageFile

from letters.rendering.errors import (
    DrawingRefused,
    MovingPicture,
    NotAPicture,
    PictureBroken,
    PictureTooNarrow,
    PictureTooSmall,
    TooManyPixels,
)

# 64 megapixels are 256 MB once decoded; phones take pictures of up to 50.
MOST_PIXELS = 64_000_000
NARROWEST = 20  # the longer side, in shorter sides

# Every way in which reading a damaged or malicious file ends, in Pillow and in libheif.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    struct.error,
    zlib.error,
)

_STILL_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_MOVING_HEIF = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"})
_ANIMATES = frozenset({"PNG", "WEBP"})

pillow_heif.register_heif_opener()


@contextmanager
def opened(data: bytes, *, shortest: int) -> Iterator[Image.Image]:
    """The picture, its header read and its pixels not; refuses one that no letter can show."""
    kind = _kind_of(data)
    with _broken_is_refused(), Image.open(BytesIO(data), formats=(kind,)) as image:
        _refuse_size(*image.size, shortest=shortest)
        # A JPEG and a HEIC may carry a depth map or a second exposure; they still stand still.
        if kind in _ANIMATES and getattr(image, "n_frames", 1) > 1:
            raise MovingPicture
        yield image


def _kind_of(data: bytes) -> str:
    """The format by Pillow's name."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _STILL_HEIF:
        return "HEIF"
    raise _other_than_picture(data)


def _other_than_picture(data: bytes) -> Exception:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and b"<svg" in start.lower():
        return DrawingRefused()
    is_film = data[4:8] == b"ftyp" and data[8:12] in _MOVING_HEIF
    return MovingPicture() if is_film or data.startswith(b"GIF8") else NotAPicture()


def _refuse_size(width: int, height: int, *, shortest: int) -> None:
    if width * height > MOST_PIXELS:
        raise TooManyPixels(MOST_PIXELS)
    if min(width, height) < shortest:
        raise PictureTooSmall(shortest)
    if max(width, height) > NARROWEST * min(width, height):
        raise PictureTooNarrow


@contextmanager
def _broken_is_refused() -> Iterator[None]:
    # WeasyPrint, in a process that loads it, has Pillow fill up half a picture with grey
    half_will_do, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels(MOST_PIXELS) from None
    except BROKEN:
        raise PictureBroken from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = half_will_do
