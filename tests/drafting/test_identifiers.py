"""NHS numbers, postcodes and names in their one normal form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.identifiers import (
    NotAnNhsNumber,
    NotAPostcode,
    name_and_birth,
    normal_nhs_number,
    normal_postcode,
)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("999 000 0018", "9990000018"),
        ("999-000-0018", "9990000018"),
        (" 9990000018 ", "9990000018"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_normal_nhs_number(written: str, normal: str) -> None:
    assert normal_nhs_number(written) == normal


@pytest.mark.parametrize(
    "written",
    [
        "9990000019",
        "999000001",
        "99900000180",
        "999000001X",
        "".join(chr(0xFF10 + int(digit)) for digit in "9990000018"),  # full width
        "".join(chr(0x0660 + int(digit)) for digit in "9990000018"),  # Arabic
        "999\u200b0000018",
        *(str(digit) * 10 for digit in range(10)),
    ],
)
def test_normal_nhs_number_refuses(written: str) -> None:
    with pytest.raises(NotAnNhsNumber, match="Check the NHS number"):
        normal_nhs_number(written)


def check_digit(nine: str) -> int:
    """Modulus 11, written out once more: weights ten to two."""
    return (11 - sum(int(d) * (10 - place) for place, d in enumerate(nine)) % 11) % 11


@given(st.from_regex(r"\A[0-9]{9}\Z"), st.integers(min_value=0, max_value=9))
def test_normal_nhs_number_takes_one_last_digit(nine: str, last: int) -> None:
    number = f"{nine}{last}"
    is_right = check_digit(nine) == last and len(set(number)) > 1

    try:
        taken = normal_nhs_number(number) == number
    except NotAnNhsNumber:
        taken = False

    # ranges that no health service gives out are refused besides
    assert is_right or not taken


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("zz993cz", "ZZ99 3CZ"),
        (" ZZ99  3CZ ", "ZZ99 3CZ"),
        ("m1 1ae", "M1 1AE"),
        ("EC1A1BB", "EC1A 1BB"),
        ("bfpo12", "BFPO 12"),
    ],
)
def test_normal_postcode(written: str, normal: str) -> None:
    assert normal_postcode(written) == normal


@pytest.mark.parametrize(
    "written", ["", "ZZ99", "QZ1 1AA", "M1 1CI", "M11 1A", "M\u0661 1AE", "=1+1", "M1 1AE x"]
)
def test_normal_postcode_refuses(written: str) -> None:
    with pytest.raises(NotAPostcode, match="Enter a full UK postcode"):
        normal_postcode(written)


@given(st.text(max_size=10))
def test_normal_postcode_is_normal_at_once(written: str) -> None:
    try:
        normal = normal_postcode(written)
    except NotAPostcode:
        return

    assert normal_postcode(normal) == normal


def test_name_and_birth_knows_no_case_and_no_spacing() -> None:
    born = date(2019, 3, 4)

    assert name_and_birth(" Maya  SAMPLETON ", born) == name_and_birth("maya sampleton", born)
    assert name_and_birth("maya", born) != name_and_birth("maya", date(2019, 3, 5))
