"""What holds a letter that could harm somebody, at approval, when it is queued and at hand-over."""

from datetime import timedelta
from typing import Any

import pytest

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.drafting.gates import Effect, GateKey
from letters.issuing import actions as issuing
from letters.issuing.errors import (
    AdviceNotFollowed,
    GateReasonMissing,
    HeldAtGate,
    NotAtGate,
    SafetyChanged,
)
from letters.issuing.gates import GateLifted, standing_gates
from letters.issuing.lifting import lift_gate
from letters.issuing.models import Letter
from letters.law.facts import Answer
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def house() -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


def _draft(
    house: factories.House, *, yes: tuple[str, ...] = (), unsure: tuple[str, ...] = ()
) -> Letter:
    case = factories.a_full_case(house)
    factories.safety(house, case, yes=yes, unsure=unsure)
    return factories.a_draft(house, case)


def _queued(house: factories.House) -> Dispatch:
    letter = factories.with_files(factories.an_approved_letter(house))
    return delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)


def _lift(letter: Letter, house: factories.House, **other: Any) -> GateLifted:
    given: dict[str, Any] = {
        "gate": GateKey.EVICTION_OR_REPRISAL,
        "version": 2,
        "reason": "They know their rights and want it sent.",
        "advice_followed": Answer.NO,
        "by": house.adviser,
    }
    return lift_gate(letter=letter, at=NOW, **given | other)


@pytest.mark.parametrize(
    ("concern", "effect"),
    [
        ("eviction_or_reprisal", Effect.ADVISER),
        ("domestic_abuse", Effect.STOPS),
        ("immigration", Effect.ADVISER),
        ("displacement", Effect.ADVISER),
        ("other_occupants", Effect.ADVISER),
        ("safeguarding", Effect.STOPS),
    ],
)
def test_each_concern_holds_a_letter_to_a_landlord(
    house: factories.House, concern: str, effect: Effect
) -> None:
    draft = _draft(house, yes=(concern,))

    with pytest.raises(HeldAtGate) as refused:
        factories.signed(draft, by=house.clinician)

    assert refused.value.effect is effect
    assert [gate.key for gate in standing_gates(draft)] == [concern]


def test_what_nobody_knows_is_the_advisers_question(house: factories.House) -> None:
    draft = _draft(house, unsure=("safeguarding",))

    with pytest.raises(HeldAtGate) as refused:
        factories.signed(draft, by=house.clinician)

    assert refused.value.effect is Effect.ADVISER


def test_without_a_record_it_is_asked_for(house: factories.House) -> None:
    case = factories.a_case(house)
    factories.report(house, case)
    factories.consent(house, case)

    with pytest.raises(HeldAtGate) as refused:
        factories.signed(factories.a_draft(house, case), by=house.clinician)

    assert refused.value.effect is Effect.RECORD


def test_lift_gate_lets_the_letter_through_and_is_written_down(house: factories.House) -> None:
    draft = _draft(house, yes=("eviction_or_reprisal",))

    lifted = _lift(draft, house)

    assert factories.signed(draft, by=house.clinician).approved_at is not None
    event = AuditEvent.objects.get(verb="lift_gate", subject_id=draft.pk)
    assert event.actor_id == house.adviser.pk
    assert event.details["gate"] == "eviction_or_reprisal"
    assert event.details["lifted"] == str(lifted.pk)
    assert "rights" not in str(event.details)


def test_lift_gate_twice_is_once(house: factories.House) -> None:
    draft = _draft(house, yes=("eviction_or_reprisal",))

    assert _lift(draft, house) == _lift(draft, house)

    assert AuditEvent.objects.filter(verb="lift_gate").count() == 1


def test_lift_gate_is_the_advisers(house: factories.House) -> None:
    draft = _draft(house, yes=("eviction_or_reprisal",))

    with pytest.raises(NotAllowed):
        _lift(draft, house, by=house.clinician)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"reason": " "}, GateReasonMissing),
        ({"version": 1}, SafetyChanged),
        ({"gate": GateKey.IMMIGRATION}, NotAtGate),
        ({"gate": GateKey.DOMESTIC_ABUSE}, AdviceNotFollowed),
    ],
)
def test_lift_gate_refuses(
    house: factories.House, given: dict[str, Any], refusal: type[Exception]
) -> None:
    draft = _draft(house, yes=("eviction_or_reprisal", "domestic_abuse"))

    with pytest.raises(refusal):
        _lift(draft, house, **given)

    assert not GateLifted.objects.exists()


def test_advice_that_was_followed_lets_a_stopped_letter_through(house: factories.House) -> None:
    draft = _draft(house, yes=("domestic_abuse",))

    _lift(draft, house, gate=GateKey.DOMESTIC_ABUSE, advice_followed=Answer.YES)

    assert standing_gates(draft) == ()


def test_what_was_not_recorded_cannot_be_lifted(house: factories.House) -> None:
    case = factories.a_case(house)
    factories.report(house, case)
    factories.consent(house, case)

    with pytest.raises(NotAtGate):
        _lift(factories.a_draft(house, case), house, gate=GateKey.NOT_RECORDED)


def test_another_record_asks_again(house: factories.House) -> None:
    draft = _draft(house, yes=("eviction_or_reprisal",))
    _lift(draft, house)

    factories.safety(house, draft.case, yes=("eviction_or_reprisal",), note="He came today.")

    assert [gate.key for gate in standing_gates(draft)] == [GateKey.EVICTION_OR_REPRISAL]


def test_one_letter_let_through_lets_no_other_through(house: factories.House) -> None:
    draft = _draft(house, yes=("eviction_or_reprisal",))
    _lift(draft, house)

    other = factories.a_draft(house, draft.case)

    assert standing_gates(other) != ()


def test_queue_dispatch_refuses_what_was_recorded_since_approval(house: factories.House) -> None:
    letter = factories.with_files(factories.an_approved_letter(house))
    factories.safety(house, letter.case, yes=("immigration",))

    with pytest.raises(HeldAtGate):
        delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)

    assert not Dispatch.objects.exists()


def test_deliver_stops_what_was_recorded_since_it_was_queued(house: factories.House) -> None:
    queued = _queued(house)
    factories.safety(house, queued.letter.case, yes=("domestic_abuse",))

    after = delivery.deliver(dispatch_id=queued.pk, at=LATER)

    assert (after.status, after.reason) == (DispatchStatus.CANCELLED, "held_at_gate")


def test_deliver_carries_what_an_adviser_let_through(house: factories.House) -> None:
    queued = _queued(house)
    factories.safety(house, queued.letter.case, yes=("immigration",))
    _lift(queued.letter, house, gate=GateKey.IMMIGRATION)

    after = delivery.deliver(dispatch_id=queued.pk, at=LATER)

    assert after.reason != "held_at_gate"


def test_hidden_whereabouts_take_the_way_to_reach_them_out_of_letters(
    house: factories.House,
) -> None:
    case = factories.a_full_case(house)
    case.access_offered = "Ring Leila at her sister's."
    case.save()
    draft = factories.a_draft(house, case)
    assert "her sister" in _words(draft, house)

    factories.safety(house, case, hide_whereabouts=Answer.YES)

    assert "her sister" not in _words(draft, house)
    assert [gate.key for gate in standing_gates(draft)] == [GateKey.WHEREABOUTS]


def _words(draft: Letter, house: factories.House) -> str:
    return str(issuing.preview_letter(letter=draft, by=house.clinician, at=NOW).content)
