"""How the commands read what is typed after their names: one line, and status 2, on a mistake."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import NoReturn, TypeVar

from typing_extensions import override

from letters.law.periods import LONDON

BAD_INPUT = 2
Choice = TypeVar("Choice", bound=StrEnum)


class Arguments(ArgumentParser):
    """argparse that tells a mistake in one line and does not show its whole usage for it."""

    @override
    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)  # noqa: T201 - the terminal is the page
        raise SystemExit(BAD_INPUT)


def one_of(choices: type[Choice]) -> Callable[[str], Choice]:
    """A value of a closed set; a mistake is answered with the whole set."""

    def read(written: str) -> Choice:
        try:
            return choices(written)
        except ValueError:
            known = ", ".join(choices)
            raise ArgumentTypeError(f"{written!r} is not known; choose one of {known}") from None

    return read


def day(written: str) -> date:
    """A day as it is written in the case file."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f"write the day like 2026-11-23, not {written!r}") from None


def moment(written: str) -> datetime:
    """A moment; London's clock, where it names no other."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        says = f"write the moment like 2026-12-23T16:00, not {written!r}"
        raise ArgumentTypeError(says) from None
    return read if read.tzinfo else read.replace(tzinfo=LONDON)
