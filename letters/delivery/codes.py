"""The short code of a dispatch, for an address sheet: twelve signs that a scanner reads and a hand
can type.

It says nothing and is kept nowhere: eleven signs are taken from the dispatch id, the twelfth checks
them. Two dispatches with one code are not to be expected among a million (one chance in seventy
thousand); should it happen, `ids_between` gives both and whoever asks is told that it is not clear.
"""

import re
from typing import Final
from uuid import UUID

# Crockford's: no I, L, O or U, and what is typed instead is understood.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT: Final = str.maketrans("OIL", "011")
_DATA, _TAIL_BITS = 11, 7  # 48 bits from the front, where ids differ most, and 7 from the end


class NotACode(Exception):
    """Not twelve of the signs, or the last does not fit the others."""


def code_of(dispatch_id: UUID) -> str:
    """ "K7QM2D8F9XTA": as it is scanned."""
    number = (dispatch_id.int >> 80) << _TAIL_BITS | dispatch_id.int & (2**_TAIL_BITS - 1)
    data = "".join(_SIGNS[number >> 5 * place & 31] for place in reversed(range(_DATA)))
    return data + _check_sign(data)


def printed(code: str) -> str:
    """ "K7QM 2D8F 9XTA": as it is read."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def normal_code(text: str) -> str:
    """What was scanned or typed, as code_of has it."""
    code = re.sub(r"[\s-]", "", text).upper().translate(_MEANT)
    if len(code) != _DATA + 1 or not set(code) <= set(_SIGNS):
        raise NotACode
    if _check_sign(code[:_DATA]) != code[_DATA]:
        raise NotACode
    return code


def ids_between(code: str) -> tuple[UUID, UUID]:
    """The lowest and the highest id that could have this code; code_of tells which of them has."""
    number = sum(_SIGNS.index(sign) << 5 * at for at, sign in enumerate(reversed(code[:_DATA])))
    front = number >> _TAIL_BITS << 80
    return UUID(int=front), UUID(int=front + 2**80 - 1)


def _check_sign(data: str) -> str:
    """Finds any one wrong sign and most that changed places: each weighs by its place, modulo 31,
    the prime below the number of signs."""
    total = sum((place + 1) * _SIGNS.index(sign) for place, sign in enumerate(data))
    return _SIGNS[total % 31]
