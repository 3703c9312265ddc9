"""An adviser puts a bundle together for an ombudsman, on a telephone, and takes it."""

from collections.abc import Callable

import pypdfium2
import pytest
from django.utils import timezone

from letters.bundling.models import Bundle, BundleStatus, BundleVolume
from letters.drafting.vocabulary import Recipient
from letters.evidence import actions as evidence
from letters.issuing.files import make_files
from tests import factories, servers
from tests.factories import House
from tests.journeys.pages import Walk
from tests.rendering import picture_samples
from tests.rendering.readers import pages_of_pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Adviser:
    """Somebody whose household has waited long enough."""

    def __init__(self, walk: Walk, house: House) -> None:
        self.walk, self.house = walk, house

    def given_a_letter_that_was_posted(self) -> None:
        now = timezone.now()
        letter = factories.an_approved_letter(self.house, others=[Recipient.OMBUDSMAN], at=now)
        make_files(letter_id=letter.pk, at=now)
        factories.posted(self.house, letter, at=now)
        self.case = letter.case
        evidence.add_photograph(  # which nobody describes, so that something is left out
            case=self.case, data=picture_samples.jpeg(), by=self.house.clinician, at=now
        )

    def when_a_bundle_is_asked_for(self) -> None:
        self.walk.sign_in(self.house.adviser)
        self.walk.go(f"/cases/{self.case.pk}/")
        self.walk.follow("Make a bundle")
        self.walk.follow("An ombudsman or tribunal")
        assert "Photograph 1: left out because nobody has said" in self.walk.words
        self.walk.fill("Title", "Documents for the ombudsman")
        self.walk.press("Make the bundle")

    def when_it_is_made(self) -> None:
        made = Bundle.objects.filter(status=BundleStatus.MADE)
        servers.wait_until(made.exists, "made")
        self.walk.go(f"/bundles/{made.get().pk}/")

    def then_its_index_leads_to_the_letter(self) -> None:
        link = self.walk.page.get_by_role("link", name="Download volume 1")
        answer = self.walk.page.request.get(str(link.get_attribute("href")))
        data = answer.body()
        assert data == bytes(BundleVolume.objects.get().data)
        pages = pages_of_pdf(data)
        assert "Index" in pages[0]
        assert "Dear" in pages[1]
        assert len(pages) == len(pypdfium2.PdfDocument(data))
        assert f"bundle-{self.case.reference}-volume-1.pdf" in answer.headers["content-disposition"]


def test_a_bundle_on_a_telephone(
    house: House, start_worker: Callable[[], servers.Process], narrow_walk: Walk
) -> None:
    _walked(Adviser(narrow_walk, house), start_worker)


def test_a_bundle_without_scripts(
    house: House, start_worker: Callable[[], servers.Process], walk_without_scripts: Walk
) -> None:
    _walked(Adviser(walk_without_scripts, house), start_worker)


def _walked(adviser: Adviser, start_worker: Callable[[], servers.Process]) -> None:
    adviser.given_a_letter_that_was_posted()
    start_worker()  # not before: it would carry the letter as well
    adviser.when_a_bundle_is_asked_for()
    adviser.when_it_is_made()
    adviser.then_its_index_leads_to_the_letter()
