"""The Word document: real headings, lists and tables, and the same bytes each time."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from letters.drafting.content import ListKind, Span
from letters.rendering import docx
from letters.rendering.errors import RenderingFailed
from tests.rendering import samples
from tests.rendering.readers import W, parts_of_docx

AGAIN = (
    "import hashlib; from letters.rendering import docx; from tests.rendering import samples; "
    "print(hashlib.sha256(docx.render(samples.LETTER)).hexdigest())"
)
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


def test_render_gives_the_same_bytes_elsewhere() -> None:
    command = [sys.executable, "-c", AGAIN]
    other = subprocess.run(  # noqa: S603 our own interpreter
        command, capture_output=True, check=True, cwd=Path(__file__).parents[2], text=True
    )

    assert other.stdout.strip() == hashlib.sha256(docx.render(samples.LETTER)).hexdigest()
