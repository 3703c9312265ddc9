"""Word letters as LibreOffice opens and prints them: the same text, passage by passage.

Another reader than ours: a document that it mends, or in which it leaves something out, fails here.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from PIL import Image

from letters.drafting.content import (
    Annex,
    Emphasis,
    Figure,
    HouseStyle,
    LetterContent,
    Mark,
    Picture,
    Span,
    Typeface,
)
from letters.rendering import fonts, pictures
from letters.rendering.pictures import Prepared
from letters.rendering.word import docx, shells
from letters.rendering.words import passages, words
from tests.golden.letters import LETTERS
from tests.rendering import picture_samples, samples, word_samples
from tests.rendering.readers import words_of_docx

SOFFICE = "soffice"
MISSING = "LibreOffice is needed here: sudo apt-get install libreoffice-writer-nogui"
LONGEST = 240  # seconds, for all letters together
FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    "<dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"
)

LOGO = pictures.prepare_logo(picture_samples.png(picture_samples.quarters((400, 120))))
SIGNATURE = pictures.prepare_signature(picture_samples.png(Image.new("RGB", (300, 90), "navy")))
PHOTOGRAPH = pictures.prepare_photograph(picture_samples.jpeg())
PICTURES = {each.digest: each.data for each in (LOGO, SIGNATURE, PHOTOGRAPH)}


def shown(prepared: Prepared, alt: str) -> Picture:
    return Picture(
        digest=prepared.digest,
        media_type=prepared.media_type,
        width=prepared.width,
        height=prepared.height,
        alt=alt,
    )


STYLED = replace(
    samples.LETTER,
    mark=Mark.PREVIEW,
    letterhead=replace(
        samples.LETTERHEAD,
        style=HouseStyle(
            typeface=Typeface.ATKINSON_HYPERLEGIBLE,
            colour="#7a1f5c",
            logo=shown(LOGO, "Exampleton University Hospitals"),
            footer=("Exampleton Hospitals Charity 000000", "Chair: Ms Invented"),
        ),
    ),
    sign_off=replace(samples.LETTER.sign_off, signature=shown(SIGNATURE, "Signature")),
    annexes=(
        Annex(
            id="photographs",
            heading="Photographs taken in the home",
            figures=tuple(
                Figure(
                    id=f"photograph-{number}",
                    picture=shown(PHOTOGRAPH, f"Mould in room {number}"),
                    caption=f"Photograph {number}: mould in room {number}, taken by the tenant",
                )
                for number in range(1, 6)
            ),
        ),
    ),
)
SCRIPTS = replace(
    samples.LETTER,
    addressee=("Łukasz Nguyễn", "14 Sample Court"),
    blocks=(
        samples.paragraph("name", "The tenant is অমিত, ਗੁਰਪ੍ਰੀਤ or தமிழ், 14 Sample Court."),
        samples.paragraph("ar", Span(text="الرجاء إصلاح الرطوبة في المنزل", language="ar")),
        samples.paragraph("ur", Span(text="براہ کرم گھر کی نمی ٹھیک کریں", language="ur")),
        samples.paragraph(
            "cy", Span(text="Annwyl Ŵyn", language="cy", emphasis=Emphasis.STRONG), ", dear Ŵyn"
        ),
    ),
)
LONG = replace(
    samples.LETTER,
    addressee=("The Head of Repairs " * 6, *(f"Line {n} of a long address" for n in range(1, 7))),
    copies=(),
    enclosures=(),
    subject=(),
    small_print=(),
    blocks=(
        samples.paragraph("narrative", "It is damp and the wall is black again. " * 500),
        samples.table(
            "table",
            "A table over several pages",
            {"Day": 20, "What happened": 80},
            tuple((f"Day {n}", f"What happened on day {n} " * 5) for n in range(1, 81)),
        ),
        samples.paragraph("after", "After the table."),
        samples.paragraph("emoji", "😀"),
    ),
)


def word_made() -> bytes:
    """A shell as a program other than ours writes one."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Specimen Trust"
    for name in ("organisation", "team", "contact", "addressee", "date", "reference"):
        document.add_paragraph(f"{{{{ {name} }}}}", style="Intense Quote")
    document.add_paragraph("{{p letter }}")
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def first_of_each_kind() -> Iterator[tuple[str, LetterContent]]:
    kinds: set[str] = set()
    for name, composed in LETTERS.items():
        kind = name.rsplit("/", 1)[-1].split("-", 1)[0]
        if kind not in kinds:
            kinds.add(kind)
            yield kind, composed().content


def contents() -> dict[str, LetterContent]:
    return {
        **dict(first_of_each_kind()),
        "letter": samples.LETTER,
        "hostile": samples.HOSTILE,
        "unsigned": samples.UNSIGNED,
        "styled": STYLED,
        "scripts": SCRIPTS,
        "long": LONG,
        "in-shell": STYLED,
        "in-made-shell": samples.LETTER,
    }


CONTENTS = contents()
SHELLS = {"in-shell": word_samples.shell, "in-made-shell": word_made}


def rendered(name: str) -> bytes:
    shell = shells.read(SHELLS[name]()) if name in SHELLS else None
    return docx.render(CONTENTS[name], PICTURES, shell=shell)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every letter as LibreOffice prints it, in one run of its own."""
    place = tmp_path_factory.mktemp("office")
    for name in CONTENTS:
        (place / f"{name}.docx").write_bytes(rendered(name))
    (place / "shell.docx").write_bytes(word_made())
    convert(place, "pdf", *(f"{name}.docx" for name in CONTENTS))
    return place


def convert(place: Path, to: str, *names: str) -> None:
    soffice = shutil.which(SOFFICE)
    if soffice is None:
        pytest.fail(MISSING)
    configured = place / "fonts.conf"
    configured.write_text(FONTS.format(fonts=fonts.FOLDER, cache=place / "fonts"))
    profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
    subprocess.run(  # noqa: S603 our own files
        [soffice, profile, "--headless", "--convert-to", to, "--outdir", str(place), *names],
        cwd=place,
        env={**os.environ, "FONTCONFIG_FILE": str(configured), "HOME": str(place)},
        check=True,
        capture_output=True,
        timeout=LONGEST,
    )


def printed(path: Path) -> tuple[str, ...]:
    pages = pypdfium2.PdfDocument(path)
    return tuple(page.get_textpage().get_text_range() for page in pages)


def compact(text: str) -> str:
    """Without spaces and hyphens, as lines break at both, and without markers of direction."""
    kept = (each for each in text if each.isprintable() and not each.isspace())
    return "".join(kept).replace("-", "").replace("\u200e", "").replace("\ufffe", "")


@pytest.mark.parametrize("name", sorted(set(CONTENTS) - {"scripts"}))
def test_office_prints_every_passage(folder: Path, name: str) -> None:
    said = compact("".join(printed(folder / f"{name}.pdf")))

    for passage in passages(CONTENTS[name]):
        assert compact(passage) in said or split_by_pages(passage, said), name


def split_by_pages(passage: str, said: str) -> bool:
    """Whether it is there in full but for the foot of a page between two of its words."""
    at = 0
    for word in passage.split():
        at = said.find(compact(word), at)
        if at < 0:
            return False
        at += len(compact(word))
    return True


ORDERED = sorted(set(CONTENTS) - {"scripts", "hostile", "long"} - set(SHELLS))


@pytest.mark.parametrize("name", ORDERED)
def test_office_prints_the_body_in_order(folder: Path, name: str) -> None:
    content, said = CONTENTS[name], compact("".join(printed(folder / f"{name}.pdf")))

    heads = passages(content).index(content.heading)
    at = said.index(compact(content.heading))
    for passage in passages(content)[heads:]:
        for word in passage.split():
            found = said.find(compact(word), at)
            assert found >= 0, name
            at = found + len(compact(word))


def test_office_prints_other_scripts(folder: Path) -> None:
    said = compact("".join(printed(folder / "scripts.pdf")))

    assert "ŁukaszNguyễn" in said
    assert "AnnwylŴyn" in said
    for sample in ("الرجاء", "براہ", "অমিত"):
        assert set(sample) & set(said), "a script is missing"


def test_office_repeats_heads_and_marks(folder: Path) -> None:
    assert sum("What happened\r\n" in page for page in printed(folder / "long.pdf")) > 2
    for name in ("unsigned", "styled", "in-shell"):
        assert all("Preview: not reviewed" in page for page in printed(folder / f"{name}.pdf"))


def test_office_shows_pictures(folder: Path) -> None:
    for name in ("styled", "in-shell"):
        pages = pypdfium2.PdfDocument(folder / f"{name}.pdf")
        found = [each for page in pages for each in page.get_objects(filter=[3])]
        expected = 7 if name == "styled" else 6  # an organisation's shell has its own logo
        assert len(found) == expected, name


MILLIMETRES = 25.4 / 72
AREAS = {  # left, top, right, bottom, in millimetres from the corner of the page
    "Exampleton University Hospitals": (15, 5, 195, 30),
    "Sample Infirmary": (125, 30, 195, 95),
    "Head of Repairs": (24.6, 39.5, 120, 66.3),
    "ZZ99 2BB": (24.6, 39.5, 120, 66.3),
    "HJP-2026-0042-A": (125, 30, 195, 95),
    "Damp and mould that make": (20, 95, 195, 120),
}


@pytest.mark.parametrize("text", AREAS)
@pytest.mark.parametrize("name", ["letter", "styled"])
def test_office_keeps_to_the_areas_of_the_page(folder: Path, name: str, text: str) -> None:
    page = pypdfium2.PdfDocument(folder / f"{name}.pdf")[0]
    painted = page.get_textpage()
    starts = (each.start() for each in re.finditer(re.escape(text), painted.get_text_range()))

    # The reference stands at the foot of the page as well, the addressee in the salutation.
    boxes = [box_of(painted, start, len(text), page.get_height()) for start in starts]
    left, top, right, bottom = AREAS[text]
    assert any(
        left <= box[0] <= box[2] <= right and top <= box[1] <= box[3] <= bottom for box in boxes
    ), boxes


def box_of(
    painted: pypdfium2.PdfTextPage, start: int, length: int, height: float
) -> tuple[float, ...]:
    """Of a text in one line, in millimetres from the corner of the page."""
    left, bottom, _, top = painted.get_charbox(start)
    right = painted.get_charbox(start + length - 1)[2]
    return tuple(edge * MILLIMETRES for edge in (left, height - top, right, height - bottom))


def test_a_shell_that_office_has_saved_is_taken(folder: Path) -> None:
    convert(folder, "odt", "shell.docx")
    (folder / "shell.docx").unlink()
    convert(folder, "docx", "shell.odt")

    made = docx.render(samples.LETTER, shell=shells.read((folder / "shell.docx").read_bytes()))

    assert words_of_docx(made) == words(samples.LETTER)
