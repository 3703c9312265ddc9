"""Every address of the pages, filled with the ids of one case in which everything has happened."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import URLPattern

from letters.access.models import Invitation
from letters.access.roles import Role
from letters.announcing import actions as announcing
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, Subscription
from letters.announcing.record import announce
from letters.bundling import actions as bundling
from letters.bundling.models import Bundle
from letters.bundling.offering import offer_for
from letters.cases import actions as cases
from letters.cases.emergency import EmergencyAccess
from letters.cases.intakes import actions as intakes
from letters.cases.intakes.models import Intake
from letters.cases.models import Case, HazardReport, Landlord
from letters.cases.questions import actions as questions
from letters.cases.questions.models import CaseQuestion, Side
from letters.cases.referrals import actions as referrals
from letters.cases.referrals.models import Need, Referral
from letters.delivery.batches.models import PrintBatch
from letters.desk import actions as desk
from letters.desk.models import Cover, KeptList
from letters.drafting.vocabulary import DataItem, Recipient
from letters.evidence import actions as evidence
from letters.evidence.models import Enclosure, Photograph, Redaction
from letters.incoming import actions as incoming
from letters.incoming.actions.keeping import File
from letters.incoming.asking.models import PhotographRequest
from letters.incoming.models import Attachment, MessageLink, MessageSource
from letters.issuing.models import Letter, SignOff
from letters.law.facts import Answer
from letters.rendering.pictures import Rectangle
from letters.tracking import actions as tracking
from letters.tracking.models import Commitment, Deadline, Escalation
from letters.web.urls import urlpatterns
from tests import factories
from tests.factories import NOW
from tests.rendering import picture_samples
from tests.web.conftest import posted


def addresses_of(house: factories.House, *, at: datetime = NOW) -> dict[str, str]:
    """By name, for a house whose law is signed and that has nothing else yet."""
    dispatch = posted(house, at=at - timedelta(days=20))
    _with_evidence(house, dispatch.letter.case, at)
    _with_a_bundle(house, dispatch.letter.case, at)
    factories.safety(house, dispatch.letter.case, yes=("eviction_or_reprisal",), at=at)
    _with_a_subscription(house, at)
    _with_post(house, dispatch.letter.case, at)
    _with_a_question(house, dispatch.letter.case, at)
    _with_a_referral(house, dispatch.letter.case, at)
    _with_a_desk(house, dispatch.letter.case, at)
    factories.an_invitation(house, at=at)
    _with_an_emergency(house, dispatch.letter.case, at)
    factories.a_landlord(house)  # a second entry of the case's own
    factories.a_photograph_request(house, dispatch.letter.case, at=at)
    intakes.begin_intake(patient=None, answers={}, by=house.clinician, at=at)
    tracking.mark_missed(at=at)
    PrintBatch.objects.create(
        team=house.clinic, day=at.date(), number=1, asked_by=house.clinician, asked_at=at
    )
    return {each.name or "": filled(each, dispatch.letter) for each in urlpatterns}


def routes_of(patterns: Iterable[URLPattern], letter: Letter, *, under: str) -> dict[str, str]:
    """The address of each route, as people read routes: `/cases/{case_id}/`."""
    return {
        under + re.sub(r"<(\w+:)?(\w+)>", r"{\2}", str(each.pattern)): under
        + filled(each, letter)[1:]
        for each in patterns
    }


def _with_evidence(house: factories.House, case: Case, at: datetime) -> None:
    """A photograph with a hidden part, and a document."""
    by: dict[str, Any] = {"by": house.clinician, "at": at}
    photograph = evidence.add_photograph(case=case, data=picture_samples.jpeg(), **by)
    half = Rectangle(left=0, top=0, width=0.5, height=0.5)
    evidence.redact_photograph(photograph=photograph, parts=[half], reason="A face", **by)
    tells = (DataItem.HOUSING_CONDITIONS,)
    evidence.add_enclosure(case=case, name="A plan", tells=tells, data=picture_samples.png(), **by)


def _with_a_subscription(house: factories.House, at: datetime) -> None:
    """Another program, which has not been told yet that a letter was approved."""
    administrator = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")
    kinds = (EventKind.LETTER_APPROVED,)
    announcing.subscribe(url="https://hooks.example/", kinds=kinds, by=administrator, at=at)
    with transaction.atomic():
        announce(
            EventKind.LETTER_APPROVED,
            partnership_id=house.partnership.pk,
            subject_id=house.partnership.pk,
            case_id=None,
            at=at,
        )


def _with_a_bundle(house: factories.House, case: Case, at: datetime) -> None:
    """Asked for, and not made yet."""
    offer = offer_for(case, reader=Recipient.LANDLORD, by=house.adviser, day=at.date())
    bundling.ask_for_bundle(
        case=case,
        reader=Recipient.LANDLORD,
        title="A bundle",
        parts=[part.key for part in offer.parts],
        most_pages=400,
        most_megabytes=20,
        by=house.adviser,
        at=at,
    )


def _with_an_emergency(house: factories.House, case: Case, at: datetime) -> None:
    """One that is over, and waits to be reviewed."""
    cases.open_in_emergency(
        patient=case.patient,
        reason="On the ward, and afraid.",
        by=factories.a_colleague(house),
        at=at - timedelta(days=1),
    )


def _with_post(house: factories.House, case: Case, at: datetime) -> None:
    """A message with a file, and a promise."""
    link = incoming.keep_for_case(
        case=case,
        letter=None,
        subject="Re: Letter",
        text="We will come.",
        files=[File(name="plan.png", data=picture_samples.png())],
        source=MessageSource.SCAN,
        received_at=at,
        by=house.clinician,
        at=at,
    )
    incoming.sort_message(message_id=link.message_id, at=at)
    tracking.record_commitment(
        case=case,
        letter=None,
        what=Commitment.What.INSPECTION,
        words="",
        promised_for=at.date(),
        promised_by=Commitment.PromisedBy.LANDLORD,
        came_from=Commitment.CameFrom.MESSAGE,
        source_id=link.message_id,
        by=house.clinician,
        at=at,
    )


def _with_a_question(house: factories.House, case: Case, at: datetime) -> None:
    """Asked by the clinic, and not answered yet."""
    questions.ask_question(
        question_id=uuid4(),
        case=case,
        asked_of=Side.ADVICE,
        words="Has the landlord been written to before?",
        by=house.clinician,
        at=at,
    )


def _with_a_referral(house: factories.House, case: Case, at: datetime) -> None:
    """Asked of the advice team, and not taken up yet."""
    referrals.refer(
        referral_id=uuid4(),
        case=case,
        need=Need.BENEFITS,
        words="",
        service="",
        agreed=Answer.YES,
        agreed_on=at.date(),
        by=house.clinician,
        at=at,
    )


def _with_a_desk(house: factories.House, case: Case, at: datetime) -> None:
    """The case is somebody's, who is away; the adviser covers for them, and keeps a list."""
    colleague = factories.a_member(house.agency, Role.ADVISER, "Jo Placeholder")
    by: dict[str, Any] = {"by": house.adviser, "at": at}
    desk.assign_case(case=case, person=colleague, **by)
    desk.arrange_cover(
        person=colleague,
        covered_by=house.adviser,
        first_day=at.date(),
        last_day=at.date(),
        **by,
    )
    desk.keep_list(name="Ours", chosen={"whose": "mine"}, **by)


def filled(pattern: URLPattern, letter: Letter) -> str:
    case = letter.case
    named = case.tenancy.landlord
    hazard = HazardReport.objects.get(case=case)
    escalation = Escalation.objects.filter(letter=letter).first()
    ids = {
        "case_id": case.pk,
        "letter_id": letter.pk,
        "patient_id": case.patient.pk,
        "intake_id": Intake.objects.get().pk,
        "screen": "health",
        "report_id": hazard.pk,
        "hazard_id": hazard.pk,
        "dispatch_id": letter.dispatch_set.get().pk,
        "deadline_id": Deadline.objects.filter(letter=letter)[0].pk,
        "escalation_id": escalation.pk if escalation else UUID(int=0),
        "partnership_id": case.patient.partnership.pk,
        "sign_off_id": SignOff.objects.filter(partnership=case.patient.partnership)[0].pk,
        "photograph_id": Photograph.objects.get(case=case).pk,
        "redaction_id": Redaction.objects.get(photograph__case=case).pk,
        "enclosure_id": Enclosure.objects.get(case=case).pk,
        "bundle_id": Bundle.objects.get(case=case).pk,
        "team_id": case.team.pk,
        "batch_id": PrintBatch.objects.get(team=case.team).pk,
        "pause_id": UUID(int=0),  # one is nobody's own: who may end one may end each
        "message_id": MessageLink.objects.get(case=case).message_id,
        "link_id": MessageLink.objects.get(case=case).pk,
        "attachment_id": Attachment.objects.get(message__messagelink__case=case).pk,
        "commitment_id": Commitment.objects.get(case=case).pk,
        "step": "move",
        "gate": "eviction_or_reprisal",
        "question_id": CaseQuestion.objects.get(case=case).pk,
        "referral_id": Referral.objects.get(case=case).pk,
        "cover_id": Cover.objects.get().pk,
        "list_id": KeptList.objects.get().pk,
        "number": 1,
        "reader": "landlord",
        "digest": "0" * 64,
        "token": "0" * 40,
        "emergency_id": EmergencyAccess.objects.get().pk,
        "landlord_id": named.pk if named else UUID(int=0),
        "other_id": next(each.pk for each in Landlord.objects.all() if each != named),
        "role": "repairs",
        "request_id": PhotographRequest.objects.get(case=case).pk,
        "invitation_id": Invitation.objects.get().pk,
        "user_id": UUID(int=0),
        "pk": 0,  # nobody's passkey
        "person_id": case.team.membership_set.filter(role=Role.CLINICIAN)[0].user_id,
        "subscription_id": Subscription.objects.get().pk,
        "announcement_id": Announcement.objects.get().pk,
        "unit_id": "england/ladder",
        "file_format": "pdf",
        "organisation_id": case.team.organisation.pk,
        "colour": "005030",
        "typeface": "noto_sans",
        "weight": 400,
        "change": "extend",
        "stage": "complaint",
        "jurisdiction": "england",
        "nation": "england",
        "provision_id": "landlord_and_tenant_act_1985/section_11",
        "instrument": "housing_act_2004",
        "provision": "sections_1_and_2",
    }
    route = re.sub(r"<(\w+:)?(\w+)>", lambda m: str(ids[m[2]]), str(pattern.pattern))
    return f"/{route}"
