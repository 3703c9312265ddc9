"""Other needs met on the way: passing them on, and hearing what came of it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letters.cases.referrals import actions
from letters.cases.referrals.queries import referral_changes_of
from letters.web.forms.form import sent
from letters.web.forms.questions import ReadForm
from letters.web.forms.referrals import FollowReferralForm, ReferForm
from letters.web.views import find
from letters.web.views.pages import ask, go
from letters.web.visitor import me


def refer(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Pass on one need, with the patient's yes."""
    row, by = find.case(request, case_id), me(request)
    return ask(
        request,
        "refer",
        ReferForm(sent(request), team=row.advice_team),
        partial(actions.refer, case=row, by=by, at=timezone.now()),
        then=lambda referral: go(
            request, "letters:referral", says="Asked", referral_id=referral.pk
        ),
        case=row,
    )


def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One referral with its news, and recording more."""
    row, by = find.seen_referral(request, referral_id), me(request)
    form = FollowReferralForm(sent(request), referral=row)
    return ask(
        request,
        "referral",
        form,
        partial(actions.follow_referral, referral=row, by=by, at=timezone.now()),
        then=lambda _: go(request, "letters:referral", says="Recorded", referral_id=row.pk),
        referral=row,
        changes=tuple(referral_changes_of(row)),
        following=form,
    )


def read_news(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Whoever asked has read what came of it."""
    row, by = find.referral(request, referral_id), me(request)
    return ask(
        request,
        "referral",
        ReadForm(sent(request)),
        partial(actions.read_news, referral=row, by=by, at=timezone.now()),
        then=lambda _: go(request, "letters:home", says="Read"),
        referral=row,
        changes=tuple(referral_changes_of(row)),
        following=FollowReferralForm(referral=row),
    )
