"""A person drafts the next letter of a case, once what goes before it has gone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.errors import AdjustmentNotSaid, ConsentMissing
from letters.cases.models import Case, ResponsibleBody
from letters.delivery import actions as delivery
from letters.delivery.carriers import parcel_of
from letters.delivery.errors import LetterNotApproved, NotByEmail
from letters.delivery.models import Channel, Dispatch
from letters.drafting.errors import NotInThisNation, OneHomeOnly
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Happening, Recipient
from letters.issuing import actions as issuing
from letters.issuing.errors import (
    ReaderNotKnown,
    ReservedLetter,
    SecondSignatureNeeded,
    TenantNotAsked,
)
from letters.issuing.files import make_files
from letters.issuing.models import Letter, LetterStatus
from letters.law.facts import Answer
from letters.law.periods import LONDON, StartEvent
from letters.outcomes import actions as outcomes
from letters.outcomes.models import Remediation, Response
from letters.outcomes.queries import happened_in
from letters.tracking import actions as tracking
from letters.tracking.errors import (
    DraftWaits,
    ExtensionTooLong,
    NothingMissed,
    NothingSent,
    StepsMissing,
)
from letters.tracking.models import ClockStart, Deadline, Escalation, Knowledge
from letters.tracking.next_steps import kinds_now, next_steps_of, standing_of
from letters.tracking.queries import extension_of
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
OTHERS = (Recipient.COUNCIL, Recipient.COUNCIL_HOUSING, Recipient.OMBUDSMAN)
CODE = "housing_ombudsman_complaint_handling_code"
Draft = Callable[..., Letter]


@pytest.fixture
def house() -> factories.House:
    return factories.a_house(is_demonstration=True)


@pytest.fixture
def case(house: factories.House) -> Case:
    """A case whose first letter was posted."""
    letter = factories.an_approved_letter(house, others=OTHERS)
    return factories.posted(house, letter).case


@pytest.fixture
def draft(house: factories.House, case: Case) -> Draft:
    """Drafts a letter of the case as its adviser, unless told otherwise."""

    def drafted(stage: Stage, *, body: ResponsibleBody | None = None, **given: object) -> Letter:
        asked = {"case": case, "narrative": "", "also": (), "by": house.adviser, "at": NOW}
        return tracking.draft_step(stage=stage, body=body, **{**asked, **given})  # type: ignore[arg-type]  # as given

    return drafted


def test_draft_step_tells_of_the_letter_before(draft: Draft) -> None:
    complaint = draft(Stage.COMPLAINT)

    assert complaint.earlier_letter is not None
    assert complaint.earlier_letter.stage is Stage.FIRST_LETTER
    assert complaint.responsible_body is None


def test_draft_step_waits_for_the_steps_before(draft: Draft) -> None:
    with pytest.raises(StepsMissing, match="Send this first: Formal complaint, first stage"):
        draft(Stage.COMPLAINT_STAGE_2)


def test_draft_step_of_a_letter_that_follows_needs_one(
    house: factories.House, draft: Draft
) -> None:
    unsent = factories.a_full_case(house)

    with pytest.raises(NothingSent):
        draft(Stage.PATIENT_COPY, case=unsent)


def test_draft_step_twice_leaves_one_draft(draft: Draft) -> None:
    draft(Stage.COMPLAINT)

    with pytest.raises(DraftWaits):
        draft(Stage.COMPLAINT)


def test_draft_step_reminds_only_of_what_was_missed(draft: Draft) -> None:
    with pytest.raises(NothingMissed):
        draft(Stage.MISSED_DEADLINE)


@pytest.mark.parametrize(
    ("stage", "refusal"), [(Stage.TRIBUNAL, NotInThisNation), (Stage.PORTFOLIO, OneHomeOnly)]
)
def test_draft_step_of_a_letter_that_is_not_for_this_case(
    draft: Draft, stage: Stage, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        draft(stage)


def test_draft_step_to_a_council_needs_to_know_which(house: factories.House, draft: Draft) -> None:
    stranger = factories.a_body(factories.a_house(), Recipient.COUNCIL_HOUSING)

    for body in (None, factories.a_body(house, Recipient.COUNCIL), stranger):
        with pytest.raises(ReaderNotKnown):
            draft(Stage.HOUSING_REGISTER, body=body)


def test_draft_step_to_a_council_is_addressed_to_it(house: factories.House, draft: Draft) -> None:
    body = factories.a_body(house, Recipient.COUNCIL_HOUSING)

    letter = draft(Stage.HOUSING_REGISTER, body=body)

    assert letter.content["addressee"][:2] == [body.name, body.department]
    assert letter.recipient == Recipient.COUNCIL_HOUSING


def test_draft_step_needs_consent_for_its_reader(
    house: factories.House, case: Case, draft: Draft
) -> None:
    cases.withdraw_grants(
        case=case, recipients=(Recipient.COUNCIL_HOUSING,), reason="", by=house.clinician, at=NOW
    )

    with pytest.raises(ConsentMissing):
        draft(Stage.HOUSING_REGISTER, body=factories.a_body(house, Recipient.COUNCIL_HOUSING))


def test_draft_step_of_an_adjustment_says_which(draft: Draft) -> None:
    with pytest.raises(AdjustmentNotSaid):
        draft(Stage.ADJUSTMENT)


def test_draft_adjustment_records_what_is_asked_for(house: factories.House, case: Case) -> None:
    asked = "a move to the ground floor"

    letter = tracking.draft_adjustment(
        case=case, adjustment=asked, narrative="", also=(), by=house.clinician, at=NOW
    )

    case.refresh_from_db()
    assert (case.adjustment, case.adjustment_requested) == (asked, Answer.YES)
    assert "ground floor" in str(letter.content)


def test_draft_step_closes_only_what_was_mended(
    house: factories.House, case: Case, draft: Draft
) -> None:
    outcomes.record_remediation(
        hazard_report=case.hazardreport_set.get(),
        claimed_by=Remediation.Claimant.ADVISER,
        extent=Remediation.Extent.FULL,
        completed_on=date(2026, 11, 20),
        cause_addressed=Answer.YES,
        verification=Remediation.Verification.VISIT,
        description="A word that no letter repeats.",
        by=house.adviser,
        at=NOW,
    )

    letter = draft(Stage.CLOSING, also=happened_in(case))

    assert letter.earlier_letter is not None
    assert Happening.WORK_DONE in {each.what for each in letter.earlier_letter.history}
    assert "no letter repeats" not in str(letter.content)


def test_draft_step_takes_up_the_task_that_the_clock_left(
    house: factories.House, case: Case, draft: Draft
) -> None:
    cases.withdraw_grants(
        case=case, recipients=(Recipient.LANDLORD,), reason="", by=house.clinician, at=NOW
    )
    later = NOW + timedelta(days=20)
    tracking.mark_missed(at=later)
    factories.consent(house, case)

    letter = draft(Stage.MISSED_DEADLINE, at=later)

    escalation = Escalation.objects.get(letter__case=case)
    assert (escalation.next_letter, escalation.blocked_by) == (letter, "")


def test_a_letter_beside_the_ladder_leads_to_its_first_step_left(
    house: factories.House, case: Case
) -> None:
    asked = tracking.draft_adjustment(
        case=case, adjustment="a ramp", narrative="", also=(), by=house.clinician, at=NOW
    )
    factories.posted(house, factories.signed(asked, by=house.clinician))

    tracking.mark_missed(at=NOW + timedelta(days=60))

    steps = Escalation.objects.filter(letter=asked).values_list("step", flat=True)
    assert list(steps) == ["missed_deadline"]


def test_the_clock_finds_what_a_person_has_drafted(case: Case, draft: Draft) -> None:
    later = NOW + timedelta(days=60)
    first = Letter.objects.get(stage=Stage.FIRST_LETTER)
    Deadline.objects.filter(letter=first).update(status="missed", ended_at=later)
    mine = draft(Stage.MISSED_DEADLINE, at=later)

    escalation = tracking.escalate(deadline=Deadline.objects.filter(letter=first)[0], at=later)

    assert escalation is not None
    assert escalation.next_letter == mine


def test_every_letter_that_is_offered_can_be_drafted(
    house: factories.House, case: Case, draft: Draft
) -> None:
    bodies = {reader: factories.a_body(house, reader) for reader in OTHERS}
    cases.ask_for_adjustment(case=case, adjustment="a ground floor flat", by=house.adviser)
    case.refresh_from_db()
    standing = standing_of(case, day=NOW.date())
    offered = [each.kind for each in kinds_now(standing, by=house.adviser) if not each.why_not]
    mended = [kind for kind in offered if kind.stage is Stage.CLOSING]

    for kind in offered:
        if kind not in mended:
            draft(kind.stage, body=bodies.get(kind.reader))

    assert len(offered) > 6
    assert {each.why_not for each in kinds_now(standing, by=house.adviser)} > {""}


def test_next_steps_are_the_ladders_of_the_home(house: factories.House, case: Case) -> None:
    found = next_steps_of(standing_of(case, day=NOW.date()), by=house.clinician)

    by_key = {each.step.key: each for each in (*found.steps, *found.reserved)}
    assert by_key["first_letter"].done_on == NOW.date()
    assert by_key["complaint_stage_2"].missing == (Stage.COMPLAINT.label,)
    assert by_key["councillor_or_mp"].letter is None
    letter_of_claim = by_key["letter_of_claim"].letter
    assert letter_of_claim is not None
    assert letter_of_claim.why_not.startswith("Pass this on to the adviser")
    assert Stage.PATIENT_COPY in {each.kind.stage for each in found.beside}


def test_a_complaint_starts_the_clocks_of_the_code(house: factories.House, draft: Draft) -> None:
    complaint = factories.signed(draft(Stage.COMPLAINT), by=house.adviser)

    factories.posted(house, complaint)

    deadline = Deadline.objects.get(letter=complaint, provision_id__startswith=CODE)
    assert deadline.hazard_report is None
    assert deadline.start.event == StartEvent.COMPLAINT_RECEIVED


def test_a_time_of_the_code_is_put_off_no_further_than_it_allows(
    house: factories.House, draft: Draft
) -> None:
    complaint = factories.posted(house, factories.signed(draft(Stage.COMPLAINT), by=house.adviser))
    outcomes.record_response(
        letter=complaint,
        kind=Response.Kind.ACKNOWLEDGED,
        received_at=NOW,
        summary="",
        by=house.adviser,
        at=NOW,
    )
    deadline = Deadline.objects.get(letter=complaint, start__event="complaint_acknowledged")
    allowed = extension_of(deadline)
    assert allowed is not None
    given = {"deadline": deadline, "reason": "complex", "by": house.adviser, "at": NOW}

    with pytest.raises(ExtensionTooLong, match="Enter a day up to"):
        tracking.extend_deadline(until=allowed.latest + timedelta(days=1), **given)  # type: ignore[arg-type]  # as given
    put_off = tracking.extend_deadline(until=allowed.latest, **given)  # type: ignore[arg-type]  # as given

    assert put_off.due_at.astimezone(LONDON).date() == allowed.latest
    assert allowed.says


@pytest.fixture
def claim(draft: Draft) -> Letter:
    """A letter of claim that an adviser has drafted."""
    return draft(Stage.LETTER_OF_CLAIM)


def test_a_letter_of_claim_counts_from_its_sending(house: factories.House, claim: Letter) -> None:
    factories.signed(claim, by=house.adviser)
    claim = factories.signed(claim, by=factories.a_second_adviser(house))

    factories.posted(house, claim)

    start = ClockStart.objects.get(letter=claim, event=StartEvent.CLAIM_SENT)
    assert start.at == Dispatch.objects.get(letter=claim).sent_at
    assert start.knowledge == Knowledge.ACTUAL
    assert ClockStart.objects.get(letter=claim, event="claim_received").at > start.at


def test_a_second_signature_of_the_same_person_is_refused(
    house: factories.House, claim: Letter
) -> None:
    factories.signed(claim, by=house.adviser)

    with pytest.raises(SecondSignatureNeeded):
        factories.signed(claim, by=house.adviser)


def test_nothing_over_one_of_two_signatures_is_sent(house: factories.House, claim: Letter) -> None:
    signed = factories.signed(claim, by=house.adviser)
    assert signed.status == LetterStatus.AWAITING_SECOND

    for channel in Channel:
        with pytest.raises(LetterNotApproved):
            delivery.queue_dispatch(letter=signed, channel=channel, by=house.adviser, at=NOW)

    assert not Dispatch.objects.filter(letter=claim).exists()


def test_a_clinician_comes_to_a_letter_with_legal_effect_by_no_way(
    house: factories.House, case: Case, draft: Draft, claim: Letter
) -> None:
    one = {"letter": claim, "by": house.clinician, "at": NOW}

    with pytest.raises(ReservedLetter):
        draft(Stage.NUISANCE_NOTICE, by=house.clinician)
    with pytest.raises(ReservedLetter):
        issuing.edit_narrative(narrative="mine", **one)  # type: ignore[arg-type]  # as given
    with pytest.raises(ReservedLetter):
        factories.signed(claim, by=house.clinician)
    factories.signed(claim, by=house.adviser)
    with pytest.raises(ReservedLetter):
        factories.signed(claim, by=house.clinician)
    with pytest.raises(ReservedLetter):
        issuing.return_to_draft(**one)  # type: ignore[arg-type]  # as given

    assert _again(claim).status == LetterStatus.AWAITING_SECOND


def _again(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


@pytest.fixture
def copy(house: factories.House, draft: Draft) -> Letter:
    return factories.signed(draft(Stage.PATIENT_COPY), by=house.adviser)


def test_a_copy_for_the_patient_is_never_mailed(house: factories.House, copy: Letter) -> None:
    with pytest.raises(NotByEmail):
        delivery.queue_dispatch(letter=copy, channel=Channel.EMAIL, by=house.adviser, at=NOW)


def test_a_copy_for_the_patient_starts_nothing(house: factories.House, copy: Letter) -> None:
    factories.posted(house, copy)

    tracking.start_missing_clocks(at=NOW)

    assert not ClockStart.objects.filter(letter=copy).exists()


def test_a_message_to_a_council_calls_nobody_a_landlord(
    house: factories.House, draft: Draft
) -> None:
    body = factories.a_body(house, Recipient.COUNCIL_HOUSING)
    letter = factories.signed(draft(Stage.HOUSING_REGISTER, body=body), by=house.clinician)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)

    parcel = parcel_of(queued)

    assert parcel.to == body.email
    assert "a home and your part in it" in parcel.subject
    assert "let or manage" not in parcel.subject + parcel.text


def test_a_letter_to_a_council_stops_once_its_address_is_another(
    house: factories.House, draft: Draft
) -> None:
    body = factories.a_body(house, Recipient.COUNCIL_HOUSING)
    letter = factories.signed(draft(Stage.HOUSING_REGISTER, body=body), by=house.clinician)
    queued = delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)
    ResponsibleBody.objects.filter(pk=body.pk).update(email="moved@council.example")

    stopped = delivery.deliver(dispatch_id=queued.pk, at=NOW)

    assert queued.address == body.email
    assert stopped.reason == "addressee_changed"


def test_a_letter_in_the_tenants_name_needs_their_word(
    house: factories.House, draft: Draft
) -> None:
    complaint = draft(Stage.COMPLAINT)
    seen = issuing.preview_letter(letter=complaint, by=house.adviser, at=factories.NOW).digest
    asked = AuditEvent.objects.filter(verb="confirm_tenant_asked", subject_id=complaint.pk)

    with pytest.raises(TenantNotAsked):
        issuing.approve_letter(letter=complaint, seen=seen, by=house.adviser, at=factories.NOW)

    assert not asked.exists()
    issuing.approve_letter(
        letter=complaint, seen=seen, by=house.adviser, at=factories.NOW, tenant_asked=Answer.YES
    )
    assert asked.get().actor_id == house.adviser.pk
