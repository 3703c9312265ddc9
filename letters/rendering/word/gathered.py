"""What a letter's body refers to outside itself: addresses and pictures, gathered as it is
written."""

from collections.abc import Iterator

from markupsafe import Markup

from letters.drafting.content import Picture
from letters.rendering.errors import RenderingFailed
from letters.rendering.pictures import Pictures, data_of
from letters.rendering.word.archive import Packed, stored
from letters.rendering.word.layout import piece

MILLIMETRE = 36_000  # in the units of drawings
_PIXEL = 9_525  # the same, at 96 to the inch
# Width and height at most, in millimetres; three photographs with their captions fit on a page.
_ROOM = {
    "logo": (50, 12),
    "logo below a mark": (40, 7.5),
    "signature": (70, 14),
    "photograph": (120, 70),
}
_ENDINGS = {"image/png": "png", "image/jpeg": "jpeg"}
_FIRST_DRAWING = 9_001  # beyond the numbers of what an organisation's shell may draw


class Gathered:
    """One letter's; `prefix` keeps its relations apart from those of the shell."""

    def __init__(self, pictures: Pictures, *, prefix: str) -> None:
        self._pictures = pictures
        self._prefix = prefix
        self._links: dict[str, str] = {}
        self._media: dict[str, tuple[str, Packed]] = {}
        self._drawn = 0

    def relation(self, address: str) -> str:
        """The name under which the body refers to an address."""
        return self._links.setdefault(address, f"{self._prefix}Link{len(self._links) + 1}")

    def drawing(self, picture: Picture, place: str) -> Markup:
        """A run that shows the picture as large as its place allows."""
        across, down = _size(picture, place)
        number = _FIRST_DRAWING + self._drawn
        self._drawn += 1
        shown = piece("drawing.xml").render(
            across=across,
            down=down,
            number=number,
            name=f"Picture {self._drawn}",
            alt=picture.alt,
            relation=self._embedded(picture),
        )
        return Markup(shown)  # noqa: S704 the template has escaped it

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, address) for address, name in self._links.items())

    @property
    def media(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, part.name) for name, part in self._media.values())

    def parts(self) -> Iterator[Packed]:
        """The pictures themselves, each once."""
        yield from (part for _, part in self._media.values())

    def _embedded(self, picture: Picture) -> str:
        if picture.digest not in self._media:
            number = len(self._media) + 1
            name = f"word/media/{self._prefix}{number}.{_ending(picture)}"
            part = stored(name, data_of(picture, self._pictures))
            self._media[picture.digest] = (f"{self._prefix}Picture{number}", part)
        return self._media[picture.digest][0]


def _size(picture: Picture, place: str) -> tuple[int, int]:
    """In its own proportions, no larger than it is at 96 pixels to the inch."""
    widest, highest = (side * MILLIMETRE for side in _ROOM[place])
    factor = min(_PIXEL, widest / picture.width, highest / picture.height)
    return round(picture.width * factor), round(picture.height * factor)


def _ending(picture: Picture) -> str:
    try:
        return _ENDINGS[picture.media_type]
    except KeyError:
        raise RenderingFailed("A picture of the letter is neither JPEG nor PNG") from None
