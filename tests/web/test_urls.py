"""Who may open which address, and what opening it leaves behind."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern

from letters.access.models import User
from letters.access.roles import Role
from letters.announcing import actions as announcing
from letters.announcing.kinds import EventKind
from letters.announcing.models import Announcement, Subscription
from letters.announcing.record import announce
from letters.audit.models import AuditEvent
from letters.bundling import actions as bundling
from letters.bundling.models import Bundle
from letters.bundling.offering import offer_for
from letters.cases.intakes import actions as intakes
from letters.cases.intakes.models import Intake
from letters.cases.models import Case, HazardReport, Patient
from letters.delivery.batches.models import PrintBatch
from letters.drafting.vocabulary import DataItem, Recipient
from letters.evidence import actions as evidence
from letters.evidence.models import Enclosure, Photograph, Redaction
from letters.incoming import actions as incoming
from letters.incoming.actions.keeping import File
from letters.incoming.models import Attachment, MessageLink, MessageSource
from letters.issuing.models import Letter, SignOff
from letters.rendering.pictures import Rectangle
from letters.tracking import actions as tracking
from letters.tracking.models import Commitment, Deadline, Escalation
from letters.web.urls import public, urlpatterns
from tests import factories
from tests.factories import NOW
from tests.rendering import picture_samples
from tests.web.conftest import AsPerson, posted, words

PUBLIC = {
    *(
        "sign_in",
        "sign_out",
        "live",
        "ready",
        "metrics",
        "check",
        "letter_style",
        "letter_look",
        "letter_font",
    ),
    *("notify_callback", "take_mail"),
    *("open_letter", "opened_letter", "opened_pdf", "opened_enclosure", "opened_picture"),
    *("answer_letter", "answered_letter"),
    *("law", "provision", "what_applies"),
}
_WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@pytest.fixture
def addresses(house: factories.House) -> dict[str, str]:
    """Every address of the table, filled with the ids of one case."""
    dispatch = posted(house, at=NOW - timedelta(days=20))
    _with_evidence(house, dispatch.letter.case)
    _with_a_bundle(house, dispatch.letter.case)
    _with_a_subscription(house)
    _with_post(house, dispatch.letter.case)
    tracking.mark_missed(at=NOW)
    intakes.begin_intake(patient=None, answers={}, by=house.clinician, at=NOW)
    PrintBatch.objects.create(
        team=house.clinic, day=NOW.date(), number=1, asked_by=house.clinician, asked_at=NOW
    )
    return {each.name or "": filled(each, dispatch.letter) for each in urlpatterns}


def _with_evidence(house: factories.House, case: Case) -> None:
    """A photograph with a hidden part, and a document."""
    by: dict[str, Any] = {"by": house.clinician, "at": NOW}
    photograph = evidence.add_photograph(case=case, data=picture_samples.jpeg(), **by)
    half = Rectangle(left=0, top=0, width=0.5, height=0.5)
    evidence.redact_photograph(photograph=photograph, parts=[half], reason="A face", **by)
    tells = (DataItem.HOUSING_CONDITIONS,)
    evidence.add_enclosure(case=case, name="A plan", tells=tells, data=picture_samples.png(), **by)


def _with_a_subscription(house: factories.House) -> None:
    """Another program, which has not been told yet that a letter was approved."""
    administrator = factories.a_member(house.clinic, Role.ADMINISTRATOR, "Ash Placeholder")
    kinds = (EventKind.LETTER_APPROVED,)
    announcing.subscribe(url="https://hooks.example/", kinds=kinds, by=administrator, at=NOW)
    with transaction.atomic():
        announce(
            EventKind.LETTER_APPROVED,
            partnership_id=house.partnership.pk,
            subject_id=house.partnership.pk,
            case_id=None,
            at=NOW,
        )


def _with_a_bundle(house: factories.House, case: Case) -> None:
    """Asked for, and not made yet."""
    offer = offer_for(case, reader=Recipient.LANDLORD, by=house.adviser, day=NOW.date())
    bundling.ask_for_bundle(
        case=case,
        reader=Recipient.LANDLORD,
        title="A bundle",
        parts=[part.key for part in offer.parts],
        most_pages=400,
        most_megabytes=20,
        by=house.adviser,
        at=NOW,
    )


def _with_post(house: factories.House, case: Case) -> None:
    """A message with a file, and a promise."""
    link = incoming.keep_for_case(
        case=case,
        letter=None,
        subject="Re: Letter",
        text="We will come.",
        files=[File(name="plan.png", data=picture_samples.png())],
        source=MessageSource.SCAN,
        received_at=NOW,
        by=house.clinician,
        at=NOW,
    )
    incoming.sort_message(message_id=link.message_id, at=NOW)
    tracking.record_commitment(
        case=case,
        letter=None,
        what=Commitment.What.INSPECTION,
        words="",
        promised_for=NOW.date(),
        promised_by=Commitment.PromisedBy.LANDLORD,
        came_from=Commitment.CameFrom.MESSAGE,
        source_id=link.message_id,
        by=house.clinician,
        at=NOW,
    )


def filled(pattern: URLPattern, letter: Letter) -> str:
    case = letter.case
    hazard = HazardReport.objects.get(case=case)
    escalation = Escalation.objects.filter(letter=letter).first()
    ids = {
        "case_id": case.pk,
        "letter_id": letter.pk,
        "patient_id": case.patient.pk,
        "intake_id": Intake.objects.get().pk,
        "screen": "health",
        "report_id": hazard.pk,
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
        "number": 1,
        "reader": "landlord",
        "digest": "0" * 64,
        "token": "0" * 40,
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
        "instrument": "housing_act_2004",
        "provision": "sections_1_and_2",
    }
    route = re.sub(r"<(\w+:)?(\w+)>", lambda m: str(ids[m[2]]), str(pattern.pattern))
    return f"/{route}"


def test_what_is_public_is_listed() -> None:
    assert {pattern.name for pattern in public} == PUBLIC


def test_every_other_address_asks_to_sign_in(addresses: dict[str, str]) -> None:
    for name, address in addresses.items():
        response = Client().get(address)
        if name not in PUBLIC:
            assert response.status_code == 302, name
            assert response["Location"].startswith("/sign-in/"), name


def test_another_partnerships_rows_are_not_found(
    addresses: dict[str, str], signed_in: AsPerson
) -> None:
    stranger = factories.a_house()
    administrator = factories.a_member(stranger.clinic, Role.ADMINISTRATOR, "Ash Placeholder")
    people = [stranger.clinician, stranger.adviser, stranger.reviewer, administrator]

    for name, address in addresses.items():
        if re.search(r"[0-9a-f]{8}-", address):
            seen = {_reached(signed_in(person), address) for person in people}
            assert seen <= {403, 404}, name
            assert 404 in seen, name


def _reached(client: Client, address: str) -> int:
    """What an address answers to a form, or to a look where it takes none."""
    answered = client.post(address).status_code
    return client.get(address).status_code if answered == 405 else answered


def test_opening_a_page_writes_nothing_but_who_looked(
    addresses: dict[str, str], house: factories.House, signed_in: AsPerson
) -> None:
    for person in (house.clinician, house.adviser, house.reviewer):
        client = signed_in(person)
        for name, address in addresses.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            written = [q["sql"] for q in queries if _WRITE.match(q["sql"])]
            assert all("letters_auditevent" in sql for sql in written), name


def test_looking_at_a_case_or_letter_is_written_down(
    addresses: dict[str, str], house: factories.House, adviser: Client
) -> None:
    for name in ("case", "chronology", "letter", "why", "sent_letter"):
        adviser.get(addresses[name])

    looks = AuditEvent.objects.filter(verb="viewed", actor_id=house.adviser.pk)
    assert Counter(looks.values_list("subject_type", flat=True)) == {"Case": 2, "Letter": 3}


def test_nothing_stays_in_the_browser(addresses: dict[str, str], adviser: Client) -> None:
    response = adviser.get(addresses["case"])

    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["case", "chronology"])
def test_no_address_names_anybody(addresses: dict[str, str], adviser: Client, name: str) -> None:
    page = words(adviser.get(addresses[name]))

    links = re.findall(r'(?:href|action)="([^"]*)"', page)
    numbers = [str(each.nhs_number) for each in Patient.objects.all()]
    assert all(len(number) == 10 for number in numbers)
    told = [link for link in links for said in ("Maya", *numbers) if said in link.replace("-", "")]
    assert not told


def test_a_role_without_the_right_is_told_whom_to_ask(
    addresses: dict[str, str], house: factories.House, signed_in: AsPerson
) -> None:
    response = signed_in(house.evaluator).get(addresses["start"])

    assert response.status_code == 403
    assert "Ask a colleague whose role allows it: record case" in words(response)


@pytest.mark.parametrize(
    ("role", "start"),
    [
        ("clinician", "/start/"),
        ("adviser", "/worklist/"),
        ("evaluator", "/summary/"),
        ("reviewer", "/law/review/"),
    ],
)
def test_home_is_where_the_work_begins(
    house: factories.House, signed_in: AsPerson, role: str, start: str
) -> None:
    assert signed_in(getattr(house, role)).get("/")["Location"] == start


def test_somebody_without_a_role_is_told_so(db: None, signed_in: AsPerson) -> None:
    nobody = User.objects.create_user(
        email="new@people.example", password=None, name="New Specimen", job_title=""
    )

    response = signed_in(nobody).get("/")

    assert response.status_code == 403
    assert "You have no role yet" in words(response)


def test_a_page_that_is_not_there_is_in_the_design_system(db: None) -> None:
    response = Client().get("/nothing/")

    assert response.status_code == 404
    assert "Page not found" in words(response)


def test_a_form_from_elsewhere_is_refused_in_the_design_system(
    house: factories.House,
) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/sign-in/", {"username": "a@people.example", "password": "b"})

    assert response.status_code == 403
    assert "Nothing was changed" in words(response)


def test_every_page_is_well_formed(
    addresses: dict[str, str], house: factories.House, signed_in: AsPerson
) -> None:
    for person in (house.clinician, house.adviser, house.reviewer):
        for name, address in addresses.items():
            response = signed_in(person).get(address)
            if response["Content-Type"].startswith("text/html") and response.status_code == 200:
                refuse_unclear(name, words(response))


def refuse_unclear(name: str, page: str) -> None:
    """Ids once each, a label for each box, one main heading, a language and a title."""
    ids = Counter(re.findall(r'\sid="([^"]+)"', page))
    labels = set(re.findall(r'<label[^>]*?\sfor="([^"]+)"', page, re.DOTALL))
    boxes = re.findall(r"<(?:input|select|textarea)\b([^>]*)>", page, re.DOTALL)
    named = [re.search(r'\sid="([^"]+)"', box) for box in boxes if 'type="hidden"' not in box]
    assert [each for each, count in ids.items() if count > 1] == [], name
    assert {match[1] for match in named if match} <= labels, name
    assert '<html lang="en-GB"' in page, name
    assert re.search(r"<title\s*>\s*\S", page), name
    assert "<h1" in page, name


def test_cases_of_two_houses_do_not_mix(house: factories.House, clinician: Client) -> None:
    mine, other = factories.a_case(house), factories.a_case(factories.a_house())

    page = words(clinician.get("/cases/"))

    assert mine.reference in page
    assert other.reference not in page
    assert Case.objects.count() == 2
