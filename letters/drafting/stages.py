"""The rungs of the ladder that a case climbs while nothing happens."""

from enum import StrEnum


class Stage(StrEnum):
    """One kind of letter. The ladder itself, by nation and tenure, is data in templates_legal."""

    FIRST_LETTER = "first_letter"
    MISSED_DEADLINE = "missed_deadline"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Stage.FIRST_LETTER: "Report of a hazard affecting health",
    Stage.MISSED_DEADLINE: "Reminder after a missed deadline",
}
