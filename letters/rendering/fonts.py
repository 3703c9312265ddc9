"""The typefaces of the letters: where their files are, and which characters they can print.

A letter is set in the typeface of its house style. What that one lacks is printed in the first of
`FALLBACKS` that has it, so that a name in any script of the patients we know is printed as it is
written. Arimo is as wide as Arial, so a letter breaks its pages alike in PDF and in Word.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from letters.drafting.content import LetterContent, Typeface
from letters.rendering.errors import RenderingFailed
from letters.rendering.labels import labels_for
from letters.rendering.words import words

FOLDER = Path(__file__).parents[2] / "node_modules" / "@expo-google-fonts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One typeface, by its name in a style sheet and the package and prefix of its files."""

    name: str
    package: str
    prefix: str


ARIMO = Family(name="Arimo", package="arimo", prefix="Arimo")
NOTO_SANS = Family(name="Noto Sans", package="noto-sans", prefix="NotoSans")
CHOSEN = {
    Typeface.ARIMO: ARIMO,
    Typeface.ATKINSON_HYPERLEGIBLE: Family(
        name="Atkinson Hyperlegible Next",
        package="atkinson-hyperlegible-next",
        prefix="AtkinsonHyperlegibleNext",
    ),
    Typeface.NOTO_SANS: NOTO_SANS,
}
# Scripts of their own first: signs that they share with others, the danda among them, sit right
# only beside letters of the same font.
FALLBACKS = (
    # A form for each letter, dots and all: from dots apart a program cannot read the letter back.
    Family(name="IBM Plex Sans Arabic", package="ibm-plex-sans-arabic", prefix="IBMPlexSansArabic"),
    Family(name="Scheherazade New", package="scheherazade-new", prefix="ScheherazadeNew"),
    Family(
        name="Noto Sans Bengali",
        package="noto-sans-bengali",
        prefix="NotoSansBengali",
    ),
    Family(
        name="Noto Sans Gurmukhi",
        package="noto-sans-gurmukhi",
        prefix="NotoSansGurmukhi",
    ),
    Family(
        name="Noto Sans Tamil",
        package="noto-sans-tamil",
        prefix="NotoSansTamil",
    ),
    NOTO_SANS,
    ARIMO,
    Family(name="Noto Emoji", package="noto-emoji", prefix="NotoEmoji"),
)
# Urdu is read in this hand; the style sheet sets passages in Urdu in it.
NASTALIQ = Family(
    name="Noto Nastaliq Urdu",
    package="noto-nastaliq-urdu",
    prefix="NotoNastaliqUrdu",
)
WEIGHTS = {400: "400Regular", 700: "700Bold"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One static font: a variable one would be cut anew for every letter, in other bytes."""

    family: Family
    weight: int
    data: bytes

    @property
    def address(self) -> str:
        """By what the style sheet asks for it."""
        return f"letter-font:{self.family.prefix}-{self.weight}"

    @property
    def rule(self) -> str:
        return (
            f'@font-face {{ font-family: "{self.family.name}"; font-weight: {self.weight}; '
            f'src: url("{self.address}"); }}'
        )


@cache
def families() -> tuple[Family, ...]:
    """Every family that a letter may be printed in, each once."""
    return tuple(dict.fromkeys((*CHOSEN.values(), *FALLBACKS, NASTALIQ)))


@cache
def faces(folder: Path = FOLDER) -> tuple[Face, ...]:
    """Refuses by name when a font file is missing."""
    return tuple(_face(folder, family, weight) for family in families() for weight in WEIGHTS)


def families_for(content: LetterContent) -> tuple[Family, ...]:
    """The family of the house style, then each other one that some character needs; refuses a
    letter with a character that none has, since another font would print it, if any, and not the
    same one on every machine."""
    labels = labels_for(content.language)
    printed = "".join((*words(content), labels.page, labels.of, "0123456789 "))
    return families_of(CHOSEN[content.letterhead.style.typeface], printed)


def families_of(chosen: Family, printed: str) -> tuple[Family, ...]:
    """The same for any words; line breaks are not printed."""
    lacking, needed = set(printed) - covered(chosen) - {"\n"}, [chosen]
    for family in FALLBACKS:
        if lacking & covered(family):
            needed.append(family)
            lacking -= covered(family)
    _refuse(lacking)
    return tuple(needed)


def _refuse(lacking: Iterable[str]) -> None:
    points = ", ".join(f"U+{ord(character):04X}" for character in sorted(lacking))
    if points:
        raise RenderingFailed(f"No font of the letters has a sign for {points}")


@cache
def covered(family: Family, folder: Path = FOLDER) -> frozenset[str]:
    """The characters that every face of the family can print."""
    return frozenset.intersection(
        *(_characters(face) for face in faces(folder) if face.family == family)
    )


@cache
def letters_of(family: Family) -> dict[int, frozenset[str]]:
    """The letters that each shape of the family draws by itself, by the number of the shape."""
    face = next(each for each in faces() if each.family == family)
    drawn: dict[int, set[str]] = {}
    with TTFont(BytesIO(face.data), lazy=True) as font:
        for code, name in font.getBestCmap().items():
            drawn.setdefault(font.getGlyphID(name), set()).add(chr(code))
    return {shape: frozenset(letters) for shape, letters in drawn.items()}


def _characters(face: Face) -> frozenset[str]:
    with TTFont(BytesIO(face.data), lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _face(folder: Path, family: Family, weight: int) -> Face:
    cut = WEIGHTS[weight]
    path = folder / family.package / cut / f"{family.prefix}_{cut}.ttf"
    try:
        return Face(family=family, weight=weight, data=path.read_bytes())
    except FileNotFoundError:
        raise RenderingFailed(f"The font file {path.name} is missing: run npm ci") from None
