"""A letter goes only when two reviewers stand, in date, for each unit that it rests on."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from letters.access.errors import NotAllowed
from letters.access.models import User
from letters.audit.models import AuditEvent
from letters.drafting.frozen import trace_from_json
from letters.drafting.stages import Stage
from letters.issuing import actions as issuing
from letters.issuing import signing
from letters.issuing.errors import (
    NothingTicked,
    NotSignedOff,
    ReviewDayPassed,
    SecondPersonNeeded,
    SignedAlready,
    UnitChanged,
    WithdrawalNeedsReason,
)
from letters.issuing.models import Letter, LetterStatus, SignOff
from letters.issuing.reviewing import use_of
from letters.issuing.units import WHOLE_NATION, digests_of, rests_on, units_of
from letters.law.jurisdictions import Jurisdiction
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ENGLAND = Jurisdiction.ENGLAND
REVIEW_BY = date(2027, 5, 1)
LADDER = "england/ladder"


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


@pytest.fixture
def draft(house: factories.House) -> Letter:
    return factories.a_draft(house, factories.a_full_case(house))


def _seen(*unit_ids: str) -> dict[str, str]:
    units = units_of(ENGLAND)
    return {unit_id: units[unit_id].digest for unit_id in unit_ids or units}


def _sign(house: factories.House, *unit_ids: str, at: datetime = NOW, **more: Any) -> list[SignOff]:
    given: dict[str, Any] = {
        "review_by": REVIEW_BY,
        "by": house.reviewer,
        "seen": _seen(*unit_ids),
    } | more
    signed = signing.sign_units(partnership=house.partnership, jurisdiction=ENGLAND, at=at, **given)
    return list(signed)


def _confirm(house: factories.House, *unit_ids: str, at: datetime = NOW, **more: Any) -> None:
    given: dict[str, Any] = {"by": house.second_reviewer, "seen": _seen(*unit_ids)} | more
    signing.confirm_units(partnership=house.partnership, jurisdiction=ENGLAND, at=at, **given)


def _approve(house: factories.House, letter: Letter, at: datetime = NOW) -> Letter:
    seen = issuing.preview_letter(letter=letter, by=house.clinician, at=at).digest
    return issuing.approve_letter(letter=letter, seen=seen, by=house.clinician, at=at)


_ALL = ("unsigned", "signed", "confirmed", "overdue", "withdrawn")
_HOW = st.sampled_from(_ALL)


@given(data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_letter_is_approved_if_and_only_if_each_unit_is_confirmed_in_date(
    house: factories.House, draft: Letter, data: st.DataObject
) -> None:
    preview = issuing.preview_letter(letter=draft, by=house.clinician, at=NOW)
    units = sorted(digests_of(preview.trace, Stage(draft.stage)))
    chosen = data.draw(st.dictionaries(st.sampled_from(units), _HOW, max_size=3))
    sid = transaction.savepoint()
    by_how = {how: [u for u in units if chosen.get(u, "confirmed") == how] for how in _ALL}
    _bring_about(house, by_how)

    try:
        approved = _approve(house, draft).status == LetterStatus.APPROVED
    except NotSignedOff:
        approved = False
    transaction.savepoint_rollback(sid)

    assert approved == all(how == "confirmed" for how in chosen.values())


def _bring_about(house: factories.House, by_how: dict[str, list[str]]) -> None:
    if by_how["signed"]:
        _sign(house, *by_how["signed"])
    if by_how["confirmed"]:
        _sign(house, *by_how["confirmed"])
        _confirm(house, *by_how["confirmed"])
    if by_how["overdue"]:
        long_ago = NOW - timedelta(days=100)
        _sign(house, *by_how["overdue"], at=long_ago, review_by=date(2026, 11, 22))
        _confirm(house, *by_how["overdue"], at=long_ago)
    if by_how["withdrawn"]:
        rows = _sign(house, *by_how["withdrawn"])
        _confirm(house, *by_how["withdrawn"])
        for row in rows:
            signing.withdraw_sign_off(sign_off=row, reason="wrong", by=house.reviewer, at=NOW)


def test_refusal_counts_what_is_lacking(house: factories.House, draft: Letter) -> None:
    factories.law_signed(house, without=("england/words", LADDER))

    with pytest.raises(NotSignedOff, match="2 not signed"):
        _approve(house, draft)


def test_refusal_counts_what_is_overdue(house: factories.House, draft: Letter) -> None:
    factories.law_signed(house, without=(LADDER,))
    early = NOW - timedelta(days=30)
    _sign(house, LADDER, at=early, review_by=date(2026, 11, 22))
    _confirm(house, LADDER, at=early)

    with pytest.raises(NotSignedOff, match="1 past the review day"):
        _approve(house, draft)


def test_a_unit_the_letter_does_not_rest_on_is_not_needed(
    house: factories.House, draft: Letter
) -> None:
    factories.law_signed(house, without=tuple(set(units_of(ENGLAND)) - set(draft.units)))

    assert _approve(house, draft).status == LetterStatus.APPROVED


def test_a_letter_keeps_the_units_it_rests_on(house: factories.House, draft: Letter) -> None:
    trace = trace_from_json(draft.trace)

    assert set(draft.units) == rests_on(trace, Stage(draft.stage))
    assert "england/letters/first_letter" in draft.units
    assert any(unit.startswith("england/law/landlord_and_tenant_act_1985/") for unit in draft.units)
    assert any(unit.startswith("evidence/") for unit in draft.units)
    assert all(draft.units.values())


def test_taking_a_signature_back_stops_an_approved_letter(
    house: factories.House, draft: Letter
) -> None:
    factories.law_signed(house)
    letter = _approve(house, draft)
    row = SignOff.objects.get(unit=LADDER)

    signing.withdraw_sign_off(sign_off=row, reason="A rung is missing", by=house.reviewer, at=NOW)

    with pytest.raises(NotSignedOff, match="1 not signed"):
        signing.refuse_unsigned(letter=letter, day=NOW.date())


def test_what_changed_after_approval_stops_a_letter(house: factories.House, draft: Letter) -> None:
    factories.law_signed(house)
    letter = _approve(house, draft)
    # as if the ladder had said something else, which two reviewers signed
    letter.units = {**letter.units, LADDER: "0" * 64}
    SignOff.objects.filter(unit=LADDER).update(digest="0" * 64)

    with pytest.raises(NotSignedOff, match="1 not signed"):
        signing.refuse_unsigned(letter=letter, day=NOW.date())


def test_another_partnerships_signatures_let_nothing_go(
    house: factories.House, draft: Letter
) -> None:
    factories.law_signed(factories.a_house())

    with pytest.raises(NotSignedOff):
        _approve(house, draft)


def test_a_letter_from_before_units_is_held_against_its_reasons(
    house: factories.House, draft: Letter
) -> None:
    draft.units = {}

    with pytest.raises(NotSignedOff):
        signing.refuse_unsigned(letter=draft, day=NOW.date())
    factories.law_signed(house)
    signing.refuse_unsigned(letter=draft, day=NOW.date())


def test_a_signature_for_the_whole_nation_lets_nothing_go(
    house: factories.House, draft: Letter
) -> None:
    SignOff.objects.create(
        partnership=house.partnership,
        unit=WHOLE_NATION,
        digest="1" * 64,
        signed_by=house.reviewer,
        signed_at=NOW,
        confirmed_by=house.second_reviewer,
        confirmed_at=NOW,
        review_by=REVIEW_BY,
    )

    with pytest.raises(NotSignedOff):
        signing.refuse_unsigned(letter=draft, day=NOW.date())


def test_a_demonstration_needs_nobodys_signature() -> None:
    house = factories.a_house(is_demonstration=True)
    draft = factories.a_draft(house, factories.a_full_case(house))

    assert _approve(house, draft).status == LetterStatus.APPROVED


def test_sign_units_keeps_what_was_read(house: factories.House) -> None:
    (row,) = _sign(house, LADDER)

    unit = units_of(ENGLAND)[LADDER]
    assert (row.unit, row.digest, tuple(row.said)) == (LADDER, unit.digest, unit.said)
    assert not row.is_demonstration
    assert AuditEvent.objects.filter(verb="sign_unit", subject_id=row.pk).count() == 1


def test_sign_units_refuses_words_that_were_not_read(house: factories.House) -> None:
    for seen in ({LADDER: "0" * 64}, {"england/law/no_act/no_section@2020-01-01": "0" * 64}):
        with pytest.raises(UnitChanged):
            _sign(house, seen=seen)


def test_sign_units_needs_something_ticked(house: factories.House) -> None:
    with pytest.raises(NothingTicked):
        _sign(house, seen={})


@pytest.mark.parametrize("review_by", [date(2026, 11, 23), date(2028, 1, 1)])
def test_sign_units_needs_a_review_day_within_a_year(
    house: factories.House, review_by: date
) -> None:
    with pytest.raises(ReviewDayPassed):
        _sign(house, LADDER, review_by=review_by)


def test_sign_units_twice_changes_nothing(house: factories.House) -> None:
    _sign(house, LADDER)

    with pytest.raises(SignedAlready):
        _sign(house, LADDER)
    assert SignOff.objects.count() == 1


def test_sign_units_leaves_alone_what_waits_already(house: factories.House) -> None:
    _sign(house, LADDER)

    made = _sign(house, LADDER, "england/words")

    assert [row.unit for row in made] == ["england/words"]


def test_signing_is_the_legal_reviewers(house: factories.House) -> None:
    stranger = factories.a_house().reviewer

    for person in (house.clinician, house.adviser, stranger):
        with pytest.raises(NotAllowed):
            _sign(house, LADDER, by=person)
        with pytest.raises(NotAllowed):
            _confirm(house, LADDER, by=person)


def test_confirm_units_needs_a_second_person(house: factories.House) -> None:
    _sign(house, LADDER)

    with pytest.raises(SecondPersonNeeded):
        _confirm(house, LADDER, by=house.reviewer)


def test_confirm_units_needs_a_signature(house: factories.House) -> None:
    with pytest.raises(SignedAlready):
        _confirm(house, LADDER)


def test_confirm_units_refuses_a_review_day_that_came_meanwhile(house: factories.House) -> None:
    _sign(house, LADDER, review_by=date(2026, 11, 25))

    with pytest.raises(ReviewDayPassed):
        _confirm(house, LADDER, at=NOW + timedelta(days=2))


def test_signing_again_leaves_no_day_without_a_signature(house: factories.House) -> None:
    _sign(house, LADDER)
    _confirm(house, LADDER)

    _sign(house, LADDER, by=house.second_reviewer, review_by=date(2027, 8, 1))
    assert _standing() == [REVIEW_BY]
    _confirm(house, LADDER, by=house.reviewer)

    assert _standing() == [date(2027, 8, 1)]
    assert SignOff.objects.get(review_by=REVIEW_BY).withdrawn_because == "signed again"


def _standing() -> list[date]:
    rows = SignOff.objects.filter(withdrawn_at__isnull=True, confirmed_at__isnull=False)
    return list(rows.values_list("review_by", flat=True))


def test_withdraw_sign_off_needs_a_reason(house: factories.House) -> None:
    (row,) = _sign(house, LADDER)

    with pytest.raises(WithdrawalNeedsReason):
        signing.withdraw_sign_off(sign_off=row, reason=" ", by=house.reviewer, at=NOW)


def test_withdraw_sign_off_happens_once(house: factories.House) -> None:
    (row,) = _sign(house, LADDER)
    signing.withdraw_sign_off(sign_off=row, reason="Misread", by=house.second_reviewer, at=NOW)

    with pytest.raises(SignedAlready):
        signing.withdraw_sign_off(sign_off=row, reason="Misread", by=house.reviewer, at=NOW)
    assert AuditEvent.objects.filter(verb="withdraw_sign_off").count() == 1
    _sign(house, LADDER)


def test_withdraw_sign_off_is_not_a_strangers(house: factories.House) -> None:
    (row,) = _sign(house, LADDER)
    stranger: User = factories.a_house().reviewer

    with pytest.raises(NotAllowed):
        signing.withdraw_sign_off(sign_off=row, reason="x", by=stranger, at=NOW)


def test_the_database_keeps_one_signature_a_unit(house: factories.House) -> None:
    (row,) = _sign(house, LADDER)
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("stage", "rests"), [(Stage.FIRST_LETTER, True), (Stage.LETTER_OF_CLAIM, False)]
)
def test_what_a_clinician_may_not_say_lies_under_what_a_clinician_signs(
    draft: Letter, *, stage: Stage, rests: bool
) -> None:
    found = rests_on(trace_from_json(draft.trace), stage)

    assert ("every_nation/restraint" in found) is rests
    assert "every_nation/postcodes" not in found


def test_a_unit_of_every_nation_says_which_letters_rest_on_it(house: factories.House) -> None:
    units = units_of(ENGLAND)

    used = {
        kind: use_of(units[f"every_nation/{kind}"], house.partnership, ENGLAND, house.adviser)
        for kind in ("restraint", "postcodes")
    }

    assert Stage.FIRST_LETTER.label in used["restraint"].kinds
    assert Stage.LETTER_OF_CLAIM.label not in used["restraint"].kinds
    assert used["postcodes"].kinds == ()
