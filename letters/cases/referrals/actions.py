"""Passing on another need with the patient's yes, and bringing back what came of it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed, refuse_future
from letters.cases.errors import AddedMeanwhile
from letters.cases.models import Case
from letters.cases.queries import is_open_to_advisers
from letters.cases.referrals.errors import (
    NobodyToTakeUp,
    NotTheNextOfReferral,
    ReferralNotAgreed,
    WhatCameOfItMissing,
)
from letters.cases.referrals.models import ENDED, Need, Referral, ReferralChange, ReferralStatus
from letters.cases.referrals.queries import referral_changes_of
from letters.law.facts import Answer


@transaction.atomic
def refer(
    *,
    referral_id: UUID,
    case: Case,
    need: Need,
    words: str,
    service: str,
    agreed: Answer,
    agreed_on: date | None,
    by: User,
    at: datetime,
) -> Referral:
    """Ask the case's advice team, or the service outside that is named, to help with another need.
    `referral_id` is chosen before it is asked, so that one sent twice is one."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    if agreed is not Answer.YES or agreed_on is None:
        raise ReferralNotAgreed
    refuse_future(at, agreed_on=agreed_on)
    if not service and not is_open_to_advisers(case):
        raise NobodyToTakeUp
    referral, is_new = Referral.objects.get_or_create(
        pk=referral_id,
        case=case,
        asked_by=by,
        defaults={
            "need": need.value,
            "words": words.strip(),
            "team": None if service else case.advice_team,
            "service": service or None,
            "agreed_on": agreed_on,
            "asked_at": at,
            "status": ReferralStatus.ASKED.value,
        },
    )
    if is_new:
        record("refer", referral, by=by, case=case.pk)
    return referral


@transaction.atomic
def follow_referral(
    *,
    change_id: UUID,
    referral: Referral,
    status: ReferralStatus,
    words: str,
    by: User,
    at: datetime,
) -> ReferralChange:
    """Record how far it has come; whoever asked has it before them until they have read it."""
    locked = _locked(referral)
    require(by, Right.RECORD_OUTCOME)
    there = ReferralChange.objects.filter(pk=change_id, referral=locked, told_by=by).first()
    if there is not None:
        return there
    refuse_closed(locked.case)
    if status not in locked.following:
        raise NotTheNextOfReferral(ReferralStatus(locked.status))
    if status in ENDED and not words.strip():
        raise WhatCameOfItMissing
    change = ReferralChange.objects.create(
        pk=change_id,
        referral=locked,
        status=status.value,
        words=words.strip(),
        told_by=by,
        told_at=at,
    )
    locked.status, locked.changed_at = status.value, at
    locked.read_at = at if by.pk == locked.asked_by_id else None
    locked.save(update_fields=["status", "changed_at", "read_at"])
    record("follow_referral", locked, by=by, case=locked.case_id, status=status.value)
    return change


@transaction.atomic
def read_news(*, referral: Referral, last: str, by: User, at: datetime) -> Referral:
    """Whoever asked has read the news up to `last`; anybody else's look changes nothing."""
    locked = _locked(referral)
    require(by, Right.RECORD_CASE)
    latest = referral_changes_of(locked).last()
    if latest is None or locked.asked_by_id != by.pk or locked.read_at is not None:
        return locked
    if str(latest.pk) != last:
        raise AddedMeanwhile
    locked.read_at = at
    locked.save(update_fields=["read_at"])
    record("read_news", locked, by=by, case=locked.case_id)
    return locked


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("case")
    return rows.get(pk=referral.pk)
