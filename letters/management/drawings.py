"""Pictures for the demonstration, drawn here: a photograph would be of somebody's home."""

from collections.abc import Mapping
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

_SIZE = 1200, 900
_WALL, _MOULD, _WATER = (206, 198, 180), (42, 46, 38), (150, 128, 92)
_ROOF = ((20, 120), (110, 30), (200, 120))
_NAVY, _TEAL = (0, 48, 96), (0, 110, 100)
# What each shows, in the words of whoever adds it, with the spots of it: how many, how large.
_SHOWN: Mapping[str, tuple[tuple[int, int, int], int, int]] = {
    "Black mould on the outside wall above the bed": (_MOULD, 260, 34),
    "Water stain on the ceiling below the roof edge": (_WATER, 9, 260),
    "Mould around the window frame": (_MOULD, 120, 22),
}


def photographs() -> Mapping[str, bytes]:
    """Pictures of walls by what they show, as a telephone would send them."""
    return {
        shows: _wall(colour, spots=spots, largest=largest, seed=seed)
        for seed, (shows, (colour, spots, largest)) in enumerate(_SHOWN.items())
    }


def logo() -> bytes:
    """A house with a door, and a line to stand on."""
    image = Image.new("RGB", (220, 220), "white")
    pen = ImageDraw.Draw(image)
    pen.polygon(_ROOF, fill=_NAVY)
    pen.rectangle((45, 120, 175, 196), fill=_TEAL)
    pen.rectangle((95, 146, 125, 196), fill="white")
    pen.rectangle((20, 198, 200, 206), fill=_NAVY)
    return _saved(image, "PNG")


def _wall(colour: tuple[int, int, int], *, spots: int, largest: int, seed: int) -> bytes:
    chance = Random(seed)  # noqa: S311 - draws, and guards nothing
    mask = Image.new("L", _SIZE, 0)
    pen = ImageDraw.Draw(mask)
    for _ in range(spots):
        across, down = chance.gauss(0.4, 0.17) * _SIZE[0], chance.gauss(0.4, 0.17) * _SIZE[1]
        radius = largest * chance.random() ** 2
        box = (across - radius, down - radius, across + radius, down + radius)
        pen.ellipse(box, fill=chance.randrange(90, 220))
    wall = Image.new("RGB", _SIZE, _WALL)
    wall.paste(colour, mask=mask.filter(ImageFilter.GaussianBlur(7)))
    light = Image.linear_gradient("L").resize(_SIZE).point(lambda level: 255 - level // 4)
    lit = ImageChops.multiply(wall, Image.merge("RGB", (light, light, light)))
    grain = Image.effect_noise(_SIZE, 18).convert("RGB")
    return _saved(ImageChops.overlay(lit, grain), "JPEG", quality=85)


def _saved(image: Image.Image, kind: str, **options: int) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
