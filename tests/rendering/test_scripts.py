"""Names and passages in the scripts of the patients: no sign missing, in the right order and form.

The words say that the letter is about damp at home, and ask for an answer; they were written for
this test and reviewed by no speaker. `python -m tests.rendering.test_scripts` draws the picture
anew, which is looked at before it is kept.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml import html as parser
from PIL import Image
from pypdfium2 import raw

from letters.drafting.content import HouseStyle, LetterContent, Paragraph, Span, Typeface
from letters.rendering import html, pdf
from tests.golden.pictures import TOLERATED, difference, drawn
from tests.rendering import random_contents, samples
from tests.rendering.checker import complaints_about, not_archival

KEPT = Path(__file__).with_name("scripts.png")
PASSAGES = {
    "ar": "هذه الرسالة عن الرطوبة في منزلك. يرجى الرد قبل 7 ديسمبر 2026. رقم الهاتف 020 7946 0101.",
    "ur": "یہ خط آپ کے گھر کی نمی کے بارے میں ہے۔ براہ کرم 7 دسمبر 2026 تک جواب دیں۔",  # noqa: RUF001
    "bn": "এই চিঠিটি আপনার বাড়ির স্যাঁতসেঁতে ভাব সম্পর্কে। অনুগ্রহ করে উত্তর দিন।",
    "pa": "ਇਹ ਚਿੱਠੀ ਤੁਹਾਡੇ ਘਰ ਦੀ ਸਿੱਲ੍ਹ ਬਾਰੇ ਹੈ।",
    "ta": "இந்தக் கடிதம் உங்கள் வீட்டின் ஈரப்பதம் பற்றியது.",
    "pl": "To pismo dotyczy wilgoci w Twoim domu. Zażółć gęślą jaźń.",
    "vi": "Bức thư này nói về tình trạng ẩm mốc trong nhà của quý vị.",
    "cy": "Mae'r llythyr hwn yn ymwneud â lleithder yn eich cartref. Ŵyn, tŷ.",
}
NAMES = (
    "محمد الأحمد 14 Sample Court",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "தமிழ்ச்செல்வி முருகன்",
    "রহিমা বেগম",
    "Nguyễn Thị Hương",
    "Łukasz Żółć",
    "Lŵsi Ŷnys",
)
# The dots of these are drawn apart from their letters, which a shape then cannot name; the words
# themselves stand in the tags.
DRAWN_APART = ("Noto-Nastaliq-Urdu", "Noto-Sans-Bengali")


def letter(typeface: Typeface = Typeface.ARIMO) -> LetterContent:
    blocks = tuple(
        Paragraph(id=language, spans=(Span(text=text, language=language),))
        for language, text in PASSAGES.items()
    )
    mixed = samples.paragraph("mixed", f"I write about {', '.join(NAMES)} and علي (son) 😀.")
    letterhead = replace(samples.LETTERHEAD, style=HouseStyle(typeface=typeface))
    return replace(samples.LETTER, addressee=NAMES, letterhead=letterhead, blocks=(mixed, *blocks))


def test_letter_looks_as_it_did() -> None:
    with Image.open(KEPT) as before:
        assert difference(drawn(pdf.render(letter())), before) <= TOLERATED


@pytest.mark.parametrize("typeface", Typeface)
def test_letter_has_nothing_amiss_that_a_letter_can_avoid(
    typeface: Typeface, tmp_path: Path
) -> None:
    printed = pdf.render(letter(typeface))

    told = complaints_about({"scripts": printed}, tmp_path).get("scripts", [])
    assert [
        each
        for each in told
        if not (each.startswith("TXT-004") and any(font in each for font in DRAWN_APART))
    ] == []
    assert list(not_archival(printed)) == []


def test_large_print_and_pictures_have_nothing_amiss(tmp_path: Path) -> None:
    number = next(n for n in range(100) if random_contents.content_of(n).annexes)
    content = replace(samples.LETTER, annexes=random_contents.content_of(number).annexes)
    shown = random_contents.pictures()
    printed = {"large": pdf.render_large(content, shown), "pictures": pdf.render(content, shown)}

    assert complaints_about(printed, tmp_path) == {}
    assert [fault for each in printed.values() for fault in not_archival(each)] == []


def test_name_from_right_to_left_leaves_the_number_where_it_was() -> None:
    page = pypdfium2.PdfDocument(pdf.render(letter()))[0]
    text = page.get_textpage()
    painted: dict[str, float] = {}
    for place in range(text.count_chars()):
        painted.setdefault(text.get_text_range(place, 1), text.get_charbox(place)[0])

    assert painted["ح"] > painted["د"]  # written after it, painted to its left
    line = [text.get_charbox(place) for place in range(text.count_chars())]
    sample_court = text.get_text_range().index("14 Sample Court")
    assert line[sample_court][0] > painted["م"]


def test_comma_stands_beside_the_bengali_letter_before_it() -> None:
    """PDFium forgets a step at the end of a run of shapes, so none may stand there."""
    words = '<html lang="bn"><title>Words</title><body><p>র্ক, and র্ক and</p>'
    page = pdf.print_page(words, style='* { font-family: Arimo, "Noto Sans Bengali" }')

    runs = list(extents(pypdfium2.PdfDocument(page)[0]))[:4]
    assert len(runs) == 4
    for (_, right), (left, _) in pairwise(runs):
        assert left >= right - 0.5


def extents(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float]]:
    """Left and right edge of each run of painted words, in points."""
    for number in range(raw.FPDFPage_CountObjects(page)):
        painted = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(painted) == raw.FPDF_PAGEOBJ_TEXT:
            left, bottom, right, top = (ctypes.c_float() for _ in range(4))
            raw.FPDFPageObj_GetBounds(painted, left, bottom, right, top)
            yield left.value, right.value


def test_passages_say_their_language_and_direction() -> None:
    shown = parser.fromstring(html.render(letter()))
    assert {each.get("lang") for each in shown.iter("span")} == set(PASSAGES)
    turned = {each.get("id") for each in shown.iter("p") if each.get("dir") == "rtl"}
    assert turned == {"ar", "ur"}


if __name__ == "__main__":
    drawn(pdf.render(letter())).save(KEPT, optimize=True)
