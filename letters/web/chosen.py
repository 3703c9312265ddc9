"""What somebody chose to see of the worklist."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from letters.access.models import User
from letters.cases.models import Case
from letters.cases.queries import visible_to
from letters.desk.queries import cases_of, cases_of_nobody, covers_by
from letters.drafting.stages import Stage
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction

_Row = TypeVar("_Row", bound=Model)
MINE, NOBODYS = "mine", "nobody"


class Part(StrEnum):
    """The parts of the worklist, by what kind of trouble stands in them."""

    NEXT = "next"
    UNSETTLED = "unsettled"
    HELD = "held"
    ASKED = "asked"
    REPLIES = "replies"
    PROMISES = "promises"
    DEADLINES = "deadlines"
    LETTERS = "letters"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Part.NEXT: "Missed deadlines and next steps",
    Part.UNSETTLED: "Letters that did not arrive",
    Part.HELD: "Letters held for safety",
    Part.ASKED: "Questions and referrals",
    Part.REPLIES: "Replies to read",
    Part.PROMISES: "Promises that were not kept",
    Part.DEADLINES: "Deadlines that run",
    Part.LETTERS: "Letters to read, sign and send",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """None for what is not chosen: then it does not matter. `cases` are those that are left."""

    cases: QuerySet[Case] | None = None
    stage: Stage | None = None
    within: int | None = None  # days
    part: Part | None = None

    def of(
        self, rows: QuerySet[_Row], part: Part, *, case: str = "case", letter: str | None = None
    ) -> QuerySet[_Row]:
        """The rows of a part that are left; `case` and `letter` lead from a row to what it is
        about. What is about no letter is about none of a chosen kind."""
        if self.part not in (None, part) or (self.stage is not None and letter is None):
            return rows.none()
        left = rows if self.cases is None else rows.filter(**{f"{case}__in": self.cases})
        return left if self.stage is None else left.filter(**{f"{letter}stage": self.stage.value})

    def leaves(self, part: Part) -> bool:
        return self.part in (None, part)


EVERYTHING = Chosen()


def chosen_by(user: User, given: dict[str, Any], *, day: date) -> Chosen:
    """As the form has it."""
    return Chosen(
        cases=_cases(user, given.get("whose"), given["nation"], given["hazard"], day),
        stage=given["stage"],
        within=given["within"],
        part=given["what"],
    )


def _cases(
    user: User,
    whose: str | None,
    nation: Jurisdiction | None,
    hazard: Hazard | None,
    day: date,
) -> QuerySet[Case] | None:
    if whose is None and nation is None and hazard is None:
        return None
    rows = visible_to(user) if whose is None else _of_somebody(user, whose, day)
    if nation is not None:
        rows = rows.filter(tenancy__home__jurisdiction=nation.value)
    if hazard is not None:
        rows = rows.filter(hazardreport__hazard=hazard.value)
    return rows


def _of_somebody(user: User, whose: str, day: date) -> QuerySet[Case]:
    if whose == NOBODYS:
        return cases_of_nobody(user)
    return cases_of(user, _people(user, day) if whose == MINE else [UUID(whose)])


def _people(user: User, day: date) -> Iterable[UUID]:
    """Themselves, and whoever they cover for."""
    return [user.pk, *covers_by(user, day=day).values_list("person_id", flat=True)]
