"""The Word document: real headings, lists and tables, and the same bytes each time."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from letters.drafting.content import (
    Annex,
    Figure,
    HouseStyle,
    LetterContent,
    ListKind,
    Picture,
    Span,
    Typeface,
)
from letters.rendering import fonts
from letters.rendering.errors import RenderingFailed
from letters.rendering.pictures import NO_PICTURES, Pictures, prepare_photograph
from letters.rendering.word import docx, runs
from tests.rendering import picture_samples, samples
from tests.rendering.readers import W, parts_of_docx

AGAIN = (
    "import hashlib; from letters.rendering.word import docx; from tests.rendering import samples; "
    "print(hashlib.sha256(docx.render(samples.LETTER)).hexdigest())"
)
PREPARED = prepare_photograph(picture_samples.jpeg())
PICTURES = {PREPARED.digest: PREPARED.data}
PICTURE = Picture(
    digest=PREPARED.digest,
    media_type=PREPARED.media_type,
    width=PREPARED.width,
    height=PREPARED.height,
    alt="Mould in room",
)
STYLED = replace(
    samples.LETTER,
    letterhead=replace(
        samples.LETTERHEAD,
        style=HouseStyle(
            typeface=Typeface.ATKINSON_HYPERLEGIBLE,
            colour="#7a1f5c",
            logo=replace(PICTURE, alt="Exampleton & Sons"),
            footer=("Charity 000000",),
        ),
    ),
    sign_off=replace(samples.LETTER.sign_off, signature=replace(PICTURE, alt="Signature")),
    annexes=(
        Annex(
            id="a",
            heading="Photographs",
            figures=tuple(
                Figure(id=f"f{n}", picture=PICTURE, caption=f"Photograph {n}") for n in range(3)
            ),
        ),
    ),
)
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
COVER = "{http://purl.org/dc/elements/1.1/}"
TERMS = "{http://purl.org/dc/terms/}"


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    return parts_of_docx(docx.render(samples.LETTER))


@pytest.fixture(scope="module")
def body(parts: dict[str, bytes]) -> etree._Element:
    return etree.fromstring(parts["word/document.xml"])


def styles_used(body: etree._Element) -> list[str]:
    return [each.get(f"{W}val", "") for each in body.iter(f"{W}pStyle")]


def test_render_describes_itself(parts: dict[str, bytes]) -> None:
    core = etree.fromstring(parts["docProps/core.xml"])

    assert core.findtext(f"{COVER}title") == samples.LETTER.heading
    assert core.findtext(f"{COVER}creator") == samples.LETTERHEAD.organisation
    assert core.findtext(f"{COVER}language") == "en-GB"
    assert core.findtext(f"{TERMS}created") == "2026-07-01T00:00:00Z"
    assert core.findtext(f"{TERMS}modified") == "2026-07-01T00:00:00Z"


def test_render_sets_its_language(parts: dict[str, bytes]) -> None:
    language = etree.fromstring(parts["word/styles.xml"]).find(f".//{W}lang")

    assert language is not None
    assert language.get(f"{W}val") == "en-GB"


def test_render_defines_every_style_it_uses(parts: dict[str, bytes], body: etree._Element) -> None:
    defined = {
        each.get(f"{W}styleId") for each in etree.fromstring(parts["word/styles.xml"]).iter()
    }
    used = {each.get(f"{W}val") for each in body.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}

    assert used <= defined


def test_render_uses_real_headings(body: etree._Element) -> None:
    used = styles_used(body)

    assert used.count("LetterHeading1") == 1
    assert used.count("LetterHeading2") == 3
    assert used.count("LetterHeading3") == 1


def test_render_repeats_the_heads_of_tables(body: etree._Element) -> None:
    for each in body.iter(f"{W}tbl"):
        assert each.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None
        assert each.find(f"{W}tblPr/{W}tblCaption") is not None


def test_render_starts_each_numbered_list_at_one() -> None:
    lists = tuple(samples.item_list(name, ListKind.NUMBERED, "one", "two") for name in "ab")
    made = parts_of_docx(docx.render(replace(samples.LETTER, blocks=lists)))

    numbers = [
        each.get(f"{W}val")
        for each in etree.fromstring(made["word/document.xml"]).iter()
        if each.tag == f"{W}numId"
    ]
    assert numbers == ["2", "2", "3", "3"]
    assert made["word/numbering.xml"].count(b"startOverride") == 2


def test_render_links_by_relation(parts: dict[str, bytes], body: etree._Element) -> None:
    assert body.find(f".//{W}hyperlink") is not None
    assert b"https://www.legislation.gov.uk/ukpga/1985/70" in parts["word/_rels/document.xml.rels"]


def test_render_numbers_its_pages(parts: dict[str, bytes]) -> None:
    assert b"Our reference HJP-2026-0042-A" in parts["word/footer1.xml"]
    assert b"NUMPAGES" in parts["word/footer1.xml"]


def test_render_marks_every_page() -> None:
    made = parts_of_docx(docx.render(samples.UNSIGNED))

    for part in ("word/document.xml", "word/header1.xml"):  # the first page, and the others
        assert b"Preview: not reviewed, not for sending" in made[part]


def test_render_leaves_hostile_text_valid() -> None:
    made = parts_of_docx(docx.render(samples.HOSTILE))

    for name, part in made.items():
        assert etree.fromstring(part) is not None, name
    title = etree.fromstring(made["docProps/core.xml"]).findtext(f"{COVER}title")
    assert title == "{{ 7*7 }} {% raise %} {# gone? #} {_{ }_} {_% %_}"


def test_render_shortens_only_the_title_property() -> None:
    made = parts_of_docx(docx.render(replace(samples.LETTER, heading="long " * 100)))

    assert ("long " * 100).strip().encode() in made["word/document.xml"]


def test_render_refuses_an_unsafe_link() -> None:
    link = Span(text="here", href="javascript:alert(1)")

    with pytest.raises(RenderingFailed):
        docx.render(replace(samples.LETTER, blocks=(samples.paragraph("p", link),)))


def body_of(content: LetterContent, pictures: Pictures = NO_PICTURES) -> etree._Element:
    return etree.fromstring(parts_of_docx(docx.render(content, pictures))["word/document.xml"])


def test_render_shows_pictures_with_their_words() -> None:
    made = parts_of_docx(docx.render(STYLED, PICTURES))
    body = etree.fromstring(made["word/document.xml"])

    told = [each.get("descr") for each in body.iter(f"{DRAWN}docPr")]
    assert told == ["Exampleton & Sons", "Signature", *(["Mould in room"] * 3)]
    assert len({each.get("id") for each in body.iter(f"{DRAWN}docPr")}) == len(told)
    media = {name: data for name, data in made.items() if name.startswith("word/media/")}
    assert sorted(media.values()) == sorted(PICTURES.values())  # each once, as it was approved


def test_render_keeps_the_proportions_of_pictures() -> None:
    for extent in body_of(STYLED, PICTURES).iter(f"{DRAWN}extent"):
        across, down = int(extent.get("cx", "0")), int(extent.get("cy", "0"))
        assert across / down == pytest.approx(400 / 300, rel=0.01)
        assert across <= 168 * 36_000


def test_render_keeps_captions_with_their_pictures() -> None:
    paragraphs = list(body_of(STYLED, PICTURES).iter(f"{W}p"))

    styles = [each.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for each in paragraphs]
    assert styles[-7:] == ["LetterAnnex", *(["LetterPicture", "LetterFigure"] * 3)]


def test_render_refuses_a_letter_without_its_pictures() -> None:
    with pytest.raises(RenderingFailed, match="missing"):
        docx.render(STYLED)


def test_render_refuses_another_picture() -> None:
    swapped = dict.fromkeys(PICTURES, b"another")

    with pytest.raises(RenderingFailed, match="not the one that was approved"):
        docx.render(STYLED, swapped)


def test_render_refuses_other_kinds_of_picture() -> None:
    drawing = replace(PICTURE, media_type="image/svg+xml")
    content = replace(samples.LETTER, sign_off=replace(samples.LETTER.sign_off, signature=drawing))

    with pytest.raises(RenderingFailed, match="neither JPEG nor PNG"):
        docx.render(content, PICTURES)


def test_render_takes_colour_and_typeface_of_the_house() -> None:
    styles = parts_of_docx(docx.render(STYLED, PICTURES))["word/styles.xml"].decode()

    assert "7A1F5C" in styles
    assert "003D78" not in styles
    assert 'w:ascii="Atkinson Hyperlegible Next"' in styles


def test_render_names_a_substitute_for_each_typeface(parts: dict[str, bytes]) -> None:
    table = etree.fromstring(parts["word/fontTable.xml"])

    named = {each.get(f"{W}name") for each in table}
    assert {family.name for family in fonts.CHOSEN.values()} <= named
    assert {font for _, font in runs.FONTS_BY_LETTERS} | {fonts.NASTALIQ.name} <= named
    assert all(each.find(f"{W}altName") is not None for each in table)


@pytest.mark.parametrize("colour", ["red", "#003D78", "#fff", '#000000"/>'])
def test_render_refuses_what_is_no_colour(colour: str) -> None:
    style = HouseStyle(colour=colour)

    with pytest.raises(RenderingFailed, match="not written as"):
        docx.render(replace(samples.LETTER, letterhead=replace(samples.LETTERHEAD, style=style)))


def test_render_tells_language_and_direction() -> None:
    spans = (Span(text="الرجاء 14 قبل", language="ar"),)
    body = body_of(replace(samples.LETTER, blocks=(samples.paragraph("p", *spans),)))

    (turned,) = body.findall(f".//{W}bidi/../..")
    (run,) = turned.findall(f"{W}r")
    assert run.find(f"{W}rPr/{W}rtl") is not None
    assert run.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "ar"
    assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}cs") == "Noto Sans Arabic"


def test_render_turns_a_name_and_not_what_follows() -> None:
    body = body_of(
        replace(samples.LETTER, blocks=(samples.paragraph("p", "Mr محمد علي, 14 Court"),))
    )

    (turned,) = body.findall(f".//{W}rtl/../..")
    assert turned.findtext(f"{W}t") == "محمد علي"
    assert turned.getnext().findtext(f"{W}t") == "\u200e"
    assert turned.getparent().find(f"{W}pPr/{W}bidi") is None


@pytest.mark.parametrize(
    ("text", "language", "font"),
    [
        ("অমিত", None, "Noto Sans Bengali"),
        ("ਗੁਰਪ੍ਰੀਤ", "pa", "Noto Sans Gurmukhi"),
        ("தமிழ்", None, "Noto Sans Tamil"),
        ("نمی", "ur", "Noto Nastaliq Urdu"),
        ("Ŵyn", "cy", None),
    ],
)
def test_runs_name_the_font_of_a_script(text: str, language: str | None, font: str | None) -> None:
    made = runs.runs(text, "", language)

    assert ("w:cs=" in made) is (font is not None)
    assert (font or "") in made


def test_render_moves_the_letter_below_a_long_head() -> None:
    def height(content: LetterContent) -> int:
        made = parts_of_docx(docx.render(content))
        spacing = etree.fromstring(made["word/header2.xml"]).find(f".//{W}spacing")
        assert spacing is not None
        return int(spacing.get(f"{W}line", "0"))

    long = replace(samples.LETTERHEAD, address=("A long line of an address " * 3,) * 6)
    assert height(replace(samples.LETTER, letterhead=long)) > height(samples.LETTER)
    assert height(replace(samples.LETTER, addressee=("x",) * 20)) > height(samples.LETTER)


def test_render_writes_an_archive_without_a_clock() -> None:
    with ZipFile(BytesIO(docx.render(STYLED, PICTURES))) as archive:
        entries = archive.infolist()

    assert {each.date_time for each in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"
    assert len({each.filename for each in entries}) == len(entries)


def test_render_opens_in_another_library() -> None:
    opened = Document(BytesIO(docx.render(STYLED, PICTURES)))

    styles = [each.style.name or "" for each in opened.paragraphs if each.style]
    assert [each for each in styles if each.startswith("Heading")][:2] == ["Heading 1", "Heading 2"]
    assert opened.core_properties.title == STYLED.heading


def test_render_gives_the_same_bytes_elsewhere() -> None:
    command = [sys.executable, "-c", AGAIN]
    other = subprocess.run(  # noqa: S603 our own interpreter
        command, capture_output=True, check=True, cwd=Path(__file__).parents[2], text=True
    )

    assert other.stdout.strip() == hashlib.sha256(docx.render(samples.LETTER)).hexdigest()
