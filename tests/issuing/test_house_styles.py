"""How an organisation's letters look, and whose signature stands under them."""

import hashlib
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from letters.access import actions as access
from letters.access.errors import NotAllowed
from letters.access.models import Organisation, User
from letters.access.roles import Role
from letters.audit.models import AuditEvent
from letters.drafting.content import Letterhead, Typeface
from letters.issuing import actions as issuing
from letters.issuing import house_styles, signatures
from letters.issuing.errors import (
    ColourTooLight,
    FooterTooLong,
    NoSignature,
    NotAColour,
    NotPrintable,
    ShellHasFaults,
)
from letters.issuing.models import HouseStyle, Letter, Logo
from letters.issuing.queries import content_of
from letters.rendering.errors import DrawingRefused
from tests import factories
from tests.factories import NOW
from tests.rendering import word_samples

LATER = NOW + timedelta(hours=1)


def a_picture(colour: str = "navy", *, size: tuple[int, int] = (300, 120)) -> bytes:
    saved = BytesIO()
    Image.new("RGB", size, colour).save(saved, "PNG")
    return saved.getvalue()


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def administrator(house: factories.House) -> User:
    return factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")


def _clinic(house: factories.House) -> Organisation:
    return house.clinic.organisation


def _change(house: factories.House, by: User, **changes: Any) -> HouseStyle:
    given: dict[str, Any] = {
        "organisation": _clinic(house),
        "typeface": Typeface.ATKINSON_HYPERLEGIBLE,
        "colour": "#005030",
        "footer": ("Registered charity 0000000 (invented)",),
        "file": None,
        "without_logo": False,
        "by": by,
        "at": NOW,
    }
    return house_styles.change_style(**(given | changes))


def _letterhead(letter: Letter) -> Letterhead:
    return content_of(letter).letterhead


def test_a_letter_drafted_after_has_the_style(house: factories.House, administrator: User) -> None:
    _change(house, administrator, file=a_picture())

    style = _letterhead(factories.an_approved_letter(house)).style

    assert style.typeface is Typeface.ATKINSON_HYPERLEGIBLE
    assert style.colour == "#005030"
    assert style.footer == ("Registered charity 0000000 (invented)",)
    assert style.logo is not None
    assert style.logo.alt == f"Logo of {_clinic(house).name}"
    stored = house_styles.logo_bytes([style.logo.digest])[style.logo.digest]
    assert hashlib.sha256(stored).hexdigest() == style.logo.digest


def test_an_approved_letter_keeps_its_style(house: factories.House, administrator: User) -> None:
    _change(house, administrator, file=a_picture("navy"))
    letter = factories.an_approved_letter(house)
    before = _letterhead(letter).style

    _change(house, administrator, colour="#7a0019", file=a_picture("maroon"), at=LATER)

    letter.refresh_from_db()
    assert _letterhead(letter).style == before
    assert before.logo is not None
    assert before.logo.digest in house_styles.logo_bytes([before.logo.digest])
    assert Logo.objects.count() == 2


def test_without_a_style_nothing_of_one_is_frozen(house: factories.House) -> None:
    letter = factories.an_approved_letter(house)

    assert "style" not in letter.content["letterhead"]
    assert "signature" not in letter.content["sign_off"]


def test_a_draft_read_before_the_change_is_read_again(
    house: factories.House, administrator: User
) -> None:
    draft = factories.a_draft(house, factories.a_full_case(house))
    seen = issuing.preview_letter(letter=draft, by=house.clinician, at=NOW).digest

    _change(house, administrator)

    assert issuing.preview_letter(letter=draft, by=house.clinician, at=NOW).digest != seen


def test_the_same_style_again_changes_nothing(house: factories.House, administrator: User) -> None:
    first = _change(house, administrator, file=a_picture())

    again = _change(house, administrator, file=a_picture(), at=LATER)

    assert again == first
    assert HouseStyle.objects.count() == Logo.objects.count() == 1
    assert AuditEvent.objects.filter(verb="change_house_style").count() == 1


def test_a_logo_stays_until_it_is_taken_off(house: factories.House, administrator: User) -> None:
    _change(house, administrator, file=a_picture())

    kept = _change(house, administrator, colour="#7a0019", at=LATER)
    gone = _change(house, administrator, without_logo=True, at=LATER + timedelta(hours=1))

    assert kept.logo is not None
    assert gone.logo is None
    assert house_styles.style_of(_clinic(house)).logo is None


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.ADVISER, Role.LEGAL_REVIEWER])
def test_only_an_administrator_changes_it(house: factories.House, role: Role) -> None:
    person = factories.a_member(house.clinic, role, "Ash Placeholder")

    with pytest.raises(NotAllowed):
        _change(house, person)


def test_an_administrator_of_another_organisation_does_not(house: factories.House) -> None:
    stranger = factories.a_member(house.agency, Role.ADMINISTRATOR, "Ash Placeholder")

    with pytest.raises(NotAllowed):
        _change(house, stranger)
    with pytest.raises(NotAllowed):
        house_styles.change_word_shell(organisation=_clinic(house), file=None, by=stranger, at=NOW)
    with pytest.raises(NotAllowed):
        access.change_letterhead(
            organisation=_clinic(house), address=("1 Road",), ods_code="", by=stranger
        )


@pytest.mark.parametrize("colour", ["navy", "#ABCDEF", "#123", "", "#00503", "#005030;}"])
def test_what_is_no_colour_is_refused(
    house: factories.House, administrator: User, colour: str
) -> None:
    with pytest.raises(NotAColour):
        _change(house, administrator, colour=colour)


@pytest.mark.parametrize("colour", ["#ffffff", "#767676", "#41b6e6"])
def test_a_colour_that_cannot_be_read_is_refused(
    house: factories.House, administrator: User, colour: str
) -> None:
    with pytest.raises(ColourTooLight, match=r"is [1-4]\.\d to 1, .* read is #[0-9a-f]{6}"):
        _change(house, administrator, colour=colour)


@pytest.mark.parametrize("footer", [("line",) * 20, ("a" * 121,)])
def test_a_footer_that_is_too_long_is_refused(
    house: factories.House, administrator: User, footer: tuple[str, ...]
) -> None:
    with pytest.raises(FooterTooLong):
        _change(house, administrator, footer=footer)


def test_a_footer_that_no_font_can_print_is_refused(
    house: factories.House, administrator: User
) -> None:
    with pytest.raises(NotPrintable, match=r"U\+13000"):
        _change(house, administrator, footer=("\U00013000",))


def test_a_drawing_is_no_logo(house: factories.House, administrator: User) -> None:
    with pytest.raises(DrawingRefused):
        _change(house, administrator, file=b"<svg onload='alert(1)'></svg>")

    assert not HouseStyle.objects.exists()


def test_an_approved_letter_keeps_its_word_file(
    house: factories.House, administrator: User
) -> None:
    def change(file: bytes | None, at: datetime) -> None:
        house_styles.change_word_shell(
            organisation=_clinic(house), file=file, by=administrator, at=at
        )

    change(word_samples.shell(), NOW)
    letter = factories.an_approved_letter(house)
    change(None, LATER)

    letter.refresh_from_db()
    assert letter.word_shell is not None
    assert bytes(letter.word_shell.data) == word_samples.shell()
    assert factories.an_approved_letter(house).word_shell is None


def test_an_unfit_word_file_says_all_that_is_to_be_mended(
    house: factories.House, administrator: User
) -> None:
    file = word_samples.shell(word_samples.without("date") + word_samples.paragraph("{{ datum }}"))

    with pytest.raises(ShellHasFaults) as refused:
        house_styles.change_word_shell(
            organisation=_clinic(house), file=file, by=administrator, at=NOW
        )

    assert len(refused.value.faults) == 2
    assert not HouseStyle.objects.exists()


def test_a_letterhead_is_changed_and_written_down(
    house: factories.House, administrator: User
) -> None:
    def change() -> None:
        access.change_letterhead(
            organisation=_clinic(house), address=("2 New Road",), ods_code="RXX01", by=administrator
        )

    before = factories.an_approved_letter(house)
    change()
    change()

    after = _letterhead(factories.an_approved_letter(house))
    assert (after.address, after.ods_code) == (("2 New Road",), "RXX01")
    assert _letterhead(before).address != after.address
    assert AuditEvent.objects.filter(verb="change_letterhead").count() == 1


def test_a_signature_stands_under_what_its_person_approves(house: factories.House) -> None:
    signatures.keep_signature(file=a_picture("black"), by=house.clinician, at=NOW)

    signed = content_of(factories.an_approved_letter(house)).sign_off.signature

    assert signed is not None
    assert signed.alt == "Signature of Dr Amara Specimen"
    assert signed.digest in signatures.signature_bytes([signed.digest])


def test_a_draft_holds_no_signature(house: factories.House) -> None:
    signatures.keep_signature(file=a_picture("black"), by=house.clinician, at=NOW)

    draft = factories.a_draft(house, factories.a_full_case(house))

    assert content_of(draft).sign_off.signature is None


def test_nobody_sees_a_letter_over_anothers_signature(house: factories.House) -> None:
    signatures.keep_signature(file=a_picture("black"), by=house.clinician, at=NOW)
    draft = factories.a_draft(house, factories.a_full_case(house))

    seen = issuing.preview_letter(letter=draft, by=house.adviser, at=NOW).content

    assert seen.sign_off.name == house.adviser.name
    assert seen.sign_off.signature is None


def test_an_ended_signature_is_still_found(house: factories.House) -> None:
    kept = signatures.keep_signature(file=a_picture("black"), by=house.clinician, at=NOW)
    signatures.end_signature(by=house.clinician, at=LATER)

    assert content_of(factories.an_approved_letter(house)).sign_off.signature is None
    assert kept.digest in signatures.signature_bytes([kept.digest])
    with pytest.raises(NoSignature):
        signatures.end_signature(by=house.clinician, at=LATER)


def test_a_new_signature_takes_the_place_of_the_old(house: factories.House) -> None:
    first = signatures.keep_signature(file=a_picture("black"), by=house.clinician, at=NOW)
    same = signatures.keep_signature(file=a_picture("black"), by=house.clinician, at=LATER)
    other = signatures.keep_signature(file=a_picture("navy"), by=house.clinician, at=LATER)

    assert same == first
    assert signatures.signature_row_of(house.clinician) == other


def test_only_who_approves_puts_in_a_signature(house: factories.House) -> None:
    with pytest.raises(NotAllowed):
        signatures.keep_signature(file=a_picture(), by=house.evaluator, at=NOW)
