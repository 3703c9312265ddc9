"""The ladder on the page of a case, and drafting, signing and sending each kind of letter."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from letters.cases import actions as cases
from letters.cases.models import Case, ConsentGrant, ResponsibleBody
from letters.delivery.models import Dispatch, DispatchStatus
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.issuing.models import Letter, LetterStatus
from letters.law.facts import Severity
from letters.law.hazards import Hazard
from letters.tracking import actions as tracking
from tests import factories
from tests.factories import NOW
from tests.web.conftest import AsPerson, words
from tests.web.test_cases import CONSENT

READER = {
    "name": "Exampleton Council",
    "department": "Environmental Health",
    "address": "2 Civic Centre\r\nExampleton\r\nZZ99 3AB",
    "email": "",
}


@pytest.fixture
def case(house: factories.House) -> Case:
    """A case whose first letter was posted, with consent to tell a council's housing team."""
    letter = factories.an_approved_letter(house, others=[Recipient.COUNCIL_HOUSING])
    return factories.posted(house, letter).case


def _page(client: Client, case: Case) -> str:
    return html.unescape(words(client.get(f"/cases/{case.pk}/"))).replace("\xa0", " ")


def _draft(client: Client, case: Case, stage: Stage, **given: str) -> Letter:
    client.post(f"/cases/{case.pk}/letters/draft/{stage.value}/", given)
    return Letter.objects.get(case=case, stage=stage)


def _sign(client: Client, letter: Letter, **given: str) -> str:
    """The page after the form of the letter's page was sent with its boxes ticked."""
    page = words(client.get(f"/letters/{letter.pk}/"))
    digest = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    answers = {"seen": digest[1] if digest else "", "has_read": "on", **given}
    return words(client.post(f"/letters/{letter.pk}/approve/", answers, follow=True))


def test_the_case_shows_what_may_come_next(adviser: Client, case: Case) -> None:
    page = _page(adviser, case)

    assert f"/cases/{case.pk}/letters/draft/complaint/" in page
    assert f"Sent {NOW.day} November 2026" in page
    assert "Send this first: Formal complaint, first stage" in page
    assert f"/cases/{case.pk}/letters/draft/complaint_stage_2/" not in page
    assert "Steps for an adviser or a solicitor alone" in page


def test_a_clinician_is_shown_no_reserved_step(clinician: Client, case: Case) -> None:
    page = _page(clinician, case)

    assert "Steps for an adviser or a solicitor alone" not in page
    assert "letter_of_claim" not in page


def test_somebody_in_danger_is_telephoned_for_first(
    house: factories.House, clinician: Client
) -> None:
    case = factories.a_case(house)
    calm = _page(clinician, case)
    factories.report(house, case, hazard=Hazard.PESTS, severity=Severity.UNSAFE_NOW)

    page = _page(clinician, case)

    assert "First, because somebody may be in danger" not in calm
    assert "First, because somebody may be in danger" in page
    assert "Telephone the landlord's or the agent's repairs line now" in page


def test_a_step_says_what_stands_in_its_way(clinician: Client, case: Case) -> None:
    address = f"/cases/{case.pk}/letters/draft/missed_deadline/"

    page = words(clinician.get(address))

    assert "It cannot be drafted now" in page
    assert "no date of the latest letter has passed" in page
    assert "Draft this letter" not in page.partition("<main")[2]


def test_a_letter_that_the_nation_has_not_is_not_found(clinician: Client, case: Case) -> None:
    for stage in ("tribunal", "portfolio", "nonsense"):
        assert clinician.get(f"/cases/{case.pk}/letters/draft/{stage}/").status_code == 404


def test_who_reads_it_is_chosen_or_added(clinician: Client, case: Case) -> None:
    address = f"/cases/{case.pk}/letters/draft/housing_register/"
    refused = words(clinician.post(address, {"narrative": ""}))

    response = clinician.post(f"{address}reader/add/", READER)
    body = ResponsibleBody.objects.get()
    letter = _draft(clinician, case, Stage.HOUSING_REGISTER, responsible_body=str(body.pk))

    assert "Choose who it is to" in refused
    assert response["Location"] == address
    assert letter.responsible_body == body
    assert body.reader == Recipient.COUNCIL_HOUSING


def test_a_reader_without_an_address_is_refused(clinician: Client, case: Case) -> None:
    address = f"/cases/{case.pk}/letters/draft/housing_register/reader/add/"

    page = words(clinician.post(address, READER | {"address": ""}))

    assert "Enter the address for letters" in page
    assert 'value="Exampleton Council"' in page


def test_an_adjustment_is_asked_for_in_words(clinician: Client, case: Case) -> None:
    address = f"/cases/{case.pk}/letters/draft/adjustment/"
    refused = words(clinician.post(address, {"adjustment": ""}))

    letter = _draft(clinician, case, Stage.ADJUSTMENT, adjustment="a ground floor flat")

    assert "Say which adjustment is asked for" in refused
    assert "ground floor flat" in str(letter.content)


def test_both_copies_are_one_click_away(
    house: factories.House, clinician: Client, case: Case
) -> None:
    page = _page(clinician, case)

    copy = _draft(clinician, case, Stage.PATIENT_COPY)

    assert f'action="/cases/{case.pk}/letters/draft/patient_copy/"' in page
    assert copy.recipient == Recipient.PATIENT


def test_a_copy_is_handed_over_and_never_mailed(adviser: Client, case: Case) -> None:
    copy = _draft(adviser, case, Stage.PATIENT_COPY)

    page = _sign(adviser, copy)

    assert "This copy is never mailed" in page
    assert "By e-mail to" not in page
    assert "I will print it or file it myself" in page


def test_a_complaint_goes_only_once_the_tenant_asks(adviser: Client, case: Case) -> None:
    complaint = _draft(adviser, case, Stage.COMPLAINT)

    refused = _sign(adviser, complaint)
    approved = _sign(adviser, complaint, tenant_asked="on")

    complaint.refresh_from_db()
    assert "Tick the box once the tenant has read the letter" in refused
    assert "Letter approved" in approved
    assert complaint.status == LetterStatus.APPROVED


def test_a_first_letter_asks_nothing_of_the_tenant(
    house: factories.House, clinician: Client
) -> None:
    draft = factories.a_draft(house, factories.a_full_case(house))

    assert "tenant_asked" not in words(clinician.get(f"/letters/{draft.pk}/"))


def test_a_letter_of_claim_takes_two_advisers(
    house: factories.House, adviser: Client, signed_in: AsPerson, case: Case
) -> None:
    claim = _draft(adviser, case, Stage.LETTER_OF_CLAIM)
    second = signed_in(factories.a_second_adviser(house))

    first_page = _sign(adviser, claim)
    own_page = words(adviser.get(f"/letters/{claim.pk}/"))
    worklists = [words(client.get("/worklist/")) for client in (adviser, second)]
    other_page = _sign(second, claim)

    claim.refresh_from_db()
    assert "A second adviser must read and sign it" in first_page
    assert "You have signed. Somebody else must sign as well." in own_page
    assert "/send/" not in first_page
    assert "somebody else must sign" in worklists[0]
    assert "you may sign" in worklists[1]
    assert "Letter approved" in other_page
    assert claim.status == LetterStatus.APPROVED


def test_the_first_signature_can_be_taken_back(adviser: Client, case: Case) -> None:
    claim = _draft(adviser, case, Stage.LETTER_OF_CLAIM)
    _sign(adviser, claim)

    adviser.post(f"/letters/{claim.pk}/return/")

    claim.refresh_from_db()
    assert (claim.status, claim.first_signed_by) == (LetterStatus.DRAFT, None)


def test_one_signature_of_two_sends_nothing(adviser: Client, case: Case) -> None:
    claim = _draft(adviser, case, Stage.LETTER_OF_CLAIM)
    _sign(adviser, claim)

    page = words(adviser.post(f"/letters/{claim.pk}/send/", {"channel": "download"}))

    assert "only an approved letter can be sent" in page
    assert not Dispatch.objects.filter(letter=claim).exists()


def test_a_clinician_reaches_no_letter_of_claim(
    clinician: Client, adviser: Client, case: Case
) -> None:
    address = f"/cases/{case.pk}/letters/draft/letter_of_claim/"
    refused = words(clinician.post(address))
    claim = _draft(adviser, case, Stage.LETTER_OF_CLAIM)

    signed = _sign(clinician, claim)

    claim.refresh_from_db()
    assert "Pass this on to the adviser" in refused
    assert claim.status == LetterStatus.DRAFT
    assert "An adviser signs it" in signed


def test_a_letter_to_a_council_is_mailed_to_it(
    house: factories.House, clinician: Client, case: Case
) -> None:
    body = factories.a_body(house, Recipient.COUNCIL_HOUSING)
    letter = _draft(clinician, case, Stage.HOUSING_REGISTER, responsible_body=str(body.pk))
    page = _sign(clinician, letter)

    clinician.post(f"/letters/{letter.pk}/send/", {"channel": "email"})

    assert f"By e-mail to {body.email}" in page
    dispatch = Dispatch.objects.get(letter=letter)
    assert (dispatch.address, dispatch.status) == (body.email, DispatchStatus.QUEUED)


def test_a_missed_step_leads_to_the_page_that_drafts_it(
    house: factories.House, adviser: Client, case: Case
) -> None:
    cases.withdraw_grants(
        case=case, recipients=(Recipient.LANDLORD,), reason="", by=house.clinician, at=NOW
    )
    tracking.mark_missed(at=NOW + timedelta(days=60))

    page = words(adviser.get("/worklist/"))

    assert f'href="/cases/{case.pk}/letters/draft/missed_deadline/"' in page


@pytest.mark.parametrize(
    ("others", "purposes"),
    [
        (["council"], {("council", "escalation")}),
        (
            ["council_housing", "ombudsman"],
            {
                ("council_housing", "escalation"),
                ("council_housing", "letter"),
                ("ombudsman", "escalation"),
            },
        ),
        ([], set()),
    ],
)
def test_others_may_be_told_what_the_landlord_may(
    clinician: Client, case: Case, others: list[str], purposes: set[tuple[str, str]]
) -> None:
    clinician.post(f"/cases/{case.pk}/consent/give/", CONSENT | {"others": others})

    there = ConsentGrant.objects.filter(consent__case=case, consent__withdrawn_at=None)
    granted = there.filter(recipient__in=["council", "council_housing", "ombudsman"])
    assert set(granted.values_list("recipient", "purpose")) == purposes
    assert set(granted.values_list("item", flat=True)) <= set(CONSENT["landlord_items"])


def test_others_are_told_nothing_that_the_landlord_is_not(clinician: Client, case: Case) -> None:
    answers = CONSENT | {"landlord": "nothing", "landlord_items": [], "others": ["council"]}

    page = words(clinician.post(f"/cases/{case.pk}/consent/give/", answers))

    assert "they are told what the landlord may be told" in page


def test_the_directory_takes_the_housing_executive(clinician: Client, case: Case) -> None:
    page = words(clinician.get(f"/cases/{case.pk}/landlord/name-new/"))

    assert "The Housing Executive" in page
