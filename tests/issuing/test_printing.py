"""No letter can be approved that cannot be printed: signs without a form are refused before."""

from dataclasses import replace
from random import Random

import pytest

from letters.cases.models import Landlord
from letters.drafting.content import HouseStyle, LetterContent, Typeface
from letters.issuing import actions as issuing
from letters.issuing import house_styles
from letters.issuing.errors import NotPrintable
from letters.issuing.models import Letter
from letters.issuing.printing import signs_without_form
from letters.rendering import pdf
from letters.rendering.fonts import FALLBACKS, covered
from letters.rendering.printable import printable
from tests import factories
from tests.factories import NOW
from tests.rendering import samples


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def draft(house: factories.House) -> Letter:
    return factories.a_draft(house, factories.a_full_case(house))


@pytest.mark.parametrize(
    "text",
    ["Łukasz & Sons", "{{ 7*7 }}", "\u202eback", "a\u200bb", "😀 ❤\ufe0f", "line\nline", "নাম"],
)
def test_what_letters_print_is_taken(text: str) -> None:
    assert signs_without_form(text) == ()


def test_signs_are_named_by_number_and_not_in_order_of_a_name() -> None:
    signs = signs_without_form("Mx 王字 漢")

    assert signs == ("字", "漢", "王")
    said = str(NotPrintable(signs))
    assert said.startswith("Take out or spell out: U+5B57 (字), U+6F22 (漢), U+738B (王).")


def test_many_signs_are_counted() -> None:
    said = str(NotPrintable(signs_without_form("".join(map(chr, range(0x6F00, 0x6F20))))))

    assert "24 more" in said
    assert len(said) <= 200  # what keeps a prepared letter from being drafted is kept so long


def test_a_narrative_is_refused_at_its_field(house: factories.House, draft: Letter) -> None:
    with pytest.raises(NotPrintable) as refusal:
        issuing.edit_narrative(letter=draft, narrative="漢", by=house.clinician, at=NOW)

    assert refusal.value.field == "narrative"
    assert Letter.objects.get().narrative == ""


def test_a_name_that_came_by_another_way_is_refused(house: factories.House, draft: Letter) -> None:
    seen = issuing.preview_letter(letter=draft, by=house.clinician, at=NOW).digest
    Landlord.objects.update(name="漢 Lettings")
    draft = Letter.objects.get()

    for step in (
        lambda: issuing.preview_letter(letter=draft, by=house.clinician, at=NOW),
        lambda: issuing.approve_letter(letter=draft, seen=seen, by=house.clinician, at=NOW),
        lambda: factories.a_draft(house, draft.case),
    ):
        with pytest.raises(NotPrintable) as refusal:
            step()
        assert refusal.value.field == ""


def test_a_footer_is_refused_at_its_field(house: factories.House) -> None:
    with pytest.raises(NotPrintable) as refusal:
        house_styles.sample_in(
            organisation=house.clinic.organisation,
            typeface=Typeface.ARIMO,
            colour="#003078",
            footer=["漢"],
            file=None,
            without_logo=True,
        )

    assert refusal.value.field == "footer"


@pytest.mark.parametrize("typeface", Typeface)
def test_whatever_is_taken_is_printed(typeface: Typeface) -> None:
    """Every sign by itself, and some beside each other as nobody would write them."""
    taken = sorted(frozenset().union(*map(covered, FALLBACKS)))
    assert signs_without_form("".join(taken), typeface) == ()
    seen = [sign for sign in taken if printable(sign) == sign]
    chance = Random(typeface.value)  # noqa: S311 - guards nothing
    pairs = ["".join(chance.choices(seen, k=3)) for _ in range(400)]

    for text in (" ".join(seen), " ".join(pairs)):
        assert pdf.render(_saying(text, typeface)).startswith(b"%PDF")


def _saying(text: str, typeface: Typeface) -> LetterContent:
    style = HouseStyle(typeface=typeface)
    return replace(
        samples.LETTER,
        letterhead=replace(samples.LETTERHEAD, style=style),
        blocks=(samples.paragraph("all", text, samples.strong(text)),),
    )
