"""The smallest valid rows, made through the actions people use; every person is invented."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from letters.access import actions as access
from letters.access import invitations
from letters.access.models import Invitation, Organisation, Partnership, Team, User
from letters.access.roles import Role
from letters.cases import actions as cases
from letters.cases.models import Case, Landlord, ResponsibleBody
from letters.cases.safety import SafetyRecord
from letters.delivery import actions as delivery
from letters.delivery.models import Channel
from letters.delivery.pauses import CarrierPause
from letters.delivery.rules import Fallback
from letters.delivery.vocabulary import CarrierName, Postage
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import (
    Concern,
    ConsentMethod,
    ContactWay,
    DataItem,
    Event,
    GivenBy,
    OpinionLevel,
    Purpose,
    Recipient,
    Source,
)
from letters.incoming.asking import actions as asking
from letters.incoming.asking.models import PhotographRequest
from letters.issuing import actions as issuing
from letters.issuing.files import formats_of, make_files
from letters.issuing.models import FileFormat, Letter, LetterFile, SignOff
from letters.issuing.units import units_of
from letters.law.facts import Answer, HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure
from letters.tracking import actions as tracking
from letters.tracking.models import Commitment

# A Monday, in the middle of the working day, with phase 1 of Awaab's Law in force.
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
PASSWORD = "an invented sentence for tests"  # noqa: S105 - opens nothing
_numbers = count(1)
_printed: list[bytes] = []
# Valid NHS numbers of the range kept for tests.
_nhs_numbers = (
    number
    for number in range(9990000018, 9999999999)
    if (11 - sum(int(d) * w for d, w in zip(str(number), range(10, 1, -1), strict=False)) % 11) % 11
    == int(str(number)[9])
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A partnership with a clinic and an advice agency, and one person in each role."""

    partnership: Partnership
    clinic: Team
    agency: Team
    clinician: User
    adviser: User
    evaluator: User
    reviewer: User
    second_reviewer: User


def a_house(*, is_demonstration: bool = False) -> House:
    number = next(_numbers)
    partnership = access.found_partnership(
        name=f"Partnership {number}", is_demonstration=is_demonstration, by=None
    )
    clinic = _a_team(partnership, Organisation.Kind.HEALTH, f"Respiratory Clinic {number}")
    agency = _a_team(partnership, Organisation.Kind.ADVICE, f"Housing Advice {number}")
    return House(
        partnership=partnership,
        clinic=clinic,
        agency=agency,
        clinician=a_member(clinic, Role.CLINICIAN, "Dr Amara Specimen"),
        adviser=a_member(agency, Role.ADVISER, "Bo Placeholder"),
        evaluator=a_member(agency, Role.EVALUATOR, "Kit Sampleton"),
        reviewer=a_member(agency, Role.LEGAL_REVIEWER, "Ola Specimen"),
        second_reviewer=a_member(agency, Role.LEGAL_REVIEWER, "Pat Placeholder"),
    )


def _a_team(partnership: Partnership, kind: Organisation.Kind, name: str) -> Team:
    organisation = access.add_organisation(
        partnership=partnership,
        name=f"{name} (invented)",
        kind=kind,
        address=("1 Specimen Way", "Exampleton", "ZZ99 9ZZ"),
        ods_code="",
        by=None,
    )
    return access.add_team(
        organisation=organisation,
        name=name,
        telephone="020 7946 0101",
        email="letters@team.example",
        by=None,
    )


def a_member(team: Team, role: Role, name: str) -> User:
    user = User.objects.create_user(
        email=f"{role.value}.{next(_numbers)}@people.example",
        password=PASSWORD,
        name=name,
        job_title="consultant in respiratory medicine" if role == Role.CLINICIAN else role.label,
        registration="GMC 7000000" if role == Role.CLINICIAN else "",
    )
    access.add_member(team=team, user=user, role=role, by=None)
    return user


def law_signed(house: House, *, at: datetime = NOW, without: Collection[str] = ()) -> None:
    """Two of the partnership's reviewers stand for every unit of England, as tests invent it, but
    for those named. The rows are written as signing leaves them, since half of all tests need them
    and few are about how they came to be."""
    SignOff.objects.bulk_create(
        SignOff(
            partnership=house.partnership,
            unit=key,
            digest=unit.digest,
            said=list(unit.said),
            signed_by=house.reviewer,
            signed_at=at,
            confirmed_by=house.second_reviewer,
            confirmed_at=at,
            review_by=(at + timedelta(days=180)).date(),
            is_demonstration=house.partnership.is_demonstration,
        )
        for key, unit in units_of(Jurisdiction.ENGLAND).items()
        if key not in without
    )


def a_landlord(house: House) -> Landlord:
    return cases.add_landlord(
        partnership=house.partnership,
        kind=LandlordKind.COUNCIL,
        name="Exampleton Borough Council (invented)",
        department="Housing Repairs Team",
        address=("Civic Centre", "Exampleton", "ZZ99 3AA"),
        email="repairs@council.example",
        by=house.clinician,
    )


def a_case(
    house: House,
    *,
    tenure: Tenure = Tenure.COUNCIL_TENANCY,
    agreement: Agreement = Agreement.TENANCY,
    landlord_kind: LandlordKind = LandlordKind.COUNCIL,
    at: datetime = NOW,
) -> Case:
    """An open case without anything recorded in it yet."""
    patient = cases.register_patient(
        partnership=house.partnership,
        name="Maya Sampleton",
        date_of_birth=date(2019, 3, 4),
        nhs_number=str(next(_nhs_numbers)),
        by=house.clinician,
        at=at,
    )
    return cases.open_case(
        patient=patient,
        team=house.clinic,
        advice_team=house.agency,
        jurisdiction=Jurisdiction.ENGLAND,
        address=("14 Sample Court", "Exampleton"),
        postcode="ZZ99 3CZ",
        tenure=tenure,
        agreement=agreement,
        landlord_kind=landlord_kind,
        landlord=a_landlord(house),
        tenant_name="Leila Sampleton",
        tenancy_reference="EBC-000417",
        tenant_gives_notice=Answer.NOT_KNOWN,
        by=house.clinician,
        at=at,
    )


def report(
    house: House,
    case: Case,
    *,
    hazard: Hazard = Hazard.DAMP_AND_MOULD,
    severity: Severity = Severity.SEVERE,
    at: datetime = NOW,
) -> None:
    cases.report_hazard(
        case=case,
        hazard=hazard,
        severity=severity,
        rooms=("bedroom",),
        description="Black mould over two square metres of the outside wall.",
        source=Source.PHOTOGRAPH,
        first_noticed_on=date(2026, 2, 1),
        landlord_told_on=None,
        landlord_response="",
        disrepair=Answer.YES,
        landlord_controls_cause=Answer.YES,
        heating_or_hot_water_lost=Answer.NO,
        by=house.clinician,
        at=at,
    )


def consent(
    house: House,
    case: Case,
    *,
    items: Iterable[DataItem] = tuple(DataItem),
    others: Iterable[Recipient] = (),
    given_on: date = date(2026, 11, 12),
    at: datetime = NOW,
) -> None:
    """Consent to letters with these items, to advice, and to evaluation; `others` may be told the
    same as the landlord later."""
    told = [
        (recipient, purpose, item)
        for recipient, purpose in (
            (Recipient.LANDLORD, Purpose.LETTER),
            (Recipient.LANDLORD, Purpose.ESCALATION),
            (Recipient.ADVISER, Purpose.ADVICE),
            *((other, Purpose.ESCALATION) for other in others),
        )
        for item in items
    ]
    cases.give_consent(
        case=case,
        grants=[
            *told,
            (Recipient.EVALUATOR, Purpose.EVALUATION, DataItem.HOUSING_CONDITIONS),
        ],
        given_by=GivenBy.PARENT,
        capacity_basis="The patient is seven; her mother has parental responsibility.",
        method=ConsentMethod.IN_PERSON,
        language="en-GB",
        interpreter=Answer.NO,
        form_version="2026-10",
        reprisal_discussed=Answer.YES,
        copy_given=Answer.YES,
        given_on=given_on,
        expires_on=given_on + timedelta(days=364),
        by=house.clinician,
        at=at,
    )


def safety(
    house: House,
    case: Case,
    *,
    contact: ContactWay = ContactWay.ANY,
    hide_whereabouts: Answer = Answer.NO,
    note: str = "",
    yes: Collection[str] = (),
    unsure: Collection[str] = (),
    at: datetime = NOW,
) -> SafetyRecord:
    """Nothing to fear, but for what is named."""
    given = dict.fromkeys(Concern, Answer.NO)
    given |= {Concern(each): Answer.YES for each in yes}
    given |= {Concern(each): Answer.NOT_KNOWN for each in unsure}
    return cases.record_safety(
        case=case,
        answers=given,
        contact=contact,
        hide_whereabouts=hide_whereabouts,
        note=note,
        by=house.clinician,
        at=at,
    )


def a_body(house: House, reader: Recipient = Recipient.COUNCIL) -> ResponsibleBody:
    """Somebody in the directory who reads letters that no landlord does."""
    return cases.add_responsible_body(
        partnership=house.partnership,
        reader=reader,
        name="Exampleton Borough Council (invented)",
        department="Environmental Health",
        address=("2 Civic Centre", "Exampleton", "ZZ99 3AB"),
        email="homes@council.example",
        by=house.clinician,
    )


def a_full_case(house: House, *, others: Iterable[Recipient] = (), at: datetime = NOW) -> Case:
    """A case from which a letter can be written and sent."""
    case = a_case(house, at=at)
    report(house, case, at=at)
    cases.record_diagnosis(
        case=case,
        condition=HealthCondition.ASTHMA,
        basis="spirometry with reversibility",
        severity="poorly controlled",
        treatment="daily inhaled corticosteroid",
        by=house.clinician,
    )
    cases.count_exacerbations(
        case=case,
        event=Event.ORAL_STEROID_COURSE,
        count=3,
        months=12,
        until=date(2026, 11, 12),
        by=house.clinician,
    )
    cases.give_opinion(
        case=case,
        level=OpinionLevel.CONSISTENT_WITH,
        better_away_from_home=Answer.YES,
        basis="",
        by=house.clinician,
        at=at,
    )
    given_on = min(date(2026, 11, 12), at.date())
    safety(house, case, at=at)
    consent(house, case, others=others, given_on=given_on, at=at)
    return case


def a_draft(house: House, case: Case, *, at: datetime = NOW) -> Letter:
    return issuing.draft_letter(
        case=case,
        stage=Stage.FIRST_LETTER,
        narrative="",
        follows=None,
        earlier=None,
        body=None,
        by=house.clinician,
        at=at,
    )


def an_approved_letter(
    house: House, *, others: Iterable[Recipient] = (), at: datetime = NOW
) -> Letter:
    """A first letter, read and approved by the clinician."""
    letter = a_draft(house, a_full_case(house, others=others, at=at), at=at)
    return signed(letter, by=house.clinician, at=at)


def signed(letter: Letter, *, by: User, at: datetime = NOW) -> Letter:
    """The letter as this person has read and signed it; the tenant has asked for what is theirs."""
    letter.refresh_from_db()
    seen = issuing.read_letter(letter=letter, by=by, at=at).digest
    return issuing.approve_letter(letter=letter, seen=seen, by=by, at=at, tenant_asked=Answer.YES)


def a_promise(
    house: House,
    case: Case,
    *,
    day: date,
    what: Commitment.What = Commitment.What.WORKS_START,
    by: Commitment.PromisedBy = Commitment.PromisedBy.CONTRACTOR,
    words: str = "",
) -> Commitment:
    """What somebody said on the telephone that they would do on a day."""
    return tracking.record_commitment(
        case=case,
        letter=None,
        what=what,
        words=words,
        promised_for=day,
        promised_by=by,
        came_from=Commitment.CameFrom.CALL,
        source_id=None,
        by=house.adviser,
        at=NOW,
    )


def a_photograph_request(
    house: House,
    case: Case,
    *,
    way: PhotographRequest.Way = PhotographRequest.Way.EMAIL,
    address: str = "patient@home.example",
    at: datetime = NOW,
) -> PhotographRequest:
    """The patient is asked for photographs, where the case says that they may be written to."""
    return asking.ask_for_photographs(
        case=case, way=way, address=address, by=house.clinician, at=at
    )


def a_carrier_pause(*, at: datetime = NOW, reason: str = "sign_in_refused") -> CarrierPause:
    """Nothing is posted by Notify, five minutes ago and for the next five."""
    return CarrierPause.objects.create(
        carrier="notify",
        channel="post",
        reason=reason,
        since=at - timedelta(minutes=5),
        until=at + timedelta(minutes=5),
    )


def posted(house: House, letter: Letter, *, at: datetime = NOW) -> Letter:
    """The letter, posted on the day, with what runs from it."""
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.adviser, at=at
    )
    ready = delivery.deliver(dispatch_id=queued.pk, at=at)
    sent = delivery.record_posted(dispatch=ready, posted_on=at.date(), by=house.adviser, at=at)
    tracking.start_clocks(dispatch=sent, at=at)
    return letter


def with_files(letter: Letter) -> Letter:
    """The letter with a PDF that could be posted: the first is printed, the rest are copies of it,
    for tests that do not read what it says."""
    if not _printed:
        make_files(letter_id=letter.pk, at=NOW)
        pdf = LetterFile.objects.get(letter=letter, file_format=FileFormat.PDF)
        _printed.append(bytes(pdf.data))
        return letter
    for file_format in formats_of(letter):
        LetterFile.objects.create(
            letter=letter,
            file_format=file_format,
            data=_printed[0],
            sha256=hashlib.sha256(_printed[0]).hexdigest(),
            made_at=NOW,
            post_faults=[] if file_format == FileFormat.PDF else None,
        )
    return letter


def sends_by(
    house: House,
    *,
    email: CarrierName | None = None,
    postage: Postage | None = None,
    fallbacks: Iterable[Fallback] = (),
    at: datetime = NOW,
) -> None:
    """The partnership's own rules of sending."""
    delivery.change_sending_rules(
        partnership=house.partnership,
        email_carrier=email,
        postage=postage,
        undo=None,
        fallbacks=tuple(fallbacks),
        by=an_administrator(house),
        at=at,
    )


def an_administrator(house: House) -> User:
    return a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")


def a_second_adviser(house: House) -> User:
    return a_member(house.agency, Role.ADVISER, "Cas Placeholder")


def a_colleague(house: House) -> User:
    """A clinician of another team of the hospital, who works on none of these cases."""
    team = access.add_team(
        organisation=house.clinic.organisation,
        name=f"Acute Medicine {next(_numbers)}",
        telephone="020 7946 0102",
        email="acute@team.example",
        by=None,
    )
    return a_member(team, Role.CLINICIAN, "Dr Wren Placeholder")


def an_invitation(
    house: House, *, email: str = "new@people.example", at: datetime = NOW
) -> Invitation:
    """A clinician is to join the clinic."""
    return invitations.invite(
        team=house.clinic,
        role=Role.CLINICIAN,
        email=email,
        name="Dr Noor Placeholder",
        job_title="registrar",
        registration="",
        by=an_administrator(house),
        at=at,
    )
