"""A rehearsal as its page shows it: the letters a person works on by name, others by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from letters.access.models import Partnership, User
from letters.access.queries import partnerships_with
from letters.access.roles import Right
from letters.delivery.rehearsal import Rehearsed, rehearse
from letters.issuing.queries import visible_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """`is_theirs`: the person may open the letter, and so be told whom it is to."""

    rehearsed: Rehearsed
    is_theirs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What would leave one partnership."""

    partnership: Partnership
    would_go: Sequence[Shown]
    would_not: Sequence[Shown]


def rehearsals_for(user: User, at: datetime) -> tuple[Rehearsal, ...]:
    """For each partnership of the person's: an administrator sees of all its letters how they would
    go; others see those of their own cases."""
    return tuple(
        _rehearsal(partnership, user, at)
        for partnership in partnerships_with(user, Right.REHEARSE).order_by("name")
    )


def _rehearsal(partnership: Partnership, user: User, at: datetime) -> Rehearsal:
    theirs = visible_to(user)
    sees_all = partnerships_with(user, Right.SUBSCRIBE).filter(pk=partnership.pk).exists()
    found = rehearse(partnership, at, among=None if sees_all else theirs)
    own = set(theirs.values_list("pk", flat=True)) if sees_all else None
    shown = [
        Shown(rehearsed=each, is_theirs=own is None or each.letter.pk in own) for each in found
    ]
    return Rehearsal(
        partnership=partnership,
        would_go=[each for each in shown if each.rehearsed.would_go],
        would_not=[each for each in shown if not each.rehearsed.would_go],
    )
