"""What would go out, to whom, when, by which way and why, and what would keep it here. Nothing is
written and nothing leaves: the checks are those of the hand-over, on rows that are not saved."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from letters.access.models import Partnership
from letters.delivery.actions.carrying import why_not
from letters.delivery.actions.queueing import leaves_at, way_of
from letters.delivery.errors import DeliveryError
from letters.delivery.models import BY_POST, OVER, Channel, Dispatch, DispatchStatus
from letters.delivery.queries import goes_by_hand_alone, presumed_receipt, reader_of
from letters.delivery.vocabulary import CarrierName
from letters.drafting.stages import Stage
from letters.issuing.clauses import grounds_told_by
from letters.issuing.facts import kind_of
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.queries import may_be_posted
from letters.law.clocks import Clock, clocks_of
from letters.law.grounds import Strength
from letters.law.periods import AT_SENDING, Basis, Bound, StartEvent, Unit
from letters.law.working_days import WorkingDays

_QUEUED = (DispatchStatus.QUEUED, DispatchStatus.CLAIMED)
# The order in which ways are offered to whoever sends a letter.
_WAYS = (Channel.EMAIL, Channel.POST, Channel.DOWNLOAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """A way that the letter cannot go, and what to do about it."""

    channel: Channel
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """One time that would begin to run, by which event and when, and the end that it would have.
    `is_certain` is False where the provision only may apply."""

    provision: str
    requires: str
    basis: Basis
    unit: Unit
    is_certain: bool
    event: StartEvent
    started_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """One letter as it would go now. `channel` is the way that somebody has asked for, or the first
    that is open, None where none is. `goes_at` is None for what waits for a person; the rest is
    then counted as if it went at once. `stopped_by` are the keys that a dispatch would show."""

    letter: Letter
    reader: str
    channel: Channel | None
    carrier: str
    is_asked_for: bool
    goes_at: datetime | None
    receipt_at: datetime | None
    starts: tuple[Starts, ...]
    stopped_by: tuple[str, ...]
    shut: tuple[Shut, ...]

    @property
    def would_go(self) -> bool:
        """Whether nothing but somebody's asking for it keeps it here."""
        return self.channel is not None and not self.stopped_by


def letters_to_rehearse(partnership: Partnership) -> QuerySet[Letter]:
    """What is approved and has not left, and the drafts that a missed deadline prepared."""
    gone = Dispatch.objects.filter(letter=OuterRef("pk")).exclude(status__in=(*OVER, *_QUEUED))
    rows = Letter.objects.filter(
        Q(status=LetterStatus.APPROVED) | Q(status=LetterStatus.DRAFT, follows__isnull=False),
        ~Exists(gone),
        case__team__organisation__partnership=partnership,
        case__closed_at__isnull=True,
    )
    return rows.select_related(
        "case__tenancy__landlord",
        "case__tenancy__home",
        "case__team__organisation__partnership",
        "responsible_body",
    ).order_by("drafted_at", "pk")


def rehearse(
    partnership: Partnership, at: datetime, *, among: QuerySet[Letter] | None = None
) -> tuple[Rehearsed, ...]:
    """Every letter of the partnership that could go, or those of them that are also in `among`."""
    rows = letters_to_rehearse(partnership)
    if among is not None:
        rows = rows.filter(pk__in=among.order_by().values("pk"))
    letters = list(rows)
    queued = _queued(letters)
    return tuple(_rehearsed(letter, queued.get(letter.pk), at) for letter in letters)


def _queued(letters: Iterable[Letter]) -> Mapping[object, Dispatch]:
    rows = Dispatch.objects.filter(letter__in=list(letters), status__in=_QUEUED)
    return {row.letter_id: row for row in rows}


def _rehearsed(letter: Letter, queued: Dispatch | None, at: datetime) -> Rehearsed:
    open_ways, shut = _ways(letter)
    dispatch = queued or next(iter(open_ways), None)
    goes_at = queued.next_try_at if queued else None
    channel = Channel(dispatch.channel) if dispatch else None
    planned = leaves_at(letter, channel, at) if channel else at
    leaves = max(goes_at or planned, at)
    receipt_at = None if channel is None else presumed_receipt(letter, channel, leaves)
    return Rehearsed(
        letter=letter,
        reader=_reader(letter),
        channel=channel,
        carrier=CarrierName(dispatch.carrier).label if dispatch and dispatch.carrier else "",
        is_asked_for=queued is not None,
        goes_at=goes_at,
        receipt_at=receipt_at,
        starts=() if receipt_at is None else starts_from(letter, leaves, receipt_at),
        stopped_by=_stopped_by(letter, dispatch, at),
        shut=shut,
    )


def _ways(letter: Letter) -> tuple[list[Dispatch], tuple[Shut, ...]]:
    """The ways that are open, as rows that nobody saves, and those that are not."""
    open_ways, shut = [], []
    for channel in _WAYS:
        try:
            open_ways.append(Dispatch(letter=letter, channel=channel, **way_of(letter, channel)))
        except DeliveryError as refusal:
            shut.append(Shut(channel=channel, says=str(refusal)))
    return open_ways, tuple(shut)


def _reader(letter: Letter) -> str:
    """Whom it is to, as far as they are known by name; nobody's name for a copy."""
    if goes_by_hand_alone(letter):
        return letter.get_recipient_display()
    reader = reader_of(letter)
    return "" if reader is None else str(reader.name)


def _stopped_by(letter: Letter, dispatch: Dispatch | None, at: datetime) -> tuple[str, ...]:
    """What the hand-over would say; of a draft, what it would say besides that nobody has approved
    it yet."""
    found = [] if letter.status == LetterStatus.APPROVED else ["not_approved"]
    if dispatch is not None:
        approved = copy(letter)
        approved.status = LetterStatus.APPROVED
        tried = copy(dispatch)
        tried.letter = approved
        found.append(why_not(tried, at))
        if dispatch.channel in BY_POST and not may_be_posted(letter):
            found.append("not_fit_for_post")
    return tuple(key for key in found if key)


def starts_from(letter: Letter, leaves_at: datetime, receipt_at: datetime) -> tuple[Starts, ...]:
    """What would run from it, as it is counted once it has left; the first to end first."""
    kind = kind_of(letter.case, Stage(letter.stage))
    started = {event: _moment(event, leaves_at, receipt_at) for event in kind.starts}
    facts = letter.case_facts
    clocks = clocks_of(
        grounds_told_by(letter),
        started,
        WorkingDays.of(facts.jurisdiction),
        kind.duties_of,
        with_advisers_law=kind.cites_advisers_law,
    )
    found = {_as_told(clock) for clock in clocks}
    return tuple(sorted((each for each in found if each), key=lambda each: each.due_at))


def _moment(event: StartEvent, leaves_at: datetime, receipt_at: datetime) -> datetime:
    return leaves_at if event in AT_SENDING else receipt_at


def _as_told(clock: Clock) -> Starts | None:
    if clock.due is None or clock.due.bound is not Bound.NO_LATER_THAN:
        return None
    return Starts(
        provision=clock.ground.provision_id,
        requires=clock.period.requires,
        basis=clock.period.basis,
        unit=clock.period.unit,
        is_certain=clock.ground.strength is Strength.APPLIES,
        event=clock.due.start_event,
        started_at=clock.due.started_at,
        due_at=clock.due.due_at,
    )
