"""NHS numbers, postcodes, telephones and names: their shape and their one normal form."""

import re
from datetime import date

from nhs_number.validate import is_valid

# The shapes of BS 7666, GIR 0AA apart, with the pseudo-postcodes that records use for no fixed
# abode (ZZ99) and forces' addresses (BFPO).
_POSTCODE = re.compile(
    r"[A-PR-UWYZ](\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?) \d[ABD-HJLNP-UW-Z]{2}"
    r"|ZZ99 \d[A-Z]{2}|BFPO \d{1,4}",
    re.ASCII,
)


class NotAnNhsNumber(ValueError):
    """The number fails its check digit or is one that nobody has."""

    field = "nhs_number"

    def __init__(self) -> None:
        super().__init__("Check the NHS number: ten digits, the last of which must fit the others")


class NotAPostcode(ValueError):
    """The text has not the shape of a postcode."""

    field = "postcode"

    def __init__(self) -> None:
        super().__init__("Enter a full UK postcode, like ZZ99 3CZ")


class NotAMobileNumber(ValueError):
    """The text is no number of a mobile telephone in the United Kingdom."""

    field = "mobile"

    def __init__(self) -> None:
        super().__init__("Enter a UK mobile number, like 07700 900123")


def normal_nhs_number(text: str) -> str:
    """Ten digits, '' for ''; refuses a wrong check digit and repeated digits like 9999999999."""
    digits = re.sub(r"[\s-]", "", text)
    if digits == "":
        return ""
    if not re.fullmatch(r"[0-9]{10}", digits) or len(set(digits)) == 1 or not is_valid(digits):
        raise NotAnNhsNumber
    return digits


def normal_postcode(text: str) -> str:
    """Upper case with one space before the last three."""
    squeezed = re.sub(r"\s+", "", text).upper()
    forces = re.fullmatch(r"(BFPO)([0-9]{1,4})", squeezed)
    spaced = f"{forces[1]} {forces[2]}" if forces else f"{squeezed[:-3]} {squeezed[-3:]}"
    if not _POSTCODE.fullmatch(spaced):
        raise NotAPostcode
    return spaced


def normal_mobile_number(text: str) -> str:
    """With +44 in front and no spaces, as messages are addressed."""
    squeezed = re.sub(r"[\s().-]", "", text)
    found = re.fullmatch(r"(?:\+44|0044|44)?0?(7[0-9]{9})", squeezed, re.ASCII)
    if found is None:
        raise NotAMobileNumber
    return f"+44{found[1]}"


def name_and_birth(name: str, born: date) -> str:
    """What a person without an NHS number is found by: name without case or spacing, and birth."""
    return f"{' '.join(name.casefold().split())}|{born.isoformat()}"
