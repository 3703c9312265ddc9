"""The look of each kind of letter in each nation: its pages side by side, small, kept to be seen in
review and to be compared by a test.

After a change of look: `python -m tests.golden.pictures` draws them again, and writes
docs/letters.md, which shows one of each kind; the pictures are looked at before they are committed.
"""

from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from letters.drafting.content import LetterContent
from letters.drafting.stages import Stage
from letters.law.jurisdictions import Jurisdiction
from letters.rendering import pdf
from tests.golden.letters import FOLDER, LETTERS

SHOWN = Jurisdiction.ENGLAND
PAGE = Path(__file__).parents[2] / "docs" / "letters.md"
POINTS = 48 / 72  # 48 dots an inch: words can be told apart, if not read with ease
GAP = 4
COLOURS = 16
# A sign that sits a little otherwise, on a machine with another version of a library, is no change
# of look; a line that moves is.
TOLERATED = 0.002
SEEN = 64
OPENING = """\
# What the letters look like

One letter of each kind, as it is printed: England, a case of damp and mould where there is one.
Wales, Scotland and Northern Ireland, and the other tenures, are in [tests/golden](../tests/golden),
each beside its words. The people are invented, and nobody has reviewed or signed what the letters
say.

Made by `python -m tests.golden.pictures`; a test compares each with the letter as it is printed.
"""


def drawn(document: bytes) -> Image.Image:
    """The pages of a PDF side by side."""
    pages = [
        page.render(scale=POINTS).to_pil().convert("RGB")
        for page in pypdfium2.PdfDocument(document)
    ]
    width = sum(page.width + GAP for page in pages) - GAP
    together = Image.new("RGB", (width, max(page.height for page in pages)), "#888888")
    for number, page in enumerate(pages):
        together.paste(page, (number * (page.width + GAP), 0))
    return together.quantize(COLOURS)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of dots that anybody would see to differ; 1 where the pages are not as many."""
    if one.size != other.size:
        return 1.0
    apart = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    seen = sum(apart.histogram()[SEEN:])
    return seen / (apart.width * apart.height)


def kept(name: str) -> Path:
    return FOLDER / f"{name}.png"


def as_printed(content: LetterContent) -> Image.Image:
    return drawn(pdf.render(content))


def refresh() -> None:
    """Draw every letter anew; one that looks as it did keeps its file."""
    for path in FOLDER.glob("*/*.png"):
        if path.relative_to(FOLDER).with_suffix("").as_posix() not in LETTERS:
            path.unlink()
    for name, compose in LETTERS.items():
        picture = as_printed(compose().content)
        if not kept(name).exists() or difference(picture, Image.open(kept(name))) > 0:
            packed = BytesIO()
            picture.save(packed, "PNG", optimize=True)
            kept(name).write_bytes(packed.getvalue())
    PAGE.write_text(page(), encoding="utf-8")


def page() -> str:
    """docs/letters.md: the first letter of each kind in one nation, and where the others are."""
    shown = "\n\n".join(map(_shown, _first_of_each_kind().items()))
    return f"{OPENING}\n{shown}\n"


def _first_of_each_kind() -> dict[str, str]:
    first: dict[str, str] = {}
    for name in LETTERS:
        nation, _, rest = name.partition("/")
        if nation == SHOWN.value:
            first.setdefault(rest.partition("-")[0], name)
    return first


def _shown(kind_and_name: tuple[str, str]) -> str:
    kind, name = kind_and_name
    label, words = Stage(kind).label, f"[its words](../tests/golden/{name}.txt)"
    return (
        f"## {label}\n\n![{label}: its pages side by side](../tests/golden/{name}.png)\n\n{words}"
    )


if __name__ == "__main__":
    refresh()
