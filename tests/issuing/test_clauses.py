"""What only may apply can be left out of a letter, for a reason; what applies stays."""

import pytest

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.drafting.trace import Trace
from letters.issuing import actions as issuing
from letters.issuing.clauses import ClauseLeftOut, grounds_told_by
from letters.issuing.errors import (
    ClauseLocked,
    ClauseNotTold,
    ClauseReasonMissing,
    DraftChanged,
    NotADraft,
)
from letters.issuing.models import Letter
from letters.issuing.queries import content_of, trace_of
from letters.law.grounds import Strength
from letters.rendering import text
from letters.tracking.models import Deadline
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
REASON = "The landlord is no registered provider."


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def draft(house: factories.House) -> Letter:
    return factories.a_draft(house, factories.a_full_case(house))


def _told(trace: Trace, strength: Strength) -> list[str]:
    """The provisions that the letter tells of in this way alone."""
    cited = [each for entry in trace.entries for each in entry.provisions]
    found = {each.provision_id for each in cited if each.strength is strength}
    others = {each.provision_id for each in cited if each.strength is not strength}
    return sorted(found - others)


def _open(draft: Letter) -> str:
    """A provision that may apply."""
    return _told(trace_of(draft), Strength.MAY_APPLY)[0]


def _locked(draft: Letter) -> str:
    return _told(trace_of(draft), Strength.APPLIES)[0]


def _leave_out(
    house: factories.House, letter: Letter, provision_id: str, *, reason: str = REASON
) -> Letter:
    return issuing.leave_clause_out(
        letter=letter, provision_id=provision_id, reason=reason, by=house.adviser, at=NOW
    )


def test_what_may_apply_is_left_out_with_the_reason(house: factories.House, draft: Letter) -> None:
    before, provision_id = text.render(content_of(draft)), _open(draft)

    left = _leave_out(house, draft, provision_id)

    assert provision_id not in _told(trace_of(left), Strength.MAY_APPLY)
    assert len(text.render(content_of(left))) < len(before)
    (out,) = [o for o in trace_of(left).left_out if o.provision_id == provision_id]
    assert out.reason == f"left out by hand: {REASON}"


def test_taken_in_again_the_letter_is_as_before(house: factories.House, draft: Letter) -> None:
    before, provision_id = content_of(draft).blocks, _open(draft)
    _leave_out(house, draft, provision_id)

    for _ in range(2):
        again = issuing.take_clause_in(
            letter=draft, provision_id=provision_id, by=house.adviser, at=NOW
        )

    assert content_of(again).blocks == before
    assert AuditEvent.objects.filter(verb="take_clause_in").count() == 1


def test_what_applies_is_locked(house: factories.House, draft: Letter) -> None:
    with pytest.raises(ClauseLocked):
        _leave_out(house, draft, _locked(draft))

    draft.refresh_from_db()
    assert _locked(draft)
    assert not ClauseLeftOut.objects.exists()


def test_a_row_beside_the_action_unlocks_nothing(house: factories.House, draft: Letter) -> None:
    locked = _locked(draft)
    ClauseLeftOut.objects.create(
        letter=draft, provision_id=locked, reason="x", left_out_by=house.adviser, left_out_at=NOW
    )

    read = issuing.preview_letter(letter=draft, by=house.clinician, at=NOW)

    assert locked in _told(read.trace, Strength.APPLIES)


def test_what_the_letter_does_not_tell_of_is_refused(house: factories.House, draft: Letter) -> None:
    with pytest.raises(ClauseNotTold):
        _leave_out(house, draft, "no_act/no_section")


def test_a_reason_is_asked_for(house: factories.House, draft: Letter) -> None:
    with pytest.raises(ClauseReasonMissing):
        _leave_out(house, draft, _open(draft), reason=" ")


def test_twice_is_once(house: factories.House, draft: Letter) -> None:
    provision_id = _open(draft)

    for reason in (REASON, "Another."):
        _leave_out(house, draft, provision_id, reason=reason)

    assert ClauseLeftOut.objects.get().reason == REASON


def test_only_an_adviser_chooses(house: factories.House, draft: Letter) -> None:
    with pytest.raises(NotAllowed):
        issuing.leave_clause_out(
            letter=draft, provision_id=_open(draft), reason=REASON, by=house.clinician, at=NOW
        )


def test_an_approved_letter_stays(house: factories.House, draft: Letter) -> None:
    provision_id = _open(draft)
    approved = factories.signed(draft, by=house.clinician)

    with pytest.raises(NotADraft):
        _leave_out(house, approved, provision_id)


def test_what_was_read_before_is_not_approved(house: factories.House, draft: Letter) -> None:
    seen = issuing.preview_letter(letter=draft, by=house.clinician, at=NOW).digest
    _leave_out(house, draft, _open(draft))

    with pytest.raises(DraftChanged):
        issuing.approve_letter(letter=draft, seen=seen, by=house.clinician, at=NOW)


def test_no_clock_runs_from_what_was_left_out(house: factories.House, draft: Letter) -> None:
    told = [*_told(trace_of(draft), Strength.MAY_APPLY)]
    for provision_id in told:
        _leave_out(house, draft, provision_id)
    letter = factories.posted(house, factories.signed(draft, by=house.clinician))
    usual = factories.posted(house, factories.an_approved_letter(house))

    left, counted = (
        set(Deadline.objects.filter(letter=each).values_list("provision_id", flat=True))
        for each in (letter, usual)
    )

    assert counted & set(told)
    assert left == counted - set(told)
    assert not {g.provision_id for g in grounds_told_by(letter).applying} & set(told)
