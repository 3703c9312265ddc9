"""A bundle from the rows of a case, made by the worker's own task."""

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
import time_machine
from django.db import DatabaseError, transaction

from letters.audit.models import AuditEvent
from letters.bundling import making
from letters.bundling.models import Bundle, BundleStatus, BundleVolume
from letters.bundling.queries import due
from letters.cases import actions as cases
from letters.cases.models import Case
from letters.drafting.vocabulary import DataItem, Recipient
from letters.evidence.models import Enclosure
from letters.issuing.files import make_files
from letters.issuing.models import FileFormat, LetterFile
from letters.outcomes.models import Response
from letters.rendering import pages as rendered_pages
from tests import factories
from tests.bundling.conftest import LATER, Filed, a_document, pages_of
from tests.factories import NOW
from worker import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """The tasks read the clock."""
    with time_machine.travel(LATER, tick=False):
        yield


def made(bundle: Bundle) -> Bundle:
    tasks.make_bundle(str(bundle.pk))
    bundle.refresh_from_db()
    assert (bundle.status, bundle.reason) == (BundleStatus.MADE, "")
    return bundle


def failed(bundle: Bundle) -> str:
    tasks.make_bundle(str(bundle.pk))
    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.FAILED
    assert not BundleVolume.objects.filter(bundle=bundle).exists()
    return bundle.reason


def where(pages: list[str], words: str) -> int:
    """The number of the first page after the index that says this."""
    squeezed, front = "".join(words.split()), index_pages(pages)
    return next(n for n, page in enumerate(pages, 1) if n > front and squeezed in page)


def index_pages(pages: list[str]) -> int:
    """Those before the first letter, the only one that has a reference of its own."""
    return next(n for n, page in enumerate(pages) if "Ourreference" in page)


def refuse_wrong_pages(pages: list[str], parts: dict[str, str]) -> None:
    """Each part by the title in the index and by words on its own first page."""
    index = "".join(page.partition("Bundlepage")[0] for page in pages[: index_pages(pages)])
    for title, words in parts.items():
        squeezed = re.escape("".join(title.split()))
        found = re.search(rf"{squeezed}(?:(?!\d{{4}}).)*?(?:\d{{1,2}}\w+20\d\d|Nodate)(\d+)", index)
        assert found, f"{title} is not in {index}"
        assert int(found[1]) == where(pages, words), title


PARTS = {
    "Report of a hazard affecting health, to Exampleton": "Our reference",
    "Inspection report of 3 July 2026 (enclosed)": "Inspection report of 3 July 2026, sheet 1.",
    "Proof of sending: Report of a hazard affecting health": "Handed over",
    "Reply: booked an inspection": "What was recorded of it",
    "Claim of repair: damp and mould": "Painted over with emulsion.",
    "Photograph 1: black mould above the bed": "Kept here since",
    "Survey of 9 July 2026": "Survey of 9 July 2026, sheet 1.",
}


def test_a_bundle_holds_all_of_a_case_at_the_pages_that_it_says(filed: Filed) -> None:
    filed.reply(Response.Kind.INSPECTION_BOOKED, summary="Somebody comes on 1 December.")
    filed.claim()

    pages = pages_of(made(filed.ask()))

    refuse_wrong_pages(pages, PARTS)
    for number, page in enumerate(pages, 1):
        assert page.endswith(f"Bundlepage{number}of{len(pages)}")
    front = "".join(pages[: index_pages(pages)])
    assert f"Firstnoticed:dampandmould{where(pages, 'Our reference')}" in front
    assert f"Reply:bookedaninspection{where(pages, 'What was recorded of it')}" in front
    assert (
        f"Paintedorwashedover:dampandmould,saysthelandlord{where(pages, 'Painted over with')}"
        in front
    )
    assert "Posted:reportofahazardaffectinghealth" in front


def test_a_proof_names_the_very_file_that_left(filed: Filed) -> None:
    pages = pages_of(made(filed.ask()))

    (proof,) = [page for page in pages if "SHA-256ofitsPDF" in page]
    file = LetterFile.objects.get(letter=filed.letter, file_format=FileFormat.PDF)
    assert file.sha256 in proof
    assert "HandedoverOn23November2026" in proof
    assert "Posted,byBoPlaceholder" in proof


def test_a_bundle_is_made_once(filed: Filed) -> None:
    bundle = made(filed.ask())
    digests = list(BundleVolume.objects.values_list("pk", "sha256"))

    for _ in range(3):
        tasks.make_bundle(str(bundle.pk))

    assert list(BundleVolume.objects.values_list("pk", "sha256")) == digests
    assert AuditEvent.objects.filter(verb="make_bundle", subject_id=bundle.pk).count() == 1


def test_a_worker_keeps_no_document_in_memory(filed: Filed) -> None:
    made(filed.ask())

    assert rendered_pages.leaves_of.cache_info().currsize == 0


def test_a_bundle_that_another_worker_has_is_left_to_it(filed: Filed) -> None:
    bundle = filed.ask()
    Bundle.objects.filter(pk=bundle.pk).update(lease_until=LATER + timedelta(minutes=1))

    tasks.make_bundle(str(bundle.pk))

    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.ASKED
    assert due(LATER) == ()
    assert due(LATER + timedelta(minutes=2)) == (bundle.pk,)


def test_a_bundle_at_which_workers_die_is_given_up(filed: Filed) -> None:
    bundle = filed.ask()
    Bundle.objects.filter(pk=bundle.pk).update(attempts=making.MOST_ATTEMPTS)

    assert failed(bundle) == "gave_up"
    assert due(LATER + timedelta(hours=1)) == ()


def test_the_same_rows_give_the_same_bytes(filed: Filed) -> None:
    first, again = made(filed.ask()), made(filed.ask())

    digests = BundleVolume.objects.filter(bundle__in=[first, again]).values_list(
        "sha256", flat=True
    )
    assert len(digests) == 2
    assert len(set(digests)) == 1


def test_what_comes_later_goes_into_another_bundle(filed: Filed) -> None:
    before = made(filed.ask())
    kept = pages_of(before)
    a_document(filed.house, filed.case, "Email of 2 July 2026", pages=2)
    filed.reply(Response.Kind.INSPECTION_BOOKED, summary="Somebody comes on 1 December.")
    filed.claim()

    after = pages_of(made(filed.ask()))

    assert pages_of(before) == kept
    refuse_wrong_pages(after, PARTS | {"Email of 2 July 2026": "Email of 2 July 2026, sheet 1."})
    assert where(after, "Survey of 9 July 2026, sheet 1.") > where(
        kept, "Survey of 9 July 2026, sheet 1."
    )


def test_a_letter_put_in_later_moves_every_page_after_it(
    filed: Filed, house: factories.House
) -> None:
    before = pages_of(made(filed.ask()))
    second = factories.signed(factories.a_draft(house, filed.case), by=house.clinician)
    make_files(letter_id=second.pk, at=NOW)

    after = pages_of(made(filed.ask()))

    words = "Survey of 9 July 2026, sheet 1."
    added = len(after) - len(before)
    assert added >= 2
    assert where(after, words) == where(before, words) + added
    refuse_wrong_pages(after, {"Survey of 9 July 2026": words})
    assert "(notsent)" in "".join(after[: index_pages(after)])


def test_volumes_keep_to_the_limit_and_number_on(filed: Filed) -> None:
    for number in range(5):
        a_document(filed.house, filed.case, f"Document {number}", pages=9)
    bundle = made(filed.ask(most_pages=20))

    volumes = list(BundleVolume.objects.filter(bundle=bundle).order_by("number"))
    assert len(volumes) >= 3
    assert volumes[0].first_page == 1
    for before, after in pairwise(volumes):
        assert after.first_page == before.last_page + 1
    for volume in volumes:
        assert volume.last_page - volume.first_page < 20
        assert volume.size == len(volume.data)


def test_a_page_larger_than_a_volume(filed: Filed) -> None:
    bundle = filed.ask()
    Bundle.objects.filter(pk=bundle.pk).update(most_bytes=2_000)

    assert failed(bundle) == "too_large"


def test_a_document_changed_in_the_store_is_refused(filed: Filed) -> None:
    bundle = filed.ask()
    Enclosure.objects.filter(pk=filed.survey.pk).update(pdf=b"%PDF-1.7 another")

    assert failed(bundle) == "altered"


def test_a_letter_changed_in_the_store_is_refused(filed: Filed) -> None:
    bundle = filed.ask()
    LetterFile.objects.filter(letter=filed.letter).update(data=b"%PDF-1.7 another")

    assert failed(bundle) == "altered"


def test_a_record_that_says_something_else_by_then_is_refused(filed: Filed) -> None:
    reply = filed.reply(Response.Kind.ACKNOWLEDGED, summary="They wrote.")
    bundle = filed.ask()
    reply.summary = "They never wrote."
    reply.save()

    assert failed(bundle) == "changed"


def take_back(case: Case, house: factories.House, item: DataItem) -> None:
    """A new conversation, in which the patient agrees to everything but this."""
    cases.withdraw_consent(case=case, reason="", by=house.clinician, at=LATER)
    factories.consent(
        house,
        case,
        items=[each for each in DataItem if each is not item],
        others=[Recipient.OMBUDSMAN],
    )


def test_consent_taken_back_before_it_is_made(filed: Filed) -> None:
    bundle = filed.ask()
    take_back(filed.case, filed.house, DataItem.PHOTOGRAPHS)

    assert failed(bundle) == "consent_changed"


def test_a_bundle_stays_as_it_was_asked_for_and_made(filed: Filed) -> None:
    bundle = made(filed.ask())

    for change in (
        lambda: Bundle.objects.filter(pk=bundle.pk).update(parts=[]),
        lambda: BundleVolume.objects.filter(bundle=bundle).update(sha256="0" * 64),
        lambda: BundleVolume.objects.filter(bundle=bundle).delete(),
    ):
        with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
            change()


def test_volumes_are_tagged_and_name_nobody_in_their_properties(filed: Filed) -> None:
    bundle = made(filed.ask())

    with pikepdf.open(BytesIO(BundleVolume.objects.get(bundle=bundle).data)) as opened:
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.docinfo["/Title"]) == "Bundle for the ombudsman"
        assert "Sampleton" not in str(dict(opened.docinfo))


def test_sweep_finds_what_waits(filed: Filed) -> None:
    bundle = filed.ask()

    tasks.sweep_bundles()

    assert due(LATER) == (bundle.pk,)
