"""The evaluator's figures with the words for them."""

from dataclasses import dataclass

from letters.outcomes.measures import Count, Summary

WITHHELD = "Withheld (fewer than 8)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row of the summary: what was counted, and the count as it may be shown."""

    name: str
    means: str
    shown: str


def rows_of(summary: Summary) -> tuple[Figure, ...]:
    """Every figure of a summary."""
    return (
        _count("Cases", "Whose patients agreed to be counted", summary.cases),
        _count("Letters sent", "Accepted by a mail server, or posted", summary.letters_sent),
        _count("Letters answered", "With any response at all", summary.answered),
        _count("Letters followed by an inspection", "The landlord went to look", summary.inspected),
        _count(
            "Hazards mended and checked",
            "Claimed as mended in full, and checked by somebody who went to look",
            summary.mended_verified,
        ),
        _count("Deadlines met", "Recorded by an adviser as met", summary.deadlines_met),
        _count(
            "Deadlines missed",
            "Passed without being met, put off or closed",
            summary.deadlines_missed,
        ),
        _count("Patients better", "Than before the letter", summary.health_better),
        _count("Patients worse", "Than before the letter", summary.health_worse),
        Figure(
            name="Days from sending to the first response, median",
            means="Over letters that were answered",
            shown=_days(summary.median_days_to_response),
        ),
    )


def _count(name: str, means: str, count: Count) -> Figure:
    return Figure(
        name=name, means=means, shown=WITHHELD if count.shown is None else str(count.shown)
    )


def _days(days: int | None) -> str:
    return WITHHELD if days is None else str(days)
