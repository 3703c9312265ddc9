"""The plain text of each kind of letter, kept to be read by reviewers and compared by a test.

After a change of wording or law: `python -m tests.golden.letters` writes them again, and the
difference is read before it is committed.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from letters.drafting.compose import Composition
from letters.rendering import text
from tests.drafting.case_files import (
    COLD,
    DAY,
    EMERGENCY,
    LICENCE,
    MOULD,
    PRIVATE,
    composed,
    example,
    reminder,
)

FOLDER = Path(__file__).parent / "england"


def _first(name: str, day: date = DAY) -> Callable[[], Composition]:
    return partial(composed, example(name), day=day)


# <stage>-<tenure>-<hazard>, and the side of a change in the law where there are two
LETTERS: Mapping[str, Callable[[], Composition]] = {
    "first_letter-council_tenancy-damp_and_mould": _first(MOULD),
    "first_letter-private_tenancy-damp_and_mould": _first(PRIVATE),
    "first_letter-temporary_accommodation-damp_and_mould": _first(LICENCE),
    "first_letter-housing_association_tenancy-carbon_monoxide": _first(EMERGENCY),
    "first_letter-council_tenancy-excess_cold-2026-11-29": _first(COLD, date(2026, 11, 29)),
    "first_letter-council_tenancy-excess_cold-2026-11-30": _first(COLD, date(2026, 11, 30)),
    "missed_deadline-council_tenancy-damp_and_mould": partial(reminder, example(MOULD)),
}


def said(name: str) -> str:
    return text.render(LETTERS[name]().content)


def kept(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def refresh() -> None:
    """Write every letter as it is now; what is no letter any more goes."""
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for name in LETTERS:
        kept(name).write_text(said(name), encoding="utf-8")


if __name__ == "__main__":
    refresh()
