"""A letter beside the one before it in its case: what was added, and what was taken out."""

from dataclasses import dataclass
from datetime import datetime

from letters.access.models import User
from letters.issuing.actions import read_letter
from letters.issuing.models import Letter
from letters.issuing.queries import content_of, letter_before
from letters.rendering.words import passages
from letters.web.differences import ChangedLine, changed_lines
from letters.web.refusals import REFUSALS


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`lines` are the passages that are not in both letters alike."""

    letter: Letter
    before: Letter
    lines: tuple[ChangedLine, ...]


def comparison_of(letter: Letter, *, by: User, at: datetime) -> Comparison | None:
    """None where no letter came before. A draft is composed anew, as its own page shows it; one
    that cannot be today stands as it was drafted."""
    before = letter_before(letter)
    if before is None:
        return None
    try:
        content = read_letter(letter=letter, by=by, at=at).content
    except REFUSALS:
        content = content_of(letter)
    lines = changed_lines(passages(content_of(before)), passages(content))
    return Comparison(letter=letter, before=before, lines=lines)
