"""Pictures as telephones, scanners and ill-wishers send them."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw

POSITION = {1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)}


def quarters(size: tuple[int, int] = (400, 300)) -> Image.Image:
    """Red, green, blue and white: which way is up can be told from any corner."""
    image = Image.new("RGB", size, "white")
    draw, (x, y) = ImageDraw.Draw(image), (size[0] // 2, size[1] // 2)
    draw.rectangle((0, 0, x - 1, y - 1), fill="red")
    draw.rectangle((x, 0, size[0], y - 1), fill="green")
    draw.rectangle((0, y, x - 1, size[1]), fill="blue")
    return image


def exif(*, orientation: int = 1, taken_at: str = "2026:07:03 09:15:00") -> Image.Exif:
    """What a telephone writes beside the pixels: its name, the time and the place."""
    written = Image.Exif()
    written[0x0112], written[0x010F], written[0x0110] = orientation, "Phonemaker", "Model 7"
    written.get_ifd(0x8769)[0x9003] = taken_at
    written.get_ifd(0x8825).update(POSITION)
    return written


def jpeg(image: Image.Image | None = None, **options: Any) -> bytes:
    return _saved(image or quarters(), "JPEG", **({"quality": 92} | options))


def png(image: Image.Image | None = None, **options: Any) -> bytes:
    return _saved(image or quarters(), "PNG", **options)


def webp(image: Image.Image | None = None, **options: Any) -> bytes:
    return _saved(image or quarters(), "WEBP", **options)


def heic(image: Image.Image | None = None, *, with_exif: Image.Exif | None = None) -> bytes:
    """A real one, written by libheif."""
    written = BytesIO()
    file = pillow_heif.from_pillow(image or quarters())
    file.save(written, quality=90, exif=with_exif.tobytes() if with_exif else None)
    return written.getvalue()


def twelve_megapixels(seed: int = 0) -> bytes:
    """As large as a telephone's, with enough in it not to shrink to nothing."""
    noise = Image.effect_noise((252, 189), 60 + seed).resize((4032, 3024), Image.Resampling.BICUBIC)
    colours = Image.merge("RGB", (noise, noise.transpose(Image.Transpose.ROTATE_180), noise))
    return jpeg(colours, exif=exif(), quality=88)


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A header that claims so many pixels, with next to nothing behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 64)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", pixels)
        + _chunk(b"IEND", b"")
    )


def jpeg_of_claimed_size(width: int, height: int) -> bytes:
    """The same as JPEG: the size stands in the frame header."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()
