"""The one typeface of the letters: where its files are, and which characters it can print.

Arimo is as wide as Arial, so a letter breaks its pages alike in PDF and in Word, and it has the
letters of Welsh, the fractions and the comparison signs that clinical findings use.
"""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from letters.drafting.content import LetterContent
from letters.rendering.errors import RenderingFailed
from letters.rendering.labels import labels_for
from letters.rendering.words import words

FAMILY = "Arimo"
FOLDER = Path(__file__).parents[2] / "node_modules" / "@expo-google-fonts" / "arimo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One static font: a variable one would be cut anew for every letter, in other bytes."""

    name: str
    weight: int
    data: bytes

    @property
    def address(self) -> str:
        """By what the style sheet asks for it."""
        return f"letter-font:{self.name}"

    @property
    def rule(self) -> str:
        return (
            f'@font-face {{ font-family: "{FAMILY}"; font-weight: {self.weight}; '
            f'src: url("{self.address}"); }}'
        )


@cache
def faces(folder: Path = FOLDER) -> tuple[Face, ...]:
    """Refuses by name when a font file is missing."""
    return (
        _face(folder, name="Arimo_400Regular", weight=400),
        _face(folder, name="Arimo_700Bold", weight=700),
    )


def refuse_uncovered(content: LetterContent) -> None:
    """Refuses a letter with a character that the fonts lack: another font would print it, if
    any, and not the same one on every machine."""
    labels = labels_for(content.language)
    printed = set("".join((*words(content), labels.page, labels.of, "0123456789")))
    uncovered = sorted(printed - covered())
    if uncovered:
        points = ", ".join(f"U+{ord(character):04X}" for character in uncovered)
        raise RenderingFailed(f"The font of the letters has no sign for {points}")


@cache
def covered(folder: Path = FOLDER) -> frozenset[str]:
    """The characters that every face can print."""
    return frozenset.intersection(*(_characters(face) for face in faces(folder)))


def _characters(face: Face) -> frozenset[str]:
    with TTFont(BytesIO(face.data), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _face(folder: Path, *, name: str, weight: int) -> Face:
    path = folder / name.removeprefix("Arimo_") / f"{name}.ttf"
    try:
        return Face(name=name, weight=weight, data=path.read_bytes())
    except FileNotFoundError:
        raise RenderingFailed(f"The font file {path.name} is missing: run npm ci") from None
