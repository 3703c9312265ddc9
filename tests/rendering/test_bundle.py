"""The bundle: every page reference right, whatever is put in and wherever."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from letters.rendering import bundle, pdf
from letters.rendering.bundle import BundleTooLarge, Cover, Event, Limits, Part, Volume
from letters.rendering.errors import RenderingFailed
from tests.rendering.readers import tagged_text

COVER = Cover(
    language="en-GB",
    title="Bundle for an ombudsman",
    particulars=(("Case", "ABCD-EFGH-12"), ("Home", "14 Sample Court")),
    made_on=date(2027, 1, 5),
)
AMPLE = Limits(pages=600, size=50_000_000)
DAY = date(2026, 11, 23)


MOST_PARTS, MOST_SHEETS = 25, 9


def printed(names: list[tuple[str, int]]) -> bytes:
    """Tagged pages that say what they are."""
    inner = "".join(
        f'<p style="break-after: page">{name} sheet {number}.</p>'
        for name, length in names
        for number in range(length)
    )
    page = f'<html lang="en-GB"><title>Sheets</title><body>{inner}</body></html>'
    return pdf.print_page(page, style="* { font-family: Arimo } p:last-child { break-after: auto }")


@cache
def pool() -> bytes:
    return printed([(f"part{number}", MOST_SHEETS) for number in range(MOST_PARTS)])


@cache
def document(number: int, length: int) -> bytes:
    """The first pages of one part, cut from a pool that is printed once."""
    cut = BytesIO()
    with pikepdf.open(BytesIO(pool())) as opened, pikepdf.new() as made:
        made.pages.extend(opened.pages[MOST_SHEETS * number : MOST_SHEETS * number + length])
        made.save(cut)
    return cut.getvalue()


def scan(number: int) -> bytes:
    """A page of noise, 300 kB that nothing can make smaller."""
    drawn = BytesIO()
    Image.effect_noise((700, 900), 40 + number).save(drawn, "PDF")
    return drawn.getvalue()


def part(number: int, length: int) -> Part:
    return Part(
        id=f"part{number}",
        title=f"Title of part{number}.",
        kind="Letter",
        on=DAY,
        document=document(number, length),
    )


def bound(lengths: list[int], limits: Limits = AMPLE) -> tuple[Volume, ...]:
    parts = [part(number, length) for number, length in enumerate(lengths)]
    events = [
        Event(on=DAY + timedelta(days=number), says=f"Event of {each.id}.", part=each.id)
        for number, each in enumerate(reversed(parts))
    ]
    return bundle.bind(COVER, parts, events, limits=limits)


def texts(volume: Volume) -> list[str]:
    """What each page says, without spaces: PDFium leaves some out between columns."""
    opened = pypdfium2.PdfDocument(volume.data)
    return ["".join(page.get_textpage().get_text_bounded().split()) for page in opened]


def links(volume: Volume) -> Iterator[tuple[int, int]]:
    """From the place of a page to the place of the page that one of its links leads to."""
    with pikepdf.open(BytesIO(volume.data)) as opened:
        places = {page.obj.objgen: place for place, page in enumerate(opened.pages)}
        for place, page in enumerate(opened.pages):
            for note in page.get("/Annots", pikepdf.Array()):
                yield place, places[note.Dest[0].objgen]


def refuse_wrong_references(lengths: list[int], volumes: tuple[Volume, ...]) -> None:
    said = [text for volume in volumes for text in texts(volume)]
    index = "".join(text.partition("Bundlepage")[0] for text in said if "sheet" not in text)
    for number, length in enumerate(lengths):
        first = next(n for n, text in enumerate(said, 1) if f"part{number}sheet0." in text)
        assert f"Eventofpart{number}.{first}" in index
        if len(volumes) == 1:  # else a part may go on in the next
            pages = f"{first}" if length == 1 else f"{first}–{first + length - 1}"  # noqa: RUF001
            assert f"Titleofpart{number}.Letter23November2026{pages}" in index
    for number, text in enumerate(said, 1):
        assert text.endswith(f"Bundlepage{number}of{len(said)}")


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, MOST_SHEETS), min_size=1, max_size=MOST_PARTS))
def test_bind_refers_to_the_right_pages(lengths: list[int]) -> None:
    volumes = bound(lengths)

    refuse_wrong_references(lengths, volumes)
    (only,) = volumes
    said = texts(only)
    for _, target in links(only):
        assert "sheet0." in said[target]
    assert len(list(links(only))) == 2 * len(lengths)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, MOST_SHEETS), min_size=1, max_size=20), st.integers(6, 20))
def test_bind_keeps_to_the_limit_of_pages(lengths: list[int], most: int) -> None:
    volumes = bound(lengths, Limits(pages=most, size=50_000_000))

    refuse_wrong_references(lengths, volumes)
    assert all(len(texts(volume)) <= most for volume in volumes)
    assert sum("sheet" in text for each in volumes for text in texts(each)) == sum(lengths)
    for before, after in pairwise(volumes):
        assert after.first_page == before.last_page + 1


def test_bind_keeps_to_the_limit_of_size() -> None:
    scans = [replace(part(n, 1), document=scan(n)) for n in range(8)]
    limits = Limits(pages=600, size=1_000_000)

    volumes = bundle.bind(COVER, scans, [], limits=limits)

    assert 3 <= len(volumes) <= 5
    assert all(len(volume.data) <= limits.size for volume in volumes)


def test_bind_refuses_a_page_larger_than_a_volume() -> None:
    with pytest.raises(BundleTooLarge):
        bound([1], Limits(pages=600, size=2_000))


def test_bind_numbers_and_marks_as_a_reader_shows() -> None:
    _, second = bound([4, 4], Limits(pages=6, size=50_000_000))

    with pikepdf.open(BytesIO(second.data)) as opened:
        assert opened.Root.PageLabels.Nums[1].St == second.first_page
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Index", "Title of part1."]
        assert opened.Root.Lang == "en-GB"
        assert opened.docinfo["/Title"] == COVER.title


def test_bind_carries_the_tags_over() -> None:
    tagged = replace(part(0, 1), document=printed([("one", 2), ("two", 1)]))
    (volume,) = bundle.bind(COVER, [tagged, replace(tagged, id="again")], [], limits=AMPLE)

    said = [(leaf.tags[-2:], leaf.text.strip()) for leaf in tagged_text(volume.data)]
    assert (("P", "Span"), "one sheet 1.") in said
    assert sum(text == "two sheet 0." for _, text in said) == 2
    assert not any("Bundle page" in text for _, text in said)


def test_bind_gives_the_same_bytes() -> None:
    assert bound([1, 2])[0].data == bound([1, 2])[0].data


def test_bind_turns_a_lying_page_upright_and_keeps_it_whole() -> None:
    lying = BytesIO()
    with pikepdf.open(BytesIO(document(0, 1))) as opened:
        opened.pages[0].Rotate = 90
        opened.save(lying)
    volumes = bundle.bind(COVER, [replace(part(0, 1), document=lying.getvalue())], [], limits=AMPLE)

    page = pypdfium2.PdfDocument(volumes[0].data)[1]
    assert page.get_width() > page.get_height()
    assert "part0sheet0." in texts(volumes[0])[1]


def test_bind_leaves_what_runs_by_itself_behind() -> None:
    armed = BytesIO()
    with pikepdf.open(BytesIO(document(0, 1))) as opened:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        opened.Root.OpenAction = script
        opened.pages[0].AA = pikepdf.Dictionary(O=script)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=script
        )
        opened.pages[0].Annots = pikepdf.Array([note])
        opened.save(armed)
    volumes = bundle.bind(COVER, [replace(part(0, 1), document=armed.getvalue())], [], limits=AMPLE)

    with pikepdf.open(BytesIO(volumes[0].data)) as opened:
        assert not any(
            isinstance(each, pikepdf.Dictionary) and "/JS" in each for each in opened.objects
        )


@pytest.mark.parametrize("bad", [b"", b"%PDF-1.7\nnot really", b"PK\x03\x04"])
def test_bind_refuses_what_is_no_pdf(bad: bytes) -> None:
    with pytest.raises(RenderingFailed, match="cannot be read as PDF"):
        bundle.bind(COVER, [replace(part(0, 1), document=bad)], [], limits=AMPLE)


def test_bind_refuses_an_event_of_no_part() -> None:
    with pytest.raises(RenderingFailed, match="only those it holds"):
        bundle.bind(COVER, [part(0, 1)], [Event(on=DAY, says="x", part="b")], limits=AMPLE)
