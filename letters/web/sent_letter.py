"""The page on which whoever sent a letter lands: what happens next, and words for the record."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from letters.cases.queries import consented_items
from letters.delivery.models import BY_POST, OVER, Channel, Dispatch, DispatchStatus
from letters.delivery.queries import dispatches_of, goes_by_hand_alone, presumed_receipt
from letters.delivery.queries import sent as has_left
from letters.delivery.rehearsal import starts_from
from letters.drafting.vocabulary import DataItem, Purpose, Recipient
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.queries import files_of
from letters.law.periods import AT_SENDING, LONDON, Basis, Unit
from letters.tracking.models import Deadline, DeadlineStatus, Knowledge
from letters.tracking.queries import certain_of, deadlines_from, hazard_of
from letters.web.words import day, moment, weekday

# Whoever looks has to decide something, and the letter's own page asks them what.
_FOR_A_PERSON = (*OVER, DispatchStatus.UNKNOWN)
_MOVING = (DispatchStatus.QUEUED, DispatchStatus.CLAIMED, DispatchStatus.HANDED_OVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """One deadline, whether it runs or is only foreseen. `is_certain` is False where the provision
    only may apply, `is_presumed` is True where nobody knows when it began."""

    requires: str
    basis: str
    due_at: datetime
    is_in_hours: bool
    counted_from: datetime
    is_presumed: bool
    is_certain: bool

    @property
    def by(self) -> str:
        return moment(self.due_at) if self.is_in_hours else weekday(self.due_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDate:
    """What ends first. `posted_on` is the day of posting that it is counted from while nobody has
    posted the letter; `runs` is False until its clock has started."""

    date: Date
    requires: str  # everything that is due then
    runs: bool
    posted_on: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter on its way, or gone. `first_date` is None where no deadline runs, and `had_dates`
    then says whether some did."""

    letter: Letter
    dispatch: Dispatch
    first_date: FirstDate | None
    had_dates: bool
    record_may_hold_it: bool
    for_record: str

    @property
    def is_copy(self) -> bool:
        return goes_by_hand_alone(self.letter)

    @property
    def has_left(self) -> bool:
        return has_left(self.dispatch)

    @property
    def is_written(self) -> bool:
        """Whether its files are there."""
        return files_of(self.letter).exists()

    @property
    def is_moving(self) -> bool:
        """Whether the next thing happens by itself."""
        return self.dispatch.status in _MOVING

    @property
    def progress(self) -> str:
        """The same words for as long as nothing has happened; they name nobody."""
        return f"{self.dispatch.status} {'written' if self.is_written else 'being_written'}"


def sent_letter_of(letter: Letter, *, at: datetime) -> SentLetter | None:
    """None for a letter that nobody has sent, or of which a person must say what becomes of it."""
    dispatch = dispatches_of(letter).first()
    if letter.status != LetterStatus.APPROVED or dispatch is None:
        return None
    if dispatch.status in _FOR_A_PERSON:
        return None
    deadlines = tuple(deadlines_from(letter))
    first = _running(letter, deadlines) if deadlines else _foreseen(letter, dispatch, at)
    return SentLetter(
        letter=letter,
        dispatch=dispatch,
        first_date=first,
        had_dates=bool(deadlines),
        record_may_hold_it=_record_may_hold(letter, at),
        for_record=_for_record(letter, dispatch, first),
    )


def _running(letter: Letter, deadlines: Iterable[Deadline]) -> FirstDate | None:
    certain = certain_of(letter)
    dates = [
        Date(
            requires=each.requires,
            basis=each.basis,
            due_at=each.due_at,
            is_in_hours=each.working["unit"] == Unit.HOURS,
            counted_from=each.start.at,
            is_presumed=each.start.knowledge == Knowledge.DEEMED,
            is_certain=(each.provision_id, hazard_of(each)) in certain,
        )
        for each in deadlines
        if each.status == DeadlineStatus.OPEN
    ]
    return _first(dates, runs=True)


def _foreseen(letter: Letter, dispatch: Dispatch, at: datetime) -> FirstDate | None:
    """What will run, as a rehearsal counts it; a letter that nobody has posted, as if on the day on
    which it leaves here."""
    gone = has_left(dispatch)
    leaves = dispatch.sent_at if gone else max(dispatch.next_try_at or at, at)
    assert leaves is not None  # noqa: S101 - what has left has its moment
    received = presumed_receipt(letter, Channel(dispatch.channel), leaves)
    dates = [
        Date(
            requires=each.requires,
            basis=each.basis,
            due_at=each.due_at,
            is_in_hours=each.unit is Unit.HOURS,
            counted_from=each.started_at,
            is_presumed=each.event not in AT_SENDING,
            is_certain=each.is_certain,
        )
        for each in starts_from(letter, leaves, received)
    ]
    posted_on = leaves if dispatch.channel in BY_POST and not gone else None
    return _first(dates, runs=False, posted_on=posted_on)


def _first(
    dates: Collection[Date], *, runs: bool, posted_on: datetime | None = None
) -> FirstDate | None:
    """What is certain goes before what only may apply at the same time."""
    if not dates:
        return None
    ends = min(dates, key=_order)
    same = sorted(each.requires for each in dates if _order(each) == _order(ends))
    requires = "; ".join(dict.fromkeys(same))
    return FirstDate(date=ends, requires=requires, runs=runs, posted_on=posted_on)


def _order(date: Date) -> tuple[datetime, bool, str]:
    return date.due_at, not date.is_certain, date.basis


def _record_may_hold(letter: Letter, at: datetime) -> bool:
    """Whether the patient agreed that their health record tells of the home at all."""
    agreed = consented_items(
        letter.case,
        recipient=Recipient.PATIENT_RECORD,
        purpose=Purpose.LETTER,
        day=at.astimezone(LONDON).date(),
    )
    return DataItem.HOUSING_CONDITIONS in agreed


def _for_record(letter: Letter, dispatch: Dispatch, first: FirstDate | None) -> str:
    """Nothing about the patient, whose record it goes into, and spaces that any system takes."""
    lines = (
        f"Letter about the home, case {letter.case.reference}",
        f"Kind of letter: {letter.get_stage_display()}",
        f"To: {letter.get_recipient_display()}",
        _sent(letter, dispatch),
        f"Next date: {_next_date(first)}",
    )
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def _sent(letter: Letter, dispatch: Dispatch) -> str:
    if has_left(dispatch):
        verb = "Handed over or filed" if goes_by_hand_alone(letter) else "Sent"
        return f"{verb}: {day(dispatch.sent_at)}"
    return f"Asked to be sent: {day(dispatch.queued_at)}, not gone yet"


def _next_date(first: FirstDate | None) -> str:
    if first is None:
        return "no deadline runs from this letter"
    if first.posted_on:
        return "counted once the letter has been posted"
    date = first.date
    whose = "our request, not the law" if date.basis == Basis.SERVICE else Basis(date.basis).label
    notes = [
        whose,
        *([] if date.is_certain else ["may apply"]),
        *(["counted from a presumed day of receipt"] if date.is_presumed else []),
    ]
    return f"{date.by}: {first.requires} ({', '.join(notes)})"
