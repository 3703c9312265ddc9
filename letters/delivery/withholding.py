"""What the household says anew about harm or consent, and what it stops at once.

The hand-over asks again in any case. Here what waits is stopped in the same transaction, so that
whoever records it can be told what was stopped, and what had left already.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.cases import actions as cases
from letters.cases.models import Case
from letters.delivery.actions.carrying import why_not
from letters.delivery.actions.moves import move
from letters.delivery.models import LEFT, Dispatch, DispatchStatus

# What has not left: with a worker, or printed and not in the post. A worker that holds one finds
# that it has moved, before it hands anything over.
_WAITS = (DispatchStatus.QUEUED, DispatchStatus.CLAIMED, DispatchStatus.READY)
_MAY_HAVE_LEFT = (*LEFT, DispatchStatus.HANDED_OVER, DispatchStatus.UNKNOWN)
Recording = Callable[..., object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """`stopped` will not go; `gone` has left, or may have, and cannot be called back."""

    stopped: tuple[Dispatch, ...]
    gone: tuple[Dispatch, ...]


def recorded_safety(*, case: Case, by: User, at: datetime, **given: object) -> Withheld:
    """cases.record_safety, and what the answers hold is stopped."""
    return _then_stop(cases.record_safety, case, by=by, at=at, given=given)


def gave_consent(*, case: Case, by: User, at: datetime, **given: object) -> Withheld:
    """cases.give_consent, and what the new consent does not cover is stopped."""
    return _then_stop(cases.give_consent, case, by=by, at=at, given=given)


def withdrew_consent(*, case: Case, by: User, at: datetime, **given: object) -> Withheld:
    """cases.withdraw_consent, and everything that rested on it is stopped."""
    return _then_stop(cases.withdraw_consent, case, by=by, at=at, given=given)


def withdrew_grants(*, case: Case, by: User, at: datetime, **given: object) -> Withheld:
    """cases.withdraw_grants, and what was on its way to these recipients is stopped."""
    return _then_stop(cases.withdraw_grants, case, by=by, at=at, given=given)


@transaction.atomic
def _then_stop(
    recording: Recording, case: Case, *, by: User, at: datetime, given: dict[str, object]
) -> Withheld:
    recording(case=case, by=by, at=at, **given)
    rows = Dispatch.objects.filter(letter__case=case).select_related(
        "letter__case__team__organisation__partnership",
        "letter__case__tenancy__landlord",
        "letter__case__tenancy__home",
        "letter__responsible_body",
    )
    # Locked, so that nobody hands one over between the look and the stop.
    waiting = rows.filter(status__in=_WAITS).select_for_update(of=("self",)).order_by("queued_at")
    stopped = tuple(each for each in waiting if _is_stopped(each, by=by, at=at))
    gone = rows.filter(status__in=_MAY_HAVE_LEFT).order_by("queued_at")
    return Withheld(stopped=stopped, gone=tuple(each for each in gone if why_not(each, at)))


def _is_stopped(dispatch: Dispatch, *, by: User, at: datetime) -> bool:
    reason = why_not(dispatch, at)
    if reason:
        move(dispatch, DispatchStatus.CANCELLED, at=at, by=by, reason=reason)
    return bool(reason)
