"""Checking and normalising identifiers and postcodes."""

import re
from datetime import date

import nhs_number as nhs
from localflavor.gb.forms import GBPostcodeField

from letters.cases.errors import NotAnNhsNumber, NotAPostcode

_PSEUDO = re.compile(r"ZZ99 ?\d[A-Z]{2}|BFPO ?\d{1,4}")  # no fixed abode; forces' addresses


def normal_nhs_number(text: str) -> str:
    """Ten digits, '' for ''; refuses a wrong check digit and numbers like 999 999 9999."""
    digits = re.sub(r"[\s-]", "", text)
    if digits == "":
        return ""
    if len(set(digits)) == 1 or not nhs.is_valid(digits):
        raise NotAnNhsNumber
    return digits


def normal_postcode(text: str) -> str:
    """Upper case with one space; takes the pseudo-postcodes that records use, too."""
    squeezed = re.sub(r"\s+", "", text).upper()
    spaced = f"{squeezed[:-3]} {squeezed[-3:]}"
    if _PSEUDO.fullmatch(spaced) or re.fullmatch(GBPostcodeField.postcode_regex, spaced):
        return spaced
    raise NotAPostcode


def name_and_birth(name: str, born: date) -> str:
    """What a person without an NHS number is found by: name without case or spacing, and birth."""
    return f"{' '.join(name.casefold().split())}|{born.isoformat()}"
