"""Clocks run from what is known, or presumed, and one missed prepares one next letter."""

from datetime import UTC, date, datetime, timedelta

import pytest

from letters.cases import actions as cases
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.issuing.actions import approve_letter, preview_letter
from letters.issuing.files import make_files
from letters.issuing.models import Letter
from letters.law.hazards import Hazard
from letters.law.periods import LONDON, StartEvent
from letters.tracking import actions as tracking
from letters.tracking.errors import DeadlineEnded, LetterNotSent, NotLater, ReasonMissing
from letters.tracking.models import (
    ClockStart,
    Deadline,
    DeadlineStatus,
    Escalation,
    Evidence,
    Knowledge,
)
from letters.tracking.queries import escalations_to_settle, worklist
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
INVESTIGATE = "hazards_in_social_housing_regulations_2025/standard_investigation"


@pytest.fixture
def house() -> factories.House:
    return factories.a_house(is_demonstration=True)


def _posted(house: factories.House, letter: Letter, *, at: datetime = NOW) -> Dispatch:
    make_files(letter_id=letter.pk, at=at)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.clinician, at=at
    )
    ready = delivery.deliver(dispatch_id=queued.pk, at=at)
    posted = delivery.record_posted(dispatch=ready, posted_on=at.date(), by=house.clinician, at=at)
    tracking.start_clocks(dispatch=posted, at=at)
    return posted


@pytest.fixture
def letter(house: factories.House) -> Letter:
    """A first letter to a council, posted on Monday 23 November 2026."""
    letter = factories.an_approved_letter(house)
    _posted(house, letter)
    return letter


def _deadline(letter: Letter, provision: str = INVESTIGATE) -> Deadline:
    return Deadline.objects.exclude(status="closed").get(letter=letter, provision_id=provision)


def test_start_clocks_presumes_receipt_of_post(letter: Letter) -> None:
    start = ClockStart.objects.get(letter=letter, event=StartEvent.AWARENESS)

    assert start.knowledge == Knowledge.DEEMED
    assert start.at.astimezone(LONDON).date() == date(2026, 11, 25)
    assert _deadline(letter).due_at.astimezone(LONDON).date() == date(2026, 12, 9)


def test_start_clocks_twice_starts_them_once(letter: Letter) -> None:
    before = Deadline.objects.count()

    tracking.start_clocks(dispatch=Dispatch.objects.get(letter=letter), at=NOW)
    tracking.start_missing_clocks(at=NOW)

    assert Deadline.objects.count() == before
    assert ClockStart.objects.filter(letter=letter).count() == 2


def test_start_missing_clocks_starts_what_a_crash_left(house: factories.House) -> None:
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )
    delivery.deliver(dispatch_id=queued.pk, at=NOW)

    tracking.start_missing_clocks(at=NOW)

    assert Deadline.objects.filter(letter=letter, provision_id=INVESTIGATE).exists()


def test_start_clocks_of_an_unsent_letter_starts_nothing(house: factories.House) -> None:
    letter = factories.an_approved_letter(house)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )

    assert tracking.start_clocks(dispatch=queued, at=NOW) == ()


def test_record_event_gives_what_was_presumed_way(house: factories.House, letter: Letter) -> None:
    called_at = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)

    tracking.record_event(
        letter=letter,
        event=StartEvent.AWARENESS,
        happened_at=called_at,
        evidence=Evidence.CALL,
        by=house.adviser,
        at=called_at,
    )

    deadline = _deadline(letter)
    assert deadline.due_at.astimezone(LONDON).date() == date(2026, 12, 8)
    assert deadline.start.knowledge == Knowledge.ACTUAL
    old = Deadline.objects.get(letter=letter, provision_id=INVESTIGATE, status="closed")
    assert old.start.superseded_at is not None


def test_record_event_starts_the_clocks_of_a_finished_investigation(
    house: factories.House, letter: Letter
) -> None:
    ended_at = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)

    tracking.record_event(
        letter=letter,
        event=StartEvent.INVESTIGATION_CONCLUDED,
        happened_at=ended_at,
        evidence=Evidence.WRITTEN_FINDINGS,
        by=house.adviser,
        at=ended_at,
    )

    regulations = "hazards_in_social_housing_regulations_2025"
    due = {
        provision: _deadline(letter, f"{regulations}/{provision}").due_at.astimezone(LONDON).date()
        for provision in ("written_summary", "safety_work", "preventative_work_begin")
    }
    assert due == {
        "written_summary": date(2026, 12, 4),
        "safety_work": date(2026, 12, 8),
        "preventative_work_begin": date(2027, 2, 23),
    }


def test_record_event_needs_a_letter_that_went(house: factories.House) -> None:
    unsent = factories.an_approved_letter(house)

    with pytest.raises(LetterNotSent):
        tracking.record_event(
            letter=unsent,
            event=StartEvent.AWARENESS,
            happened_at=NOW,
            evidence=Evidence.CALL,
            by=house.adviser,
            at=NOW,
        )


@pytest.fixture
def missed_at(letter: Letter) -> datetime:
    return _deadline(letter).due_at + timedelta(minutes=1)


def test_mark_missed_drafts_the_next_letter_once(
    house: factories.House, letter: Letter, missed_at: datetime
) -> None:
    tracking.mark_missed(at=missed_at)
    tracking.mark_missed(at=missed_at + timedelta(minutes=10))

    (escalation,) = Escalation.objects.filter(letter=letter)
    assert escalation.next_letter is not None
    assert escalation.next_letter.stage == Stage.MISSED_DEADLINE
    assert Letter.objects.filter(follows=letter).count() == 1
    assert list(escalations_to_settle(house.adviser)) == [escalation]


def test_mark_missed_says_in_the_draft_what_passed(letter: Letter, missed_at: datetime) -> None:
    tracking.mark_missed(at=missed_at)

    draft = Letter.objects.get(follows=letter)
    table = next(block for block in draft.content["blocks"] if block["id"] == "missed")
    told = {(row["cells"][0], row["cells"][2]) for row in table["rows"]}
    assert ("The investigation completed", "Law") in told
    assert ("The home made safe", "Law, if it applies here") in told


def test_mark_missed_before_the_day_ends_marks_nothing(letter: Letter) -> None:
    due_at = _deadline(letter).due_at

    tracking.mark_missed(at=due_at)

    assert _deadline(letter).status == DeadlineStatus.OPEN


def test_mark_missed_without_consent_tells_a_person_why(
    house: factories.House, letter: Letter, missed_at: datetime
) -> None:
    cases.withdraw_grants(
        case=letter.case, recipients=(Recipient.LANDLORD,), reason="", by=house.clinician, at=NOW
    )

    tracking.mark_missed(at=missed_at)

    escalation = Escalation.objects.get(letter=letter)
    assert escalation.next_letter is None
    assert "no consent" in escalation.blocked_by


def test_mark_missed_after_the_reminder_drafts_a_complaint(
    house: factories.House, letter: Letter, missed_at: datetime
) -> None:
    tracking.mark_missed(at=missed_at)
    reminder = Letter.objects.get(follows=letter)
    seen = preview_letter(letter=reminder, by=house.adviser, at=missed_at).digest
    reminder = approve_letter(letter=reminder, seen=seen, by=house.adviser, at=missed_at)
    _posted(house, reminder, at=missed_at)

    tracking.mark_missed(at=missed_at + timedelta(days=60))

    escalation = Escalation.objects.get(letter=reminder)
    assert escalation.next_letter is not None
    assert (escalation.step, escalation.next_letter.stage) == ("complaint", Stage.COMPLAINT)


def test_pause_and_resume_add_the_time_between(house: factories.House, letter: Letter) -> None:
    deadline = _deadline(letter)
    tracking.pause_deadline(
        deadline=deadline, reason="the family is away", by=house.adviser, at=NOW
    )

    resumed = tracking.resume_deadline(
        deadline=deadline, reason="back", by=house.adviser, at=NOW + timedelta(days=7)
    )

    assert resumed.due_at == deadline.original_due_at + timedelta(days=7)
    assert resumed.original_due_at == deadline.original_due_at


def test_paused_deadline_is_not_missed(
    house: factories.House, letter: Letter, missed_at: datetime
) -> None:
    tracking.pause_deadline(
        deadline=_deadline(letter), reason="the family is away", by=house.adviser, at=NOW
    )

    tracking.mark_missed(at=missed_at)

    assert _deadline(letter).status == DeadlineStatus.PAUSED


def test_extend_deadline_keeps_the_first_day(house: factories.House, letter: Letter) -> None:
    deadline = _deadline(letter)

    extended = tracking.extend_deadline(
        deadline=deadline,
        until=date(2026, 12, 18),
        reason="contractor on 18 December",
        by=house.adviser,
        at=NOW,
    )

    assert extended.due_at.astimezone(LONDON).date() == date(2026, 12, 18)
    assert extended.original_due_at == deadline.due_at


def test_extend_deadline_never_brings_it_forward(house: factories.House, letter: Letter) -> None:
    with pytest.raises(NotLater):
        tracking.extend_deadline(
            deadline=_deadline(letter),
            until=date(2026, 12, 1),
            reason="sooner",
            by=house.adviser,
            at=NOW,
        )


def test_close_deadline_needs_a_reason(house: factories.House, letter: Letter) -> None:
    with pytest.raises(ReasonMissing):
        tracking.close_deadline(deadline=_deadline(letter), reason=" ", by=house.adviser, at=NOW)


def test_meet_deadline_that_ended_is_refused(house: factories.House, letter: Letter) -> None:
    deadline = _deadline(letter)
    tracking.meet_deadline(deadline=deadline, reason="inspected", by=house.adviser, at=NOW)

    with pytest.raises(DeadlineEnded):
        tracking.meet_deadline(deadline=deadline, reason="again", by=house.adviser, at=NOW)


def test_worklist_shows_what_runs_the_first_due_first(
    house: factories.House, letter: Letter
) -> None:
    due = [deadline.due_at for deadline in worklist(house.adviser)]

    assert due == sorted(due)
    assert len(due) == Deadline.objects.filter(letter=letter).count()
    assert not worklist(factories.a_house().adviser).exists()


def test_deadlines_come_from_the_law_of_the_letters_day(house: factories.House) -> None:
    """Cold became a hazard with clocks on 30 November 2026; a letter of the 27th runs none."""
    before = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
    case = factories.a_case(house, at=before)
    factories.report(house, case, hazard=Hazard.EXCESS_COLD, at=before)
    factories.safety(house, case, at=before)
    factories.consent(house, case, at=before)
    draft = factories.a_draft(house, case, at=before)
    seen = preview_letter(letter=draft, by=house.clinician, at=before).digest
    letter = approve_letter(letter=draft, seen=seen, by=house.clinician, at=before)

    _posted(house, letter, at=before)

    assert not Deadline.objects.filter(letter=letter, provision_id=INVESTIGATE).exists()
