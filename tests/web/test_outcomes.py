"""What came of a letter, and the summary of it."""

import pytest
from django.test import Client

from letters.cases.models import HazardReport
from letters.issuing.models import Letter
from letters.outcomes.models import HealthChange, Remediation, Response
from letters.tracking.models import ClockStart, Deadline, DeadlineStatus
from tests import factories
from tests.web.conftest import AsPerson, words

WHEN = {
    "received_at-day": "23",
    "received_at-month": "11",
    "received_at-year": "2026",
    "received_at-time": "09:30",
}
_DATE = ("day", "month", "year")


def test_an_answer_gives_the_clock_a_known_start(clinician: Client, sent_letter: Letter) -> None:
    given = WHEN | {"kind": "inspected", "summary": "They came & looked."}

    clinician.post(f"/letters/{sent_letter.pk}/responses/record/", given)

    starts = ClockStart.objects.filter(letter=sent_letter, superseded_at=None)
    assert Response.objects.get().summary == "They came & looked."
    assert set(starts.values_list("knowledge", flat=True)) == {"actual"}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"received_at-time": "half past"}, "Enter the time as hours and minutes"),
        ({"received_at-time": ""}, "Enter the time as hours and minutes"),
        ({"received_at-time": "23:59"}, "Enter a day or time that is not in the future"),
        ({"kind": ""}, "Choose what the landlord did"),
    ],
)
def test_a_refused_answer_says_why(
    clinician: Client, sent_letter: Letter, given: dict[str, str], says: str
) -> None:
    asked = WHEN | {"kind": "acknowledged", "summary": "Kept words"} | given

    page = words(clinician.post(f"/letters/{sent_letter.pk}/responses/record/", asked))

    assert says in page
    assert "Kept words" in page
    assert not Response.objects.exists()


def test_an_answer_to_a_letter_that_has_not_gone_is_refused(
    house: factories.House, clinician: Client
) -> None:
    letter = factories.an_approved_letter(house)

    page = words(
        clinician.post(f"/letters/{letter.pk}/responses/record/", WHEN | {"kind": "disputed"})
    )

    assert "Send the letter first" in page


def test_a_checked_mend_ends_the_deadlines(clinician: Client, sent_letter: Letter) -> None:
    report = HazardReport.objects.get(case=sent_letter.case)
    claim = {"claimed_by": "adviser", "extent": "full", "verification": "visit"}
    claim |= {"cause_addressed": "yes", "completed_on-day": "23"}
    claim |= {"completed_on-month": "11", "completed_on-year": "2026"}

    clinician.post(f"/hazards/{report.pk}/remediations/record/", claim)

    assert Remediation.objects.get().extent == "full"
    assert not Deadline.objects.filter(status=DeadlineStatus.OPEN).exists()


def test_a_mend_without_its_day_is_refused(clinician: Client, sent_letter: Letter) -> None:
    report = HazardReport.objects.get(case=sent_letter.case)
    claim = {"claimed_by": "landlord", "extent": "full", "verification": "none"}

    page = words(
        clinician.post(
            f"/hazards/{report.pk}/remediations/record/", claim | {"cause_addressed": "no"}
        )
    )

    assert "Enter the day on which the work was finished" in page


def test_health_is_recorded_beside_what_was_before(clinician: Client, sent_letter: Letter) -> None:
    case = sent_letter.case
    given = {"change": "better", "respondent": "parent", "steroid_courses": "0", "admissions": ""}
    given |= {
        f"observed_on-{part}": WHEN[f"received_at-{part}"] for part in ("day", "month", "year")
    }

    clinician.post(f"/cases/{case.pk}/health-changes/record/", given)

    change = HealthChange.objects.get()
    assert (change.steroid_courses, change.admissions) == ("0", "")
    assert "says a parent" in words(clinician.get(f"/cases/{case.pk}/"))


def test_small_counts_are_withheld_and_said_to_be(
    house: factories.House, signed_in: AsPerson, sent_letter: Letter
) -> None:
    page = words(signed_in(house.evaluator).get("/summary/"))

    assert page.count("Withheld (fewer than 8)") >= 2
    assert "How people are protected" in page
    assert "Sampleton, " not in page
    assert sent_letter.case.reference not in page
