"""Recording what the patient agrees to, and its withdrawal."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_future
from letters.cases.errors import (
    ConsentEndsTooSoon,
    NobodyChosen,
    NobodyMayConsent,
    NothingAgreed,
)
from letters.cases.models import (
    Case,
    Consent,
    ConsentGrant,
)
from letters.drafting.vocabulary import (
    ConsentMethod,
    DataItem,
    GivenBy,
    Purpose,
    Recipient,
)
from letters.law.facts import Answer

Grant = tuple[Recipient, Purpose, DataItem]


@transaction.atomic
def give_consent(
    *,
    case: Case,
    grants: Iterable[Grant],
    given_by: GivenBy,
    capacity_basis: str,
    method: ConsentMethod,
    language: str,
    interpreter: Answer,
    form_version: str,
    reprisal_discussed: Answer,
    copy_given: Answer,
    given_on: date,
    expires_on: date,
    by: User,
    at: datetime,
) -> Consent:
    """Record what the patient agrees to; it takes the place of an earlier open consent."""
    require(by, Right.RECORD_CASE)
    wanted = sorted(set(grants))
    if not wanted:
        raise NothingAgreed
    if given_by != GivenBy.SELF and not capacity_basis.strip():
        raise NobodyMayConsent
    if expires_on <= given_on:
        raise ConsentEndsTooSoon
    refuse_future(at, given_on=given_on)
    Case.objects.select_for_update().get(pk=case.pk)
    Consent.objects.filter(case=case, withdrawn_at__isnull=True).update(withdrawn_at=at)
    consent = Consent.objects.create(
        case=case,
        given_by=given_by,
        capacity_basis=capacity_basis,
        method=method,
        language=language,
        interpreter=interpreter == Answer.YES,
        form_version=form_version,
        reprisal_discussed=reprisal_discussed == Answer.YES,
        copy_given=copy_given == Answer.YES,
        given_on=given_on,
        expires_on=expires_on,
        recorded_by=by,
        recorded_at=at,
    )
    ConsentGrant.objects.bulk_create(
        ConsentGrant(consent=consent, recipient=recipient, purpose=purpose, item=item)
        for recipient, purpose, item in wanted
    )
    record("give_consent", consent, by=by, case=case.pk, grants=len(wanted))
    return consent


@transaction.atomic
def withdraw_consent(*, case: Case, reason: str, by: User, at: datetime) -> None:
    """Take back everything the patient agreed to; delivery.withholding stops what waits."""
    require(by, Right.RECORD_CASE)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    for consent in Consent.objects.select_for_update().filter(case=case, withdrawn_at=None):
        consent.withdrawn_at = at
        consent.withdrawn_reason = reason
        consent.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record("withdraw_consent", consent, by=by, case=case.pk)


@transaction.atomic
def withdraw_grants(
    *, case: Case, recipients: Iterable[Recipient], reason: str, by: User, at: datetime
) -> int:
    """Take back all that these recipients may be told; the number of grants withdrawn. What others
    may be told stays. Twice is once."""
    require(by, Right.RECORD_CASE)
    chosen = sorted(set(recipients))
    if not chosen:
        raise NobodyChosen
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    withdrawn = 0
    for recipient in chosen:
        grants = ConsentGrant.objects.filter(
            consent__case=case,
            consent__withdrawn_at__isnull=True,
            recipient=recipient,
            withdrawn_at__isnull=True,
        )
        found = grants.update(withdrawn_at=at, withdrawn_reason=reason)
        if found:
            record("withdraw_grants", case, by=by, recipient=recipient.value, grants=found)
        withdrawn += found
    return withdrawn
