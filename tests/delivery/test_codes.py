"""Codes that scanners read and people type: of dispatches, and of the post."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.delivery.codes import NotACode, code_of, ids_between, normal_code, printed
from letters.delivery.errors import NotATrackingNumber
from letters.delivery.tracking_numbers import normal_tracking_number


@given(st.uuids(version=4))
def test_code_of_leads_back_to_the_id(dispatch_id: UUID) -> None:
    code = normal_code(printed(code_of(dispatch_id)).lower())

    lowest, highest = ids_between(code)
    assert lowest <= dispatch_id <= highest
    assert code_of(dispatch_id) == code


def test_code_of_has_twelve_signs_that_cannot_be_misread() -> None:
    assert code_of(UUID("6f1a3c52-9e0b-4a77-8d21-5b0c9f3e7a64")) == "DWD3RMMY1F4D"
    assert not set("ILOU") & set("".join(code_of(uuid4()) for _ in range(50)))


def test_normal_code_understands_what_was_meant() -> None:
    code = next(
        found for found in (code_of(uuid4()) for _ in range(500)) if "0" in found and "1" in found
    )

    assert normal_code(code.replace("0", "o").replace("1", "l")) == code


@given(st.uuids(version=4), st.integers(0, 11), st.sampled_from("123456789ABCDEFGHJKMNPQRSTVWXY"))
def test_normal_code_finds_a_wrong_sign(dispatch_id: UUID, at: int, sign: str) -> None:
    code = code_of(dispatch_id)
    wrong = code[:at] + sign + code[at + 1 :]

    if wrong != code and code[at] not in "0Z":
        with pytest.raises(NotACode):
            normal_code(wrong)


@pytest.mark.parametrize("text", ["", "K7QM", "K7QM 2D8F 9XTA 0", "K7QM-2D8F-9XT?"])
def test_normal_code_refuses_what_is_none(text: str) -> None:
    with pytest.raises(NotACode):
        normal_code(text)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("RR 4731 2482 9GB", "RR473124829GB"),  # the example in the standard, with our country
        ("rr473124829gb", "RR473124829GB"),
        ("AB 0000 0000 5GB", "AB000000005GB"),  # 11 is written 5
        ("AB-0000-0008-0GB", "AB000000080GB"),  # 10 is written 0
    ],
)
def test_normal_tracking_number_checks_the_digit(typed: str, number: str) -> None:
    assert normal_tracking_number(typed) == number


@pytest.mark.parametrize("typed", ["RR 4731 2482 8GB", "RR 4731 2428 9GB", "473124829", "", "RR47"])
def test_normal_tracking_number_refuses_a_slip(typed: str) -> None:
    with pytest.raises(NotATrackingNumber):
        normal_tracking_number(typed)
