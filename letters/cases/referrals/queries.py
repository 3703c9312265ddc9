"""Reads about referrals; who may not see the case sees none of them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from letters.access.models import User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.models import Case
from letters.cases.queries import visible_to as visible_cases
from letters.cases.referrals.models import ENDED, Referral, ReferralChange


def visible_to(user: User) -> QuerySet[Referral]:
    """The referrals in the cases that the person may see."""
    rows = Referral.objects.filter(case__in=visible_cases(user))
    return rows.select_related("case__patient", "team", "asked_by")


def referrals_of(case: Case) -> QuerySet[Referral]:
    """Every referral in a case, the earliest first."""
    return Referral.objects.filter(case=case).select_related("team", "asked_by")


def referral_changes_in(case: Case) -> QuerySet[ReferralChange]:
    """All news of the referrals in a case."""
    rows = ReferralChange.objects.filter(referral__case=case)
    return rows.select_related("referral", "told_by")


def referral_changes_of(referral: Referral) -> QuerySet[ReferralChange]:
    """All news of one referral, the earliest first."""
    return ReferralChange.objects.filter(referral=referral).select_related("told_by")


def referrals_to_follow(user: User, *, covered: Collection[UUID] = ()) -> QuerySet[Referral]:
    """What has not ended yet: for the person's advice teams, and what they or those they cover for
    passed on to a service outside, whose news nobody else brings. The oldest first."""
    ours = Q(team__in=teams_of(user, Role.ADVISER))
    mine = Q(team=None, asked_by__in=[user.pk, *covered])
    rows = visible_to(user).filter(ours | mine, case__closed_at=None)
    return rows.exclude(status__in=ENDED).order_by("asked_at")


def news_for(user: User, *, covered: Collection[UUID] = ()) -> QuerySet[Referral]:
    """What became of the referrals of the person, and of those they cover for, and who asked has
    not read."""
    asked = visible_to(user).filter(asked_by__in=[user.pk, *covered])
    return asked.filter(changed_at__isnull=False, read_at=None).order_by("changed_at")
