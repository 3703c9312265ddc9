"""The pictures of a letter: what a letter names by digest, and the bytes that are printed for it.

Whatever is sent as a picture is made anew: upright, small, in sRGB, with pixels and nothing else.
So no position, no name of a telephone and no hidden file leaves the house, and a letter embeds the
bytes as they are. The same picture gives the same bytes.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from types import MappingProxyType
from typing import Protocol

from PIL import Image, ImageCms, ImageDraw

from letters.drafting.content import Picture
from letters.rendering.errors import RenderingFailed
from letters.rendering.picture_files import BROKEN, opened

# Bytes by their SHA-256, in hexadecimal.
Pictures = Mapping[str, bytes]
NO_PICTURES: Pictures = MappingProxyType({})

PHOTOGRAPH_LONGEST, LOGO_LONGEST, SIGNATURE_LONGEST = 1600, 800, 600
PHOTOGRAPH_SHORTEST, LOGO_SHORTEST, SIGNATURE_SHORTEST = 100, 32, 32

_ORIENTATION, _EXIF, _TAKEN_AT = 0x0112, 0x8769, 0x9003
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SRGB = ImageCms.createProfile("sRGB")
_LARGEST_PROFILE = 4_000_000
_QUALITIES = (80, 70, 60, 50, 40)  # of JPEG; the first serves all but the busiest pictures
_LARGEST_PHOTOGRAPH = 450_000  # bytes: with four of them a letter stays under two megabytes
_BLEED = 4  # pixels around what is hidden, since making a picture smaller mixes neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A picture as letters print it; `digest` is the SHA-256 of `data`, in hexadecimal. `taken_on`
    is what the camera claimed, None where it claimed nothing: to be offered, not believed."""

    data: bytes
    media_type: str
    width: int
    height: int
    digest: str
    taken_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A part of an upright picture, in fractions of its width and height."""

    left: float
    top: float
    width: float
    height: float


class Measured(Protocol):
    """What is known of a picture that was made ready: `Prepared`, or a row that keeps one."""

    @property
    def digest(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...


def named(measured: Measured, *, alt: str) -> Picture:
    """As a letter names it; `alt` says it to those who cannot see it."""
    return Picture(
        digest=measured.digest,
        media_type=measured.media_type,
        width=measured.width,
        height=measured.height,
        alt=alt,
    )


def data_of(picture: Picture, pictures: Pictures) -> bytes:
    """The bytes of one picture; refuses a letter whose picture is missing, or is another one."""
    data = pictures.get(picture.digest)
    if data is None:
        raise RenderingFailed("A picture of the letter is missing")
    if hashlib.sha256(data).hexdigest() != picture.digest:
        raise RenderingFailed("A picture of the letter is not the one that was approved")
    return data


def prepare_photograph(data: bytes, *, hidden: Sequence[Rectangle] = ()) -> Prepared:
    """A photograph as JPEG; what is `hidden` is black before it is written, and nowhere kept."""
    with opened(data, shortest=PHOTOGRAPH_SHORTEST) as image:
        taken_on = _taken_on(image)
        shown = _made_anew(image, longest=PHOTOGRAPH_LONGEST)
    _black_out(shown, hidden)
    return _prepared(shown, "image/jpeg", taken_on=taken_on)


def prepare_logo(data: bytes) -> Prepared:
    """An organisation's mark as PNG, on white."""
    with opened(data, shortest=LOGO_SHORTEST) as image:
        return _prepared(_made_anew(image, longest=LOGO_LONGEST), "image/png")


def prepare_signature(data: bytes) -> Prepared:
    """A person's signature, drawn or photographed, as PNG, on white."""
    with opened(data, shortest=SIGNATURE_SHORTEST) as image:
        return _prepared(_made_anew(image, longest=SIGNATURE_LONGEST), "image/png")


def _prepared(image: Image.Image, media_type: str, *, taken_on: date | None = None) -> Prepared:
    data = _jpeg(image) if media_type == "image/jpeg" else _written(image, "PNG")
    return Prepared(
        data=data,
        media_type=media_type,
        width=image.width,
        height=image.height,
        digest=hashlib.sha256(data).hexdigest(),
        taken_on=taken_on,
    )


def _jpeg(image: Image.Image) -> bytes:
    """Coarser where there is so much in it that four of them would burden a letter."""
    for quality in _QUALITIES:
        data = _written(image, "JPEG", quality=quality)
        if len(data) <= _LARGEST_PHOTOGRAPH:
            break
    return data


def _written(image: Image.Image, kind: str, **options: int) -> bytes:
    written = BytesIO()
    image.save(written, kind, optimize=True, **options)
    return written.getvalue()


def _made_anew(image: Image.Image, *, longest: int) -> Image.Image:
    """Its pixels, upright, on white, in sRGB, at most so many a side; none of what went with it."""
    orientation, profile = _orientation(image), image.info.get("icc_profile")
    size = _fitting(image.size, longest)
    image.draft(None, size)  # a JPEG is decoded at half, a quarter or an eighth: faster, smaller
    flat = _eight_bit(image)
    small = flat.resize(size, Image.Resampling.LANCZOS) if flat.size != size else flat
    coloured = _in_srgb(small, profile)
    upright = coloured.transpose(_UPRIGHT[orientation]) if orientation in _UPRIGHT else coloured
    anew = Image.new("RGB", upright.size)
    anew.paste(upright)
    return anew


def _fitting(size: tuple[int, int], longest: int) -> tuple[int, int]:
    factor = min(1.0, longest / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _eight_bit(image: Image.Image) -> Image.Image:
    """In a mode that can be resized: CMYK, grey or RGB, eight bits a channel, nothing to see
    through."""
    if image.mode in ("RGB", "L", "CMYK"):
        image.load()
        return image
    if image.mode.startswith("I"):  # sixteen bits of grey, of which the upper eight are kept
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen_through = image.convert("RGBA")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, seen_through).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By the profile that came with the picture; without one that fits, as it stands."""
    if profile and len(profile) <= _LARGEST_PROFILE:
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, theirs, _SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, *BROKEN):
            return image.convert("RGB")
        if converted is not None:
            return converted
    return image.convert("RGB")


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except (Warning, *BROKEN):
        return 1


def _taken_on(image: Image.Image) -> date | None:
    """The day on the camera's clock, where the picture still says it."""
    try:
        said = str(image.getexif().get_ifd(_EXIF).get(_TAKEN_AT, ""))
        return datetime.strptime(said[:10], "%Y:%m:%d").date()  # noqa: DTZ007 - it has no zone
    except (Warning, *BROKEN):
        return None


def _black_out(image: Image.Image, hidden: Sequence[Rectangle]) -> None:
    draw = ImageDraw.Draw(image)
    for part in hidden:
        left, right = part.left * image.width, (part.left + part.width) * image.width
        top, bottom = part.top * image.height, (part.top + part.height) * image.height
        corners = (
            math.floor(left) - _BLEED,
            math.floor(top) - _BLEED,
            math.ceil(right) + _BLEED,
            math.ceil(bottom) + _BLEED,
        )
        draw.rectangle(corners, fill="black")
