"""Rows by the id in an address, as far as the person may see them; anything else is not found.

Looking at a case or a letter is written down: the one thing that a GET writes.
"""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from letters.access.invitations import invitations_visible_to
from letters.access.models import Invitation, Partnership, Team, User
from letters.access.queries import partnerships_with, people_visible_to
from letters.access.roles import Right
from letters.announcing import queries as announcing
from letters.announcing.models import Announcement, Subscription
from letters.audit.record import record_view
from letters.bundling import queries as bundling
from letters.bundling.models import Bundle, BundleVolume
from letters.bundling.offering import READERS
from letters.cases import queries as cases
from letters.cases.emergency import EmergencyAccess, emergencies_to_review
from letters.cases.intakes.models import Intake
from letters.cases.intakes.queries import intakes_of
from letters.cases.landlords import queries as landlords
from letters.cases.landlords.vocabulary import ContactRole
from letters.cases.models import Case, HazardReport, Landlord, Patient
from letters.cases.questions import queries as questions
from letters.cases.questions.models import CaseQuestion
from letters.cases.referrals import queries as referrals
from letters.cases.referrals.models import Referral
from letters.cases.safety import SafetyRecord, safety_of
from letters.clusters.queries import Cluster, cluster_visible_to
from letters.delivery import queries as deliveries
from letters.delivery.batches import queries as batches
from letters.delivery.batches.models import PrintBatch
from letters.delivery.models import Dispatch
from letters.delivery.pauses import CarrierPause, pause_of
from letters.desk import queries as desk
from letters.desk.models import Cover, KeptList
from letters.drafting.gates import Gate
from letters.drafting.kinds import LetterKind
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.evidence import queries as evidence
from letters.evidence.models import Enclosure, Photograph, Redaction
from letters.incoming import queries as incoming
from letters.incoming.asking.models import PhotographRequest
from letters.incoming.asking.queries import requests_visible_to
from letters.incoming.models import Attachment, Message, MessageLink
from letters.issuing import queries as issuing
from letters.issuing.gates import standing_gates
from letters.issuing.models import Letter
from letters.issuing.sources import wording
from letters.law.jurisdictions import Jurisdiction
from letters.tracking import queries as tracking
from letters.tracking.models import Commitment, Deadline, Escalation
from letters.web.visitor import me

_Row = TypeVar("_Row", bound=Model)


def case(request: HttpRequest, case_id: UUID) -> Case:
    return _one(cases.visible_to(me(request)), case_id)


def letter(request: HttpRequest, letter_id: UUID) -> Letter:
    return _one(issuing.visible_to(me(request)), letter_id)


def patient(request: HttpRequest, patient_id: UUID) -> Patient:
    return _one(cases.patients_visible_to(me(request)), patient_id)


def emergency(request: HttpRequest, emergency_id: UUID) -> EmergencyAccess:
    """One that waits to be reviewed."""
    return _one(emergencies_to_review(me(request)), emergency_id)


def intake(request: HttpRequest, intake_id: UUID) -> Intake:
    return _one(intakes_of(me(request)), intake_id)


def seen_intake(request: HttpRequest, intake_id: UUID) -> Intake:
    """The intake, with a note of who looked."""
    return _noted(request, intake(request, intake_id))


def hazard_report(request: HttpRequest, report_id: UUID) -> HazardReport:
    return _one(cases.hazards_visible_to(me(request)), report_id)


def dispatch(request: HttpRequest, dispatch_id: UUID) -> Dispatch:
    return _one(deliveries.visible_to(me(request)), dispatch_id)


def deadline(request: HttpRequest, deadline_id: UUID) -> Deadline:
    return _one(tracking.visible_to(me(request)), deadline_id)


def escalation(request: HttpRequest, escalation_id: UUID) -> Escalation:
    return _one(tracking.escalations_to_settle(me(request)), escalation_id)


def message(request: HttpRequest, message_id: UUID) -> Message:
    return _one(incoming.visible_to(me(request)), message_id)


def seen_message(request: HttpRequest, message_id: UUID) -> Message:
    """The message, with a note of who looked."""
    return _noted(request, message(request, message_id))


def unclaimed_message(request: HttpRequest, message_id: UUID) -> Message:
    return _one(incoming.unclaimed(me(request)), message_id)


def message_link(request: HttpRequest, link_id: UUID) -> MessageLink:
    return _one(incoming.links_visible_to(me(request)), link_id)


def attachment(request: HttpRequest, attachment_id: UUID) -> Attachment:
    """The file, with a note of who looked."""
    return _noted(request, _one(incoming.attachments_visible_to(me(request)), attachment_id))


def commitment(request: HttpRequest, commitment_id: UUID) -> Commitment:
    return _one(tracking.commitments_visible_to(me(request)), commitment_id)


def question(request: HttpRequest, question_id: UUID) -> CaseQuestion:
    return _one(questions.visible_to(me(request)), question_id)


def seen_question(request: HttpRequest, question_id: UUID) -> CaseQuestion:
    """The question, with a note of who looked."""
    return _noted(request, question(request, question_id))


def referral(request: HttpRequest, referral_id: UUID) -> Referral:
    return _one(referrals.visible_to(me(request)), referral_id)


def seen_referral(request: HttpRequest, referral_id: UUID) -> Referral:
    """The referral, with a note of who looked."""
    return _noted(request, referral(request, referral_id))


def kept_list(request: HttpRequest, list_id: UUID) -> KeptList:
    return _one(desk.lists_of(me(request)), list_id)


def cover(request: HttpRequest, cover_id: UUID) -> Cover:
    return _one(desk.covers_among_colleagues_of(me(request)), cover_id)


def photograph(request: HttpRequest, photograph_id: UUID) -> Photograph:
    rows = evidence.photographs_visible_to(me(request)).select_related("case__patient")
    return _one(rows, photograph_id)


def seen_photograph(request: HttpRequest, photograph_id: UUID) -> Photograph:
    """The photograph, with a note of who looked."""
    return _noted(request, photograph(request, photograph_id))


def photograph_request(request: HttpRequest, request_id: UUID) -> PhotographRequest:
    return _one(requests_visible_to(me(request)), request_id)


def redaction(request: HttpRequest, redaction_id: UUID) -> Redaction:
    return _one(evidence.redactions_visible_to(me(request)), redaction_id)


def enclosure(request: HttpRequest, enclosure_id: UUID) -> Enclosure:
    rows = evidence.enclosures_visible_to(me(request)).select_related("case__patient")
    return _one(rows, enclosure_id)


def seen_enclosure(request: HttpRequest, enclosure_id: UUID) -> Enclosure:
    """The document, with a note of who looked."""
    return _noted(request, enclosure(request, enclosure_id))


def bundle(request: HttpRequest, bundle_id: UUID) -> Bundle:
    return _one(bundling.visible_to(me(request)), bundle_id)


def seen_bundle(request: HttpRequest, bundle_id: UUID) -> Bundle:
    """The bundle, with a note of who looked."""
    return _noted(request, bundle(request, bundle_id))


def volume(bundle: Bundle, number: int) -> BundleVolume:
    return get_object_or_404(bundling.volumes_of(bundle), number=number)


def bundle_reader(reader: str) -> Recipient:
    """Somebody whom a bundle can be for."""
    if reader not in READERS:
        raise Http404
    return Recipient(reader)


def gate(letter: Letter, key: str) -> tuple[Gate, SafetyRecord]:
    """What holds the letter, with the answers it comes from; not what nobody has recorded."""
    recorded = safety_of(letter.case)
    for found in standing_gates(letter):
        if found.key == key and recorded is not None:
            return found, recorded
    raise Http404


def kind(case: Case, stage: str) -> LetterKind:
    """A kind of letter that the nation of the case has."""
    words = wording(Jurisdiction(case.tenancy.home.jurisdiction))
    if stage not in words.here or stage == Stage.PORTFOLIO:
        raise Http404
    return words.kinds[Stage(stage)]


def seen_case(request: HttpRequest, case_id: UUID) -> Case:
    """The case, with a note of who looked."""
    return _noted(request, case(request, case_id))


def seen_letter(request: HttpRequest, letter_id: UUID) -> Letter:
    """The letter, with a note of who looked."""
    return _noted(request, letter(request, letter_id))


def partnership(request: HttpRequest, partnership_id: UUID, right: Right) -> Partnership:
    """One in which the person holds the right."""
    return _one(partnerships_with(me(request), right), partnership_id)


def pause(pause_id: UUID) -> CarrierPause:
    """It is about a carrier, and so everybody's who may end it."""
    found = pause_of(pause_id)
    if found is None:
        raise Http404
    return found


def printing_team(request: HttpRequest, team_id: UUID) -> Team:
    return _one(batches.printing_teams_of(me(request)), team_id)


def batch(request: HttpRequest, batch_id: UUID) -> PrintBatch:
    return _one(batches.visible_to(me(request)), batch_id)


def subscription(request: HttpRequest, subscription_id: UUID) -> Subscription:
    return _one(announcing.subscriptions_visible_to(me(request)), subscription_id)


def announcement(request: HttpRequest, announcement_id: UUID) -> Announcement:
    return _one(announcing.announcements_visible_to(me(request)), announcement_id)


def invitation(request: HttpRequest, invitation_id: UUID) -> Invitation:
    return _one(invitations_visible_to(me(request)), invitation_id)


def person(request: HttpRequest, person_id: UUID) -> User:
    return _one(people_visible_to(me(request)), person_id)


def seen_landlord(request: HttpRequest, landlord_id: UUID) -> Landlord:
    """The landlord, who may be a person, with a note of who looked."""
    return _noted(request, _one(landlords.visible_to(me(request)), landlord_id))


def kept_landlord(request: HttpRequest, landlord_id: UUID) -> Landlord:
    """One that the person may change."""
    return _one(landlords.kept_by(me(request)), landlord_id)


def cluster(request: HttpRequest, team_id: UUID, landlord_id: UUID, nation: str) -> Cluster:
    """One large enough to be told of, of an advice team of the person's."""
    found = cluster_visible_to(me(request), team_id=team_id, landlord_id=landlord_id, nation=nation)
    if found is None:
        raise Http404
    return found


def contact_role(role: str) -> ContactRole:
    if role not in list(ContactRole):
        raise Http404
    return ContactRole(role)


def _one(rows: QuerySet[_Row], row_id: UUID) -> _Row:
    return get_object_or_404(rows, pk=row_id)


def _noted(request: HttpRequest, row: _Row) -> _Row:
    record_view(row, by=me(request))
    return row
