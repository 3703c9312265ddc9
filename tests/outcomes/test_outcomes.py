"""Claims stand side by side; the summary gives nobody away."""

from datetime import date, timedelta

import pytest

from letters.cases import actions as cases
from letters.cases.models import HazardReport
from letters.delivery import actions as delivery
from letters.delivery.models import Channel
from letters.issuing.files import make_files
from letters.issuing.models import Letter
from letters.law.facts import Answer
from letters.outcomes import actions as outcomes
from letters.outcomes.errors import DayOfCompletionMissing, NotYetHappened
from letters.outcomes.measures import protected, summary_of
from letters.outcomes.models import Remediation, Response
from letters.outcomes.queries import remediations_of
from letters.tracking import actions as tracking
from letters.tracking.models import ClockStart, Deadline
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> factories.House:
    return factories.a_house(is_demonstration=True)


@pytest.fixture
def letter(house: factories.House) -> Letter:
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )
    sent = delivery.deliver(dispatch_id=queued.pk, at=NOW)
    tracking.start_clocks(dispatch=sent, at=NOW)
    return letter


def _claim(
    house: factories.House,
    report: HazardReport,
    *,
    claimed_by: Remediation.Claimant,
    extent: Remediation.Extent,
    verification: Remediation.Verification,
) -> Remediation:
    mended = extent == Remediation.Extent.FULL
    return outcomes.record_remediation(
        hazard_report=report,
        claimed_by=claimed_by,
        extent=extent,
        completed_on=NOW.date() if mended else None,
        cause_addressed=Answer.NOT_KNOWN,
        verification=verification,
        description="",
        by=house.adviser,
        at=NOW,
    )


def test_record_remediation_keeps_claims_that_disagree(
    house: factories.House, letter: Letter
) -> None:
    report = HazardReport.objects.get(case=letter.case)
    _claim(
        house,
        report,
        claimed_by=Remediation.Claimant.LANDLORD,
        extent=Remediation.Extent.FULL,
        verification=Remediation.Verification.NONE,
    )
    _claim(
        house,
        report,
        claimed_by=Remediation.Claimant.PATIENT,
        extent=Remediation.Extent.COSMETIC,
        verification=Remediation.Verification.PHOTOGRAPH,
    )

    claims = [(claim.claimed_by, claim.extent) for claim in remediations_of(report)]
    assert claims == [("landlord", "full"), ("patient", "cosmetic")]


def test_record_remediation_of_the_landlord_alone_ends_no_deadline(
    house: factories.House, letter: Letter
) -> None:
    running = Deadline.objects.filter(status="open").count()

    _claim(
        house,
        HazardReport.objects.get(case=letter.case),
        claimed_by=Remediation.Claimant.LANDLORD,
        extent=Remediation.Extent.FULL,
        verification=Remediation.Verification.NONE,
    )

    assert Deadline.objects.filter(status="open").count() == running > 0


def test_record_remediation_that_was_verified_ends_the_deadlines(
    house: factories.House, letter: Letter
) -> None:
    _claim(
        house,
        HazardReport.objects.get(case=letter.case),
        claimed_by=Remediation.Claimant.ADVISER,
        extent=Remediation.Extent.FULL,
        verification=Remediation.Verification.VISIT,
    )

    assert not Deadline.objects.filter(status="open").exists()


def test_record_remediation_in_full_needs_its_day(house: factories.House, letter: Letter) -> None:
    with pytest.raises(DayOfCompletionMissing):
        outcomes.record_remediation(
            hazard_report=HazardReport.objects.get(case=letter.case),
            claimed_by=Remediation.Claimant.LANDLORD,
            extent=Remediation.Extent.FULL,
            completed_on=None,
            cause_addressed=Answer.YES,
            verification=Remediation.Verification.NONE,
            description="",
            by=house.adviser,
            at=NOW,
        )


def test_record_remediation_in_the_future_is_refused(
    house: factories.House, letter: Letter
) -> None:
    with pytest.raises(NotYetHappened):
        outcomes.record_remediation(
            hazard_report=HazardReport.objects.get(case=letter.case),
            claimed_by=Remediation.Claimant.LANDLORD,
            extent=Remediation.Extent.FULL,
            completed_on=date(2027, 1, 1),
            cause_addressed=Answer.YES,
            verification=Remediation.Verification.NONE,
            description="",
            by=house.adviser,
            at=NOW,
        )


def test_record_response_shows_that_the_landlord_knows(
    house: factories.House, letter: Letter
) -> None:
    received_at = NOW + timedelta(hours=3)

    outcomes.record_response(
        letter=letter,
        kind=Response.Kind.ACKNOWLEDGED,
        received_at=received_at,
        summary="Thank you for your letter.",
        by=house.adviser,
        at=received_at,
    )

    start = ClockStart.objects.get(letter=letter, event="awareness", superseded_at=None)
    assert (start.knowledge, start.at) == ("actual", received_at)


def test_record_response_with_findings_starts_their_clocks(
    house: factories.House, letter: Letter
) -> None:
    outcomes.record_response(
        letter=letter,
        kind=Response.Kind.WRITTEN_FINDINGS,
        received_at=NOW,
        summary="",
        by=house.adviser,
        at=NOW,
    )

    assert Deadline.objects.filter(period_id="make_safe", start__event="investigation_concluded")


@pytest.mark.parametrize(
    ("true_count", "shown"),
    [
        *[(0, 0), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20)],
        *[(22, 20), (23, 25), (102, 100), (103, 105)],
    ],
)
def test_protected_follows_rule_a(true_count: int, shown: int | None) -> None:
    assert protected(true_count).shown == shown


def test_summary_counts_only_who_agreed(house: factories.House, letter: Letter) -> None:
    before = summary_of(house.partnership).cases

    cases.withdraw_consent(case=letter.case, reason="", by=house.clinician, at=NOW)

    assert before.shown is None  # one case: withheld
    assert summary_of(house.partnership).cases.shown == 0
