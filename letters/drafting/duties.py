"""What a letter says of the law: duties in the order reviewers chose, and the times they set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from letters.drafting.content import (
    Column,
    Force,
    Item,
    ItemList,
    ListKind,
    Paragraph,
    Row,
    Table,
)
from letters.drafting.phrases import counted, day_in_words, listed, sentence
from letters.drafting.wording import Wording
from letters.drafting.writing import Inner, Writing
from letters.law.clocks import Clock
from letters.law.facts import CaseFacts
from letters.law.grounds import Ground, Grounds, Strength
from letters.law.hazards import Hazard
from letters.law.periods import Basis, Period, StartEvent, Unit
from letters.law.provision import DutyOn
from letters.law.tenures import Agreement

# Events that this letter itself can bring about; complaint clocks belong to other letters.
_OF_THIS_LETTER = frozenset(
    {StartEvent.AWARENESS, StartEvent.INVESTIGATION_CONCLUDED, StartEvent.NOTICE_RECEIVED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The periods set by law that a letter prints, each once, with its grounds and clocks."""

    clocks: tuple[Clock, ...]

    @property
    def grounds(self) -> tuple[Ground, ...]:
        return _grounds_of(self.clocks)


def times_set_by_law(clocks: Iterable[Clock], wording: Wording) -> Times:
    """Those that this letter can start and that have a number, in the reviewers' order."""
    printed = [
        clock
        for clock in clocks
        if clock.period.basis is Basis.LAW
        and clock.period.length is not None
        and clock.period.start_event in _OF_THIS_LETTER
    ]
    return Times(clocks=tuple(sorted(printed, key=lambda c: wording.rank(c.ground.provision_id))))


def write_law(  # the panel needs all that the letter knows of the law
    writing: Writing,
    facts: CaseFacts,
    grounds: Grounds,
    *,
    times: Times,
    wording: Wording,
    day: date,
) -> None:
    """The panel of what the law requires; where nothing is relied on, it says so and why."""
    duties = _duties(grounds, times, wording)
    if not duties and not times.clocks:
        _write_no_duties(writing, facts)
        return
    values = {"holding": wording.holding(facts.tenure, facts.agreement), "day": day_in_words(day)}
    blocks: list[Inner] = list(writing.passage("law_intro", values, facts=("tenure", "agreement")))
    if duties:
        blocks.append(_duty_list(writing, duties))
    in_hours = [clock for clock in times.clocks if clock.period.unit is Unit.HOURS]
    in_days = [clock for clock in times.clocks if clock.period.unit is not Unit.HOURS]
    if in_hours:
        blocks.append(_emergency_table(writing, in_hours, wording))
    if in_days:
        blocks.append(_clock_table(writing, in_days, wording, day))
    if times.clocks:
        citations = listed(list(dict.fromkeys(g.citation for g in times.grounds)))
        blocks.extend(
            writing.passage("clocks_source", {"citations": citations}, grounds=times.grounds)
        )
    else:
        blocks.extend(writing.passage("no_clocks", {}))
    writing.panel("law", Force.LAW, writing.line("law_title"), blocks)


def write_damp_guidance(writing: Writing, facts: CaseFacts) -> None:
    """Guidance to landlords on damp, said to be guidance."""
    if any(hazard.hazard is Hazard.DAMP_AND_MOULD for hazard in facts.hazards):
        writing.add("damp_guidance", {}, facts=("hazards",))


def _duties(grounds: Grounds, times: Times, wording: Wording) -> tuple[Ground, ...]:
    timed = {ground.provision_id for ground in times.grounds}
    found = [
        ground
        for ground in grounds.applying
        if ground.duty_on is DutyOn.LANDLORD
        and ground.provision_id not in timed
        and all(period.start_event in _OF_THIS_LETTER for period in ground.periods)
        and ground.provision_id not in wording.not_printed
    ]
    return tuple(
        sorted(
            found,
            key=lambda g: (g.strength is Strength.MAY_APPLY, wording.rank(g.provision_id)),
        )
    )


def _duty_list(writing: Writing, duties: Iterable[Ground]) -> ItemList:
    """One item a citation and strength, so that no citation is printed twice in a row."""
    items = []
    together = groupby(duties, key=lambda ground: (ground.citation, ground.strength))
    for number, ((citation, strength), group) in enumerate(together, start=1):
        grounds = tuple(group)
        passage = "duty" if strength is Strength.APPLIES else "duty_may_apply"
        duty = " ".join(sentence(ground.duty) for ground in grounds)
        values = {"duty": duty, "citation": sentence(citation).rstrip(".")}
        (paragraph,) = writing.passage(passage, values, grounds=grounds, part=str(number))
        if isinstance(paragraph, Paragraph):
            items.append(Item(id=paragraph.id, spans=paragraph.spans))
    return ItemList(id="duties", kind=ListKind.BULLETED, items=tuple(items))


def _emergency_table(writing: Writing, clocks: list[Clock], wording: Wording) -> Table:
    rows = dict.fromkeys(
        (
            sentence(clock.period.requires).rstrip("."),
            writing.line("within_hours", length=length_in_words(clock.period, wording)),
        )
        for clock in clocks
    )
    table = Table(
        id="emergency_times",
        caption=writing.line("emergency_caption"),
        columns=(
            Column(title=writing.line("column_required"), width=56),
            Column(title=writing.line("column_within"), width=44),
        ),
        rows=_rows("emergency_times", rows),
    )
    return writing.table(table, facts=("hazards.severity",), grounds=_grounds_of(clocks))


def _clock_table(writing: Writing, clocks: list[Clock], wording: Wording, day: date) -> Table:
    rows = dict.fromkeys(
        (
            sentence(clock.period.requires).rstrip("."),
            length_in_words(clock.period, wording),
            _by(writing, clock),
        )
        for clock in clocks
    )
    table = Table(
        id="times",
        caption=writing.line("clocks_caption", day=day_in_words(day)),
        columns=(
            Column(title=writing.line("column_required"), width=44),
            Column(title=writing.line("column_within"), width=20),
            Column(title=writing.line("column_by"), width=36),
        ),
        rows=_rows("times", rows),
    )
    return writing.table(table, facts=("day",), grounds=_grounds_of(clocks))


def _rows(table_id: str, rows: Iterable[tuple[str, ...]]) -> tuple[Row, ...]:
    return tuple(
        Row(id=f"{table_id}.{number}", cells=cells) for number, cells in enumerate(rows, start=1)
    )


def _grounds_of(clocks: Iterable[Clock]) -> tuple[Ground, ...]:
    return tuple({clock.ground.provision_id: clock.ground for clock in clocks}.values())


def _by(writing: Writing, clock: Clock) -> str:
    if clock.due is None:
        return writing.line("column_by_waiting")
    return day_in_words(clock.due.due_on)


def length_in_words(period: Period, wording: Wording) -> str:
    """ "10 working days", in the jurisdiction's words."""
    one, many = wording.units[period.unit]
    return counted(period.length or 0, one, many)


def _write_no_duties(writing: Writing, facts: CaseFacts) -> None:
    writing.heading("no_duties_title")
    passage = "no_duties_licence" if facts.agreement is Agreement.LICENCE else "no_duties"
    writing.add(passage, {}, facts=("tenure", "agreement", "landlord_kind"))
