"""Reading, approving, sending and settling a letter on its page."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from letters.cases import actions as cases
from letters.cases.models import Landlord
from letters.delivery import actions as delivery
from letters.delivery.models import Channel, Dispatch, DispatchStatus
from letters.issuing import actions as issuing
from letters.issuing.files import make_files
from letters.issuing.models import Letter, LetterStatus
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests import factories
from tests.factories import NOW
from tests.sign_in import browser_of
from tests.web.conftest import AsPerson, ready, words


@pytest.fixture
def draft(house: factories.House) -> Letter:
    return factories.a_draft(house, factories.a_full_case(house))


def _seen(client: Client, letter: Letter) -> dict[str, str]:
    """What the form of the page sends when its box is ticked."""
    page = words(client.get(f"/letters/{letter.pk}/"))
    digest = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    return {"seen": digest[1] if digest else "", "has_read": "on"}


def _moved(dispatch: Dispatch, status: DispatchStatus, reason: str = "") -> Dispatch:
    Dispatch.objects.filter(pk=dispatch.pk).update(status=status, reason=reason)
    dispatch.refresh_from_db()
    return dispatch


def test_the_page_shows_the_letter_itself(clinician: Client, draft: Letter) -> None:
    page = html.unescape(words(clinician.get(f"/letters/{draft.pk}/")))

    assert "Section 11 of the Landlord and Tenant Act 1985" in page
    assert "Not signed yet" not in page  # as it would go out over this name
    assert "Draft: read and approve it" in page


def test_a_letter_that_was_read_is_approved(clinician: Client, draft: Letter) -> None:
    response = clinician.post(f"/letters/{draft.pk}/approve/", _seen(clinician, draft))

    draft.refresh_from_db()
    assert response.status_code == 302
    assert draft.status == LetterStatus.APPROVED


def test_a_letter_is_not_approved_unread(clinician: Client, draft: Letter) -> None:
    given = _seen(clinician, draft) | {"has_read": ""}

    page = words(clinician.post(f"/letters/{draft.pk}/approve/", given))

    assert "Tick the box to say that you have read the letter" in page
    assert 'href="#has_read"' in page


def test_words_that_changed_must_be_read_again(
    house: factories.House, clinician: Client, draft: Letter
) -> None:
    given = _seen(clinician, draft)
    issuing.edit_narrative(letter=draft, narrative="Worse at home.", by=house.clinician, at=NOW)

    page = words(clinician.post(f"/letters/{draft.pk}/approve/", given))

    assert "Read the letter again: it has changed since you opened it" in page
    assert given["seen"] not in page  # the next press stands for the new words
    assert " checked" not in page


def test_a_draft_on_hold_says_what_stands_in_its_way(
    house: factories.House, clinician: Client, draft: Letter
) -> None:
    cases.withdraw_consent(case=draft.case, reason="", by=house.clinician, at=NOW)

    page = words(clinician.get(f"/letters/{draft.pk}/"))

    assert "This draft cannot be brought up to date" in page
    assert "Ask the patient first" in page
    assert "/approve/" not in page


def test_law_that_nobody_signed_is_refused(signed_in: AsPerson, db: None) -> None:
    house = factories.a_house()
    draft = factories.a_draft(house, factories.a_full_case(house))
    client = signed_in(house.clinician)

    page = words(client.post(f"/letters/{draft.pk}/approve/", _seen(client, draft)))

    assert "Ask your legal reviewers to look under Sign-off" in page
    assert f"{len(draft.units)} not signed" in page


def test_a_home_that_is_not_clear_goes_to_the_adviser(
    house: factories.House, clinician: Client
) -> None:
    case = factories.a_case(
        house,
        tenure=Tenure.TEMPORARY_ACCOMMODATION,
        agreement=Agreement.NOT_KNOWN,
        landlord_kind=LandlordKind.COUNCIL,
    )
    factories.report(house, case)
    factories.safety(house, case)
    factories.consent(house, case)
    draft = factories.a_draft(house, case)

    page = words(clinician.post(f"/letters/{draft.pk}/approve/", _seen(clinician, draft)))

    assert "Pass this letter to the adviser" in page


def test_own_words_are_added_and_kept(clinician: Client, draft: Letter) -> None:
    clinician.post(f"/letters/{draft.pk}/narrative/edit/", {"narrative": "Worse at <home>."})

    assert "Worse at &lt;home&gt;." in words(clinician.get(f"/letters/{draft.pk}/"))


def test_a_sign_that_no_letter_prints_is_refused_as_it_is_typed(
    clinician: Client, draft: Letter
) -> None:
    page = words(
        clinician.post(f"/letters/{draft.pk}/narrative/edit/", {"narrative": "Worse \u6f22"})
    )

    assert "Take out or spell out: U+6F22 (\u6f22)" in page
    assert 'href="#narrative"' in page
    assert "Worse \u6f22</textarea>" in page  # nothing of it has to be typed again


def test_a_draft_that_cannot_be_printed_says_so_and_is_not_approved(
    clinician: Client, draft: Letter
) -> None:
    given = _seen(clinician, draft)
    Landlord.objects.update(name="\u6f22 Lettings")

    page = words(clinician.get(f"/letters/{draft.pk}/"))
    clinician.post(f"/letters/{draft.pk}/approve/", given)

    draft.refresh_from_db()
    assert "Take out or spell out: U+6F22 (\u6f22)" in page
    assert "/approve/" not in page
    assert draft.status == LetterStatus.DRAFT


def test_every_passage_has_its_reason(clinician: Client, draft: Letter) -> None:
    page = html.unescape(words(clinician.get(f"/letters/{draft.pk}/why/")))

    assert "Doubt, D" in page
    assert "Because tenure is council tenancy" in page
    assert "How it was checked" in page
    assert "Looked at and left out" in page
    assert "Is a disabled person in the home" in page


def test_the_address_is_shown_and_not_chosen(house: factories.House, clinician: Client) -> None:
    letter = factories.an_approved_letter(house)

    page = words(clinician.get(f"/letters/{letter.pk}/"))

    assert "By e-mail to repairs@council.example" in page
    assert " checked" not in page


def test_a_letter_is_queued_once(house: factories.House, clinician: Client) -> None:
    letter = factories.an_approved_letter(house)

    clinician.post(f"/letters/{letter.pk}/send/", {"channel": "email"})
    page = words(clinician.post(f"/letters/{letter.pk}/send/", {"channel": "email"}))

    assert Dispatch.objects.get().channel == Channel.EMAIL
    assert "This letter is on its way already" in page


def test_a_letter_needs_a_way_to_go(house: factories.House, clinician: Client) -> None:
    letter = factories.an_approved_letter(house)

    page = words(clinician.post(f"/letters/{letter.pk}/send/", {}))

    assert "Choose how to send the letter" in page
    assert not Dispatch.objects.exists()


def test_files_are_downloaded_and_not_kept(house: factories.House, clinician: Client) -> None:
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)

    for file_format, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        response = clinician.get(f"/letters/{letter.pk}/files/{file_format}/")
        name = f'attachment; filename="letter-{letter.case.reference}.{file_format}"'
        assert response["Content-Disposition"] == name
        assert "no-store" in response["Cache-Control"]
        assert response.content.startswith(begins)


@pytest.mark.parametrize("file_format", ["docx", "exe"])
def test_a_file_that_is_not_there_is_not_found(
    house: factories.House, clinician: Client, file_format: str
) -> None:
    letter = factories.an_approved_letter(house)

    assert clinician.get(f"/letters/{letter.pk}/files/{file_format}/").status_code == 404


def test_posting_is_recorded_with_its_day(house: factories.House, clinician: Client) -> None:
    dispatch = ready(house, at=NOW)
    day = {"posted_on-day": "23", "posted_on-month": "11", "posted_on-year": "2026"}

    clinician.post(f"/dispatches/{dispatch.pk}/posted/", day)

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.POSTED


def test_posting_tomorrow_is_refused(house: factories.House, clinician: Client) -> None:
    dispatch = ready(house, at=NOW)
    day = {"posted_on-day": "24", "posted_on-month": "11", "posted_on-year": "2026"}

    page = words(clinician.post(f"/dispatches/{dispatch.pk}/posted/", day))

    assert "Enter the day of posting: not before the letter was made, not after today" in page
    assert 'value="24"' in page


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("arrived", DispatchStatus.ACCEPTED),
        ("again", DispatchStatus.QUEUED),
        ("stop", DispatchStatus.CANCELLED),
    ],
)
def test_a_person_settles_what_is_not_known(
    house: factories.House, clinician: Client, what: str, status: DispatchStatus
) -> None:
    letter = factories.an_approved_letter(house)
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.EMAIL, by=house.clinician, at=NOW
    )
    dispatch = _moved(queued, DispatchStatus.UNKNOWN, "server_fell_silent")
    assert "Telephone and ask whether it came" in words(clinician.get(f"/letters/{letter.pk}/"))

    clinician.post(f"/dispatches/{dispatch.pk}/settle/", {"what": what})

    dispatch.refresh_from_db()
    assert dispatch.status == status


def test_nothing_is_settled_unsaid(house: factories.House, clinician: Client) -> None:
    dispatch = _moved(ready(house, at=NOW), DispatchStatus.FAILED, "recipient_refused")

    page = words(clinician.post(f"/dispatches/{dispatch.pk}/settle/", {}))

    assert "Choose what you have found out" in page
    assert "does not know the address" in page


def test_what_waits_can_be_stopped(house: factories.House, clinician: Client) -> None:
    dispatch = ready(house, at=NOW)

    clinician.post(f"/dispatches/{dispatch.pk}/cancel/")
    page = words(clinician.post(f"/dispatches/{dispatch.pk}/cancel/"))

    dispatch.refresh_from_db()
    assert dispatch.status == DispatchStatus.CANCELLED
    assert "it has moved on in the meantime" in page


@pytest.mark.parametrize("status", list(DispatchStatus))
def test_every_state_is_said_in_words(
    house: factories.House, clinician: Client, status: DispatchStatus
) -> None:
    dispatch = ready(house, at=NOW)
    Dispatch.objects.filter(pk=dispatch.pk).update(status=status, sent_at=NOW, next_try_at=NOW)

    page = words(clinician.get(f"/letters/{dispatch.letter_id}/"))

    assert status.label in page


def test_a_letter_is_withdrawn_once(clinician: Client, draft: Letter) -> None:
    clinician.post(f"/letters/{draft.pk}/withdraw/")

    page = words(clinician.post(f"/letters/{draft.pk}/withdraw/"))

    assert "Nothing to do: this letter has been withdrawn" in page
    assert "Withdrawn" in words(clinician.get(f"/letters/{draft.pk}/"))


def test_a_button_that_is_looked_at_leads_to_the_start(clinician: Client, draft: Letter) -> None:
    assert clinician.get(f"/letters/{draft.pk}/approve/")["Location"] == "/"


def test_an_approved_letter_stays_as_it_was(house: factories.House, clinician: Client) -> None:
    letter = factories.an_approved_letter(house)
    before = words(clinician.get(f"/letters/{letter.pk}/")).partition("<article")[2]

    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        client = browser_of(house.clinician)
        after = words(client.get(f"/letters/{letter.pk}/")).partition("<article")[2]

    assert before.partition("</article>")[0] == after.partition("</article>")[0]


def test_two_identifiers_stand_at_the_button(clinician: Client, draft: Letter) -> None:
    page = words(clinician.get(f"/letters/{draft.pk}/"))

    ending = draft.case.patient.nhs_number[-4:]
    said = rf"Maya Sampleton, born 4.March.2019, NHS number ending {ending}"
    at_button = page[page.index("/approve/") : page.index("Approve this letter</button>")]
    assert re.search(said, at_button)
    assert draft.case.patient.nhs_number not in page
