"""Numbers by which the post follows an item: UPU S10, two letters, eight digits, a check digit and
the country, as in "RR 1234 5678 5GB"."""

import re
from typing import Final

from letters.delivery.errors import NotATrackingNumber

_SHAPE: Final = re.compile(r"([A-Z]{2})(\d{8})(\d)([A-Z]{2})")
_WEIGHTS: Final = (8, 6, 4, 2, 3, 5, 9, 7)


def normal_tracking_number(text: str) -> str:
    """Without spaces, in capitals; refuses one whose check digit tells of a slip of the pen."""
    found = _SHAPE.fullmatch(re.sub(r"[\s-]", "", text).upper())
    if found is None or int(found[3]) != _check_digit(found[2]):
        raise NotATrackingNumber
    return found[0]


def _check_digit(digits: str) -> int:
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    left = 11 - total % 11
    return {10: 0, 11: 5}.get(left, left)
