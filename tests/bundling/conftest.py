"""A case with all that a bundle can hold: letters that left, replies, claims and evidence."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pypdfium2
import pytest

from letters.bundling import actions as bundling
from letters.bundling.models import Bundle, BundleVolume
from letters.bundling.offering import Offer, offer_for
from letters.cases.models import Case, HazardReport
from letters.drafting.vocabulary import DataItem, Recipient, TakenBy
from letters.evidence import actions as evidence
from letters.evidence.models import Enclosure, Photograph
from letters.issuing import actions as issuing
from letters.issuing.files import make_files
from letters.issuing.models import Letter
from letters.law.facts import Answer
from letters.outcomes import actions as outcomes
from letters.outcomes.models import Remediation, Response
from letters.rendering import pdf
from tests import factories
from tests.factories import NOW
from tests.rendering import picture_samples

LATER = NOW + timedelta(days=1)


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A case and what is in it."""

    house: factories.House
    case: Case
    letter: Letter
    photograph: Photograph
    report: Enclosure  # enclosed with the letter
    survey: Enclosure  # with no letter

    def offer(self, reader: Recipient = Recipient.OMBUDSMAN, *, at: datetime = LATER) -> Offer:
        return offer_for(self.case, reader=reader, by=self.house.adviser, day=at.date())

    def ticked(self) -> list[str]:
        """Of all that is chosen beforehand."""
        return [part.key for part in self.offer().parts if not part.hesitation]

    def ask(self, **other: object) -> Bundle:
        given: dict[str, object] = {
            "case": self.case,
            "reader": Recipient.OMBUDSMAN,
            "title": "Bundle for the ombudsman",
            "parts": self.ticked(),
            "most_pages": 400,
            "most_megabytes": 20,
            "by": self.house.adviser,
            "at": LATER,
        }
        return bundling.ask_for_bundle(**(given | other))  # type: ignore[arg-type]  # see above

    def reply(self, kind: Response.Kind, *, summary: str = "") -> Response:
        return outcomes.record_response(
            letter=self.letter,
            kind=kind,
            received_at=NOW + timedelta(hours=20),
            summary=summary,
            by=self.house.adviser,
            at=LATER,
        )

    def claim(self) -> Remediation:
        return outcomes.record_remediation(
            hazard_report=HazardReport.objects.get(case=self.case),
            claimed_by=Remediation.Claimant.LANDLORD,
            extent=Remediation.Extent.COSMETIC,
            completed_on=date(2026, 11, 24),
            cause_addressed=Answer.NO,
            verification=Remediation.Verification.NONE,
            description="Painted over with emulsion.",
            by=self.house.adviser,
            at=LATER,
        )


@pytest.fixture
def filed(house: factories.House) -> Filed:
    """All of which the patient agreed to tell an ombudsman."""
    return a_file(house)


def a_file(
    house: factories.House, *, others: tuple[Recipient, ...] = (Recipient.OMBUDSMAN,)
) -> Filed:
    case = factories.a_full_case(house, others=others)
    photograph = a_photograph(house, case)
    report = a_document(house, case, "Inspection report of 3 July 2026", pages=2)
    draft = factories.a_draft(house, case)
    issuing.choose_evidence(
        letter=draft, photographs=[], enclosures=[report], by=house.clinician, at=NOW
    )
    letter = factories.signed(draft, by=house.clinician)
    make_files(letter_id=letter.pk, at=NOW)
    factories.posted(house, letter)
    survey = a_document(house, case, "Survey of 9 July 2026", pages=3)
    return Filed(
        house=house,
        case=case,
        letter=letter,
        photograph=photograph,
        report=report,
        survey=survey,
    )


def a_photograph(house: factories.House, case: Case, *, turn: int = 0) -> Photograph:
    picture = picture_samples.quarters((400 + turn, 300))
    kept = evidence.add_photograph(
        case=case, data=picture_samples.jpeg(picture), by=house.clinician, at=NOW
    )
    return evidence.describe_photograph(
        photograph=kept,
        shows="Black mould above the bed",
        room="bedroom",
        hazard_report=HazardReport.objects.get(case=case),
        taken_on=date(2026, 7, 3),
        taken_by=TakenBy.TENANT,
        by=house.clinician,
        at=NOW,
    )


def a_document(
    house: factories.House,
    case: Case,
    name: str,
    *,
    pages: int = 1,
    tells: tuple[DataItem, ...] = (DataItem.HOUSING_CONDITIONS,),
) -> Enclosure:
    return evidence.add_enclosure(
        case=case, name=name, tells=tells, data=printed(name, pages), by=house.clinician, at=NOW
    )


def printed(name: str, pages: int) -> bytes:
    """A document that says on each page which it is."""
    sheets = "".join(
        f'<p style="break-after: page">{name}, sheet {n}.</p>' for n in range(1, pages + 1)
    )
    page = f'<html lang="en-GB"><title>{name}</title><body>{sheets}</body></html>'
    return pdf.print_page(page, style="* { font-family: Arimo } p:last-child { break-after: auto }")


def pages_of(bundle: Bundle) -> list[str]:
    """What each page of all volumes says, the spaces left out that PDFium loses."""
    return [
        "".join(page.get_textpage().get_text_bounded().split())
        for volume in BundleVolume.objects.filter(bundle=bundle).order_by("number")
        for page in pypdfium2.PdfDocument(bytes(volume.data))
    ]
