"""Bundles on their pages: chosen, watched, taken, and kept from whoever may not have them."""

import html
import re
from io import BytesIO

import pypdfium2
import pytest
from django.test import Client

from letters.audit.models import AuditEvent
from letters.bundling.making import make_bundle
from letters.bundling.models import Bundle, BundleVolume
from letters.cases import actions as cases
from letters.drafting.vocabulary import Recipient
from tests import factories
from tests.bundling.conftest import Filed, a_file
from tests.factories import NOW
from tests.web.conftest import AsPerson, words


@pytest.fixture
def filed(house: factories.House) -> Filed:
    return a_file(house)


def address(filed: Filed, reader: str = "ombudsman") -> str:
    return f"/cases/{filed.case.pk}/bundles/make/{reader}/"


def given(page: str, **other: object) -> dict[str, object]:
    """What a browser sends of the form as it stands."""
    ticked = re.findall(r'name="parts" type="checkbox" value="([^"]+)" checked', page)
    texts = dict(re.findall(r'name="(title|most_\w+)" type="text" value="([^"]*)"', page))
    return {"parts": ticked, **texts, **other}


def asked(client: Client, filed: Filed, **other: object) -> Bundle:
    page = html.unescape(words(client.get(address(filed))))
    response = client.post(address(filed), given(page, **other))
    assert response.status_code == 302, words(response)
    return Bundle.objects.latest("asked_at")


def test_the_case_leads_to_its_bundles(adviser: Client, filed: Filed) -> None:
    page = words(adviser.get(f"/cases/{filed.case.pk}/"))
    assert f'href="/cases/{filed.case.pk}/bundles/"' in page

    page = words(adviser.get(f"/cases/{filed.case.pk}/bundles/"))
    assert f'href="{address(filed)}"' in page


def test_everything_is_ticked_and_limits_are_offered(adviser: Client, filed: Filed) -> None:
    page = html.unescape(words(adviser.get(address(filed))))

    sent = given(page)
    assert len(sent["parts"]) == 5  # type: ignore[arg-type]  # a list
    assert (sent["most_pages"], sent["most_megabytes"]) == ("400", "20")
    assert sent["title"] == f"Documents for an ombudsman or tribunal, case {filed.case.reference}"


def test_a_bundle_is_asked_for_made_and_taken(adviser: Client, filed: Filed) -> None:
    bundle = asked(adviser, filed, title="For the ombudsman")
    page = words(adviser.get(f"/bundles/{bundle.pk}/"))
    assert "Being made" in page
    assert "Look again" in page

    make_bundle(bundle_id=bundle.pk, at=NOW)

    volume = BundleVolume.objects.get(bundle=bundle)
    page = words(adviser.get(f"/bundles/{bundle.pk}/"))
    assert volume.sha256 in page
    assert f"pages 1 to {volume.last_page}" in page
    response = adviser.get(f"/bundles/{bundle.pk}/volumes/1/")
    assert response.content == bytes(volume.data)
    name = f"bundle-{filed.case.reference}-volume-1.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert AuditEvent.objects.filter(verb="download_bundle", subject_id=bundle.pk).count() == 1
    assert "Downloaded a volume of a bundle" in words(adviser.get(f"/cases/{filed.case.pk}/"))


def test_what_is_left_out_is_said(adviser: Client, filed: Filed) -> None:
    consent = filed.case.consent_set.get(withdrawn_at=None)
    consent.consentgrant_set.filter(recipient="ombudsman", item="photographs").delete()

    page = html.unescape(words(adviser.get(address(filed))))

    assert (
        "Photograph 1: black mould above the bed: left out because the patient has not agreed that "
        "an ombudsman or tribunal may be told: photographs of the home." in page
    )
    assert len(given(page)["parts"]) == 4  # type: ignore[arg-type]  # a list


def test_a_reader_whom_nobody_asked_about(adviser: Client, filed: Filed) -> None:
    page = html.unescape(words(adviser.get(address(filed, "council"))))

    assert "Ask the patient first" in page
    assert "Make the bundle" not in page


@pytest.mark.parametrize("reader", ["evaluator", "nobody"])
def test_a_reader_that_there_is_not(adviser: Client, filed: Filed, reader: str) -> None:
    assert adviser.get(address(filed, reader)).status_code == 404


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"parts": []}, "Tick at least one document"),
        ({"title": ""}, "Enter a title"),
        ({"most_pages": "3"}, "Enter a number of pages from 20 to 2000"),
        ({"most_megabytes": "500"}, "must be a whole number between 0 and 100"),
        ({"parts": ["letter-00000000-0000-0000-0000-000000000000"]}, "Tick at least one"),
    ],
)
def test_what_is_wrong_is_said_beside_it(
    adviser: Client, filed: Filed, other: dict[str, object], says: str
) -> None:
    page = html.unescape(words(adviser.get(address(filed))))

    answer = html.unescape(words(adviser.post(address(filed), given(page, **other))))

    assert says in answer
    assert "There is a problem" in answer
    assert not Bundle.objects.exists()


def test_a_bundle_that_could_not_be_made_says_what_to_do(adviser: Client, filed: Filed) -> None:
    bundle = asked(adviser, filed)
    Bundle.objects.filter(pk=bundle.pk).update(status="failed", reason="too_large")

    page = words(adviser.get(f"/bundles/{bundle.pk}/"))

    assert "with larger volumes" in page
    assert address(filed) in page


def test_a_bundle_may_not_be_taken_once_consent_is_gone(
    adviser: Client, house: factories.House, filed: Filed
) -> None:
    bundle = asked(adviser, filed)
    make_bundle(bundle_id=bundle.pk, at=NOW)
    cases.withdraw_grants(
        case=filed.case, recipients=(Recipient.OMBUDSMAN,), reason="", by=house.clinician, at=NOW
    )

    response = adviser.get(f"/bundles/{bundle.pk}/volumes/1/")

    assert response.status_code == 409
    assert "Do not send it" in words(response)
    assert not AuditEvent.objects.filter(verb="download_bundle").exists()


def test_a_volume_that_is_not_there_yet(adviser: Client, filed: Filed) -> None:
    bundle = asked(adviser, filed)

    assert adviser.get(f"/bundles/{bundle.pk}/volumes/1/").status_code == 404


def test_another_teams_bundle_is_not_found(
    adviser: Client, filed: Filed, signed_in: AsPerson
) -> None:
    bundle = asked(adviser, filed)
    make_bundle(bundle_id=bundle.pk, at=NOW)
    stranger = signed_in(factories.a_house().adviser)

    for path in (
        f"/cases/{filed.case.pk}/bundles/",
        address(filed),
        f"/bundles/{bundle.pk}/",
        f"/bundles/{bundle.pk}/volumes/1/",
    ):
        assert stranger.get(path).status_code == 404


def test_a_clinician_is_told_whose_it_is_to_do(clinician: Client, filed: Filed) -> None:
    assert clinician.get(address(filed)).status_code == 403
    assert "Make a bundle" not in words(clinician.get(f"/cases/{filed.case.pk}/"))


def test_a_letter_and_its_enclosures_are_one_file(clinician: Client, filed: Filed) -> None:
    page = words(clinician.get(f"/letters/{filed.letter.pk}/"))
    path = f"/letters/{filed.letter.pk}/with-enclosures/"
    assert f'href="{path}"' in page

    response = clinician.get(path)

    opened = pypdfium2.PdfDocument(BytesIO(response.content))
    text = ["".join(page.get_textpage().get_text_bounded().split()) for page in opened]
    assert "Inspectionreportof3July2026,sheet1." in text[-2]
    assert "Inspectionreportof3July2026,sheet2." in text[-1]
    assert not any("Bundlepage" in each for each in text)
    assert response["Content-Disposition"].endswith('-with-enclosures.pdf"')
    assert clinician.get(path).content == response.content


def test_a_letter_without_enclosures_has_no_such_file(
    clinician: Client, house: factories.House
) -> None:
    letter = factories.signed(
        factories.a_draft(house, factories.a_full_case(house)), by=house.clinician
    )

    assert clinician.get(f"/letters/{letter.pk}/with-enclosures/").status_code == 404


def test_enclosures_are_kept_from_whom_they_are_closed_to(adviser: Client, filed: Filed) -> None:
    path = f"/letters/{filed.letter.pk}/with-enclosures/"
    assert adviser.get(path).status_code == 200
    consent = filed.case.consent_set.get(withdrawn_at=None)
    consent.consentgrant_set.filter(recipient="adviser", item="photographs").delete()

    assert adviser.get(path).status_code == 404
