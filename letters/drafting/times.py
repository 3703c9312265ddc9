"""The times set by law that a letter prints: in hours for an emergency, and in days and weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from letters.drafting.content import Column, Row, Table
from letters.drafting.history import Earlier
from letters.drafting.phrases import counted, day_in_words, listed, listed_names, sentence
from letters.drafting.stages import Stage
from letters.drafting.wording import Wording
from letters.drafting.writing import Inner, Writing
from letters.law.clocks import Clock, clocks_of
from letters.law.grounds import Ground, Grounds, Strength
from letters.law.hazards import Hazard
from letters.law.periods import Basis, Bound, Period, Unit
from letters.law.working_days import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The periods that the law sets for this case, and those of them to print."""

    clocks: tuple[Clock, ...]
    printed: tuple[Clock, ...]

    @property
    def provision_ids(self) -> frozenset[str]:
        """Provisions that need no words of their own besides their times."""
        return frozenset(clock.ground.provision_id for clock in self.clocks)

    def to_come(self) -> "Times":
        """Without those that have begun, which a reminder must not seem to start again."""
        return replace(self, printed=tuple(c for c in self.clocks if c.due is None))


def times_set_by_law(clocks: Iterable[Clock], stage: Stage, wording: Wording) -> Times:
    """Those that a letter of this kind can start, in the reviewers' order. A reasonable time stands
    among them only beside numbers of the same instrument: elsewhere it is the duty that is told."""
    kind, cites = wording.kinds[stage], wording.here[stage].cites
    by_law = [
        clock
        for clock in clocks
        if clock.period.basis is not Basis.SERVICE
        and clock.period.bound is Bound.NO_LATER_THAN
        and clock.period.start_event in kind.times_from
        and (cites is None or clock.ground.provision_id in cites)
    ]
    numbered = {clock.ground.citation for clock in by_law if clock.period.length is not None}
    found = sorted(
        (clock for clock in by_law if _has_length(clock) and clock.ground.citation in numbered),
        key=lambda clock: rank(clock.ground.provision_id, cites, wording),
    )
    return Times(clocks=tuple(found), printed=tuple(found))


def clocks_for(
    stage: Stage,
    earlier: Earlier | None,
    *,
    grounds: Grounds,
    received_at: datetime,
    wording: Wording,
) -> tuple[Clock, ...]:
    """The clocks that a letter of this stage tells of, as if received at that moment. A letter that
    sets nothing going tells of what the earlier one set going on its day."""
    kind = wording.kinds[stage]
    if not kind.starts and earlier is not None:
        kind = wording.kinds[earlier.stage]
        received_at = datetime.combine(earlier.written_on, received_at.timetz())
    return clocks_of(
        grounds,
        dict.fromkeys(kind.starts, received_at),
        WorkingDays.of(wording.jurisdiction),
        kind.duties_of,
        with_advisers_law=kind.cites_advisers_law,
    )


def rank(provision_id: str, cites: Sequence[str] | None, wording: Wording) -> int:
    """Where a letter tells of the provision: by its own list, or by the nation's order."""
    return wording.rank(provision_id) if cites is None else cites.index(provision_id)


def _has_length(clock: Clock) -> bool:
    return clock.period.length is not None or clock.period.unit is Unit.REASONABLE_TIME


def write_times(
    writing: Writing, times: Times, *, hazards: Sequence[Hazard], wording: Wording, day: date
) -> list[Inner]:
    """A table for hours, one for days and weeks, and where they come from; each row says where it
    only may apply, and each table for which of the case's hazards it stands."""
    in_hours = [clock for clock in times.printed if clock.period.unit is Unit.HOURS]
    in_days = [clock for clock in times.printed if clock.period.unit is not Unit.HOURS]
    blocks: list[Inner] = []
    if in_hours:
        caption = _caption(writing, writing.line("emergency_caption"), in_hours, hazards)
        blocks.append(_in_hours(writing, in_hours, caption, wording))
    if in_days:
        plain = writing.line("clocks_caption", day=day_in_words(day))
        caption = _caption(writing, plain, in_days, hazards)
        blocks.append(_in_days(writing, in_days, caption, wording))
    if times.printed:
        grounds = _grounds_of(times.printed)
        citations = listed(list(dict.fromkeys(ground.citation for ground in grounds)))
        blocks.extend(writing.passage("clocks_source", {"citations": citations}, grounds=grounds))
    elif not times.clocks:
        blocks.extend(writing.passage("no_clocks", {}))
    return blocks


def _caption(
    writing: Writing, plain: str, clocks: Sequence[Clock], hazards: Sequence[Hazard]
) -> str:
    certain, doubtful = _hazards(clocks, Strength.APPLIES), _hazards(clocks, Strength.MAY_APPLY)
    caption = plain
    if certain and len({*certain, *doubtful}) < len(hazards):
        caption = writing.line("caption_for", caption=plain, hazards=_names(certain))
    if all(c.hazard is None and c.ground.strength is Strength.MAY_APPLY for c in clocks):
        return writing.line("caption_may_apply", caption=plain)
    if not doubtful or not _is_alike(clocks):
        return caption
    if certain:
        hazards_too = _names(doubtful)
        return writing.line("caption_may_also_apply", caption=caption, hazards=hazards_too)
    if len(doubtful) < len(hazards):
        return writing.line("caption_may_apply_to", caption=plain, hazards=_names(doubtful))
    return writing.line("caption_may_apply", caption=plain)


def _hazards(clocks: Iterable[Clock], strength: Strength) -> tuple[Hazard, ...]:
    found = (c.hazard for c in clocks if c.hazard and c.ground.strength is strength)
    return tuple(dict.fromkeys(found))


def _names(hazards: Iterable[Hazard]) -> str:
    return listed_names([hazard.label for hazard in hazards])


def _is_alike(clocks: Sequence[Clock]) -> bool:
    """Whether each row stands for the same hazards, so that the caption can speak for all."""
    rows: dict[str, set[tuple[Hazard | None, Strength]]] = {}
    for clock in clocks:
        rows.setdefault(clock.period.requires, set()).add((clock.hazard, clock.ground.strength))
    return len({frozenset(row) for row in rows.values()}) == 1


def _in_hours(writing: Writing, clocks: Sequence[Clock], caption: str, wording: Wording) -> Table:
    table = Table(
        id="emergency_times",
        caption=caption,
        columns=(
            Column(title=writing.line("column_required"), width=70),
            Column(title=writing.line("column_within"), width=30),
        ),
        rows=tuple(
            Row(id=f"emergency_times.{number}", cells=(required, within))
            for number, (required, within, _) in enumerate(_cells(writing, clocks, wording), 1)
        ),
    )
    return writing.table(table, facts=("hazards.severity",), grounds=_grounds_of(clocks))


def _in_days(writing: Writing, clocks: Sequence[Clock], caption: str, wording: Wording) -> Table:
    table = Table(
        id="times",
        caption=caption,
        columns=(
            Column(title=writing.line("column_required"), width=48),
            Column(title=writing.line("column_within"), width=19),
            Column(title=writing.line("column_by"), width=33),
        ),
        rows=tuple(
            Row(id=f"times.{number}", cells=cells)
            for number, cells in enumerate(_cells(writing, clocks, wording), 1)
        ),
    )
    return writing.table(table, facts=("day",), grounds=_grounds_of(clocks))


_Cells = tuple[str, str, str]


def _cells(writing: Writing, clocks: Sequence[Clock], wording: Wording) -> list[_Cells]:
    """What must be done, within what length, and by when; each once, however many hazards it has.
    What is certain for one hazard is not lent to another for which it only may apply."""
    alike: dict[_Cells, list[Clock]] = {}
    for clock in clocks:
        cells = (clock.period.requires, _length(writing, clock, wording), _by(writing, clock))
        alike.setdefault(cells, []).append(clock)
    said = _is_alike(clocks)  # in the caption, for every row
    return [
        (_required(writing, requires, () if said else same), length, by)
        for (requires, length, by), same in alike.items()
    ]


def _required(writing: Writing, requires: str, clocks: Sequence[Clock]) -> str:
    required = sentence(requires).rstrip(".")
    doubtful = _hazards(clocks, Strength.MAY_APPLY)
    if not doubtful:
        return required
    return writing.line("row_may_apply_to", required=required, hazards=_names(doubtful))


def _length(writing: Writing, clock: Clock, wording: Wording) -> str:
    if clock.period.length is None:
        return writing.line("within_reasonable_time")
    return length_in_words(clock.period, wording)


def _by(writing: Writing, clock: Clock) -> str:
    if clock.period.length is None:
        return writing.line("column_by_none")
    if clock.due is None:
        return writing.line(f"waiting_{clock.period.start_event.value}")
    return day_in_words(clock.due.due_on)


def _grounds_of(clocks: Iterable[Clock]) -> tuple[Ground, ...]:
    grounds = {(c.ground.provision_id, c.ground.strength): c.ground for c in clocks}
    return tuple(grounds.values())


def length_in_words(period: Period, wording: Wording) -> str:
    """ "10 working days", in the jurisdiction's words."""
    one, many = wording.units[period.unit]
    return counted(period.length or 0, one, many)
