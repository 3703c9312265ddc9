"""Standing for law and wording, unit by unit: one reviewer signs, a second confirms, and without
both, in date, no letter that rests on the unit is approved or handed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from letters.access.errors import NotAllowed
from letters.access.models import Partnership, User
from letters.access.queries import partnerships_with, require
from letters.access.roles import Right
from letters.audit.record import record, record_each
from letters.drafting.stages import Stage
from letters.issuing.errors import (
    NothingTicked,
    NotSignedOff,
    ReviewDayPassed,
    SecondPersonNeeded,
    SignedAlready,
    UnitChanged,
    WithdrawalNeedsReason,
)
from letters.issuing.models import Letter, SignOff
from letters.issuing.queries import partnership_of, trace_of
from letters.issuing.units import digests_of, units_of
from letters.issuing.worked_cases import refuse_failing
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON
from letters.law.units import UnitKind

_YEAR = timedelta(days=366)
_SIGNED_AGAIN = "signed again"


@transaction.atomic
def sign_units(
    *,
    partnership: Partnership,
    jurisdiction: Jurisdiction,
    seen: Mapping[str, str],
    review_by: date,
    by: User,
    at: datetime,
) -> tuple[SignOff, ...]:
    """Stand for these units exactly as they were read: `seen` is the digest of each. Those that
    wait for a second person already are left as they are."""
    _take_turns(by, partnership)
    if not _day(at) < review_by <= _day(at) + _YEAR:
        raise ReviewDayPassed
    _refuse_changed_or_failing(seen, jurisdiction)
    waiting = _live(partnership).filter(unit__in=seen, confirmed_at__isnull=True)
    there = set(waiting.values_list("unit", "digest"))
    units = units_of(jurisdiction)
    made = SignOff.objects.bulk_create(
        SignOff(
            partnership=partnership,
            unit=unit_id,
            digest=digest,
            said=list(units[unit_id].said),
            signed_by=by,
            signed_at=at,
            review_by=review_by,
            is_demonstration=partnership.is_demonstration,
        )
        for unit_id, digest in seen.items()
        if (unit_id, digest) not in there
    )
    if not made:
        raise SignedAlready
    record_each("sign_unit", made, by=by, partnership=partnership.pk, jurisdiction=jurisdiction)
    return tuple(made)


@transaction.atomic
def confirm_units(
    *,
    partnership: Partnership,
    jurisdiction: Jurisdiction,
    seen: Mapping[str, str],
    by: User,
    at: datetime,
) -> tuple[SignOff, ...]:
    """Confirm, as a second person, what another signed: the same units, as they were read."""
    _take_turns(by, partnership)
    _refuse_changed_or_failing(seen, jurisdiction)
    waiting = _live(partnership).filter(unit__in=seen, confirmed_at__isnull=True)
    found = [row for row in waiting.select_for_update() if seen[row.unit] == row.digest]
    if not found:
        raise SignedAlready
    if any(row.signed_by_id == by.pk for row in found):
        raise SecondPersonNeeded
    if any(row.review_by <= _day(at) for row in found):
        raise ReviewDayPassed
    _replace(partnership, seen, by=by, at=at)
    for row in found:
        row.confirmed_by, row.confirmed_at = by, at
    confirmed = SignOff.objects.filter(pk__in=[row.pk for row in found])
    confirmed.update(confirmed_by=by, confirmed_at=at)
    record_each("confirm_unit", found, by=by, partnership=partnership.pk)
    return tuple(found)


def _replace(partnership: Partnership, seen: Mapping[str, str], *, by: User, at: datetime) -> None:
    """End the signatures whose place these take, so that one stands for each unit."""
    standing = _live(partnership).filter(unit__in=seen, confirmed_at__isnull=False)
    replaced = [row for row in standing if seen[row.unit] == row.digest]
    SignOff.objects.filter(pk__in=[row.pk for row in replaced]).update(
        withdrawn_by=by, withdrawn_at=at, withdrawn_because=_SIGNED_AGAIN
    )
    record_each("replace_sign_off", replaced, by=by, partnership=partnership.pk)


@transaction.atomic
def withdraw_sign_off(*, sign_off: SignOff, reason: str, by: User, at: datetime) -> SignOff:
    """Take a signature back, at any time and alone: what rests on it stops at once."""
    _take_turns(by, sign_off.partnership)
    if not reason.strip():
        raise WithdrawalNeedsReason
    locked = SignOff.objects.select_for_update(of=("self",)).get(pk=sign_off.pk)
    if locked.withdrawn_at is not None:
        raise SignedAlready
    locked.withdrawn_by, locked.withdrawn_at, locked.withdrawn_because = by, at, reason.strip()
    locked.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    record("withdraw_sign_off", locked, by=by, partnership=locked.partnership.pk)
    return locked


def refuse_unsigned(*, letter: Letter, day: date) -> None:
    """NotSignedOff unless reviewers stand for every unit that the letter rests on, as the letter
    has it and as it is now; a demonstration, which cannot send anything to the outside, needs
    nobody's signature."""
    partnership = partnership_of(letter)
    if partnership.is_demonstration:
        return
    lacking = units_lacking(letter, partnership, day)
    if lacking.units:
        raise NotSignedOff(unsigned=len(lacking.unsigned), overdue=len(lacking.overdue))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """The ids of units that nobody stands for, and of those whose review day has passed."""

    unsigned: tuple[str, ...]
    overdue: tuple[str, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return (*self.unsigned, *self.overdue)


def units_lacking(letter: Letter, partnership: Partnership, day: date) -> Lacking:
    """Which of the units that the letter rests on keep it from being approved or handed over."""
    rests_on = letter.units or digests_of(trace_of(letter), Stage(letter.stage))
    now = units_of(Jurisdiction(letter.case.tenancy.home.jurisdiction))
    standing = _live(partnership).filter(unit__in=rests_on, confirmed_at__isnull=False)
    signed = {(row.unit, row.digest): row.review_by for row in standing.defer("said")}
    unsigned, overdue = [], []
    for unit_id, digest in sorted(rests_on.items()):
        is_as_it_was = unit_id in now and now[unit_id].digest == digest
        review_by = signed.get((unit_id, digest)) if is_as_it_was else None
        if review_by is None:
            unsigned.append(unit_id)
        elif review_by < day:
            overdue.append(unit_id)
    return Lacking(unsigned=tuple(unsigned), overdue=tuple(overdue))


def approved_statements(
    partnership: Partnership, jurisdiction: Jurisdiction, day: date
) -> frozenset[str]:
    """The ids of the evidence statements that reviewers stand for, in date, as they read now; one
    that was not read at its source is printed on no other strength."""
    units = {
        unit.id: unit for unit in units_of(jurisdiction).values() if unit.kind is UnitKind.STATEMENT
    }
    standing = _live(partnership).filter(
        unit__in=units, confirmed_at__isnull=False, review_by__gte=day
    )
    return frozenset(
        units[unit_id].of
        for unit_id, digest in standing.values_list("unit", "digest")
        if digest == units[unit_id].digest
    )


def _live(partnership: Partnership) -> QuerySet[SignOff]:
    return SignOff.objects.filter(partnership=partnership, withdrawn_at__isnull=True)


def _take_turns(by: User, partnership: Partnership) -> None:
    """One reviewer at a time in a partnership, and only its own."""
    require(by, Right.SIGN_LAW)
    if not partnerships_with(by, Right.SIGN_LAW).filter(pk=partnership.pk).exists():
        raise NotAllowed(Right.SIGN_LAW)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)


def _refuse_changed_or_failing(seen: Mapping[str, str], jurisdiction: Jurisdiction) -> None:
    if not seen:
        raise NothingTicked
    units = units_of(jurisdiction)
    if any(unit_id not in units or units[unit_id].digest != seen[unit_id] for unit_id in seen):
        raise UnitChanged
    refuse_failing((units[unit_id] for unit_id in seen), jurisdiction)


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
