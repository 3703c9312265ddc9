"""Photographs and documents in a letter: chosen on the draft, covered by its approval."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import DatabaseError, transaction

from letters.cases.models import Case, ConsentGrant
from letters.drafting.errors import NotConsented
from letters.drafting.vocabulary import DataItem, Recipient, TakenBy
from letters.evidence import actions as evidence
from letters.evidence.errors import NotDescribed
from letters.evidence.models import Photograph
from letters.evidence.queries import latest_copy
from letters.issuing import actions as issuing
from letters.issuing.errors import ChosenIsGone, DraftChanged, NotADraft
from letters.issuing.files import make_files
from letters.issuing.models import Letter, LetterFile, LetterPhotograph
from letters.issuing.pictures import pictures_of
from letters.issuing.queries import content_of
from letters.rendering.pictures import Rectangle
from tests import factories
from tests.factories import NOW
from tests.rendering import picture_samples as samples
from tests.rendering.readers import pages_of_pdf


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


@pytest.fixture
def letter(house: factories.House, case: Case) -> Letter:
    return factories.a_draft(house, case)


def a_photograph(
    house: factories.House, case: Case, *, shows: str = "Black mould", size: int = 400
) -> Photograph:
    data = samples.jpeg(samples.quarters((size, 300)))
    added = evidence.add_photograph(case=case, data=data, by=house.clinician, at=NOW)
    return evidence.describe_photograph(
        photograph=added,
        shows=shows,
        room="bedroom",
        hazard_report=case.hazardreport_set.first(),
        taken_on=None,
        taken_by=TakenBy.TENANT,
        by=house.clinician,
        at=NOW,
    )


def choose(house: factories.House, letter: Letter, *photographs: Photograph) -> Letter:
    return issuing.choose_evidence(
        letter=letter, photographs=photographs, enclosures=(), by=house.clinician, at=NOW
    )


def test_choose_evidence_prints_it_in_order(house: factories.House, letter: Letter) -> None:
    first, second = a_photograph(house, letter.case), a_photograph(house, letter.case, size=500)

    chosen = choose(house, letter, second, first, second)

    figures = content_of(chosen).annexes[0].figures
    assert [figure.picture.digest for figure in figures] == [
        latest_copy(second).digest,
        latest_copy(first).digest,
    ]
    assert DataItem.PHOTOGRAPHS in chosen.items
    assert set(pictures_of(content_of(chosen))) == {f.picture.digest for f in figures}


def test_choose_evidence_again_takes_its_place(house: factories.House, letter: Letter) -> None:
    choose(house, letter, a_photograph(house, letter.case))

    chosen = choose(house, letter)

    assert content_of(chosen).annexes == ()
    assert DataItem.PHOTOGRAPHS not in chosen.items


def test_approval_covers_the_photographs(house: factories.House, letter: Letter) -> None:
    photograph = a_photograph(house, letter.case)
    choose(house, letter, photograph)
    seen = issuing.preview_letter(letter=letter, by=house.clinician, at=NOW).digest

    evidence.redact_photograph(
        photograph=photograph,
        parts=[Rectangle(left=0, top=0, width=0.5, height=0.5)],
        reason="A face",
        by=house.clinician,
        at=NOW,
    )

    with pytest.raises(DraftChanged):
        issuing.approve_letter(letter=letter, seen=seen, by=house.clinician, at=NOW)


def test_an_approved_letter_keeps_its_photographs(house: factories.House, letter: Letter) -> None:
    photograph = a_photograph(house, letter.case)
    choose(house, letter, photograph)
    approved = factories.signed(letter, by=house.clinician)

    evidence.redact_photograph(
        photograph=photograph,
        parts=[Rectangle(left=0, top=0, width=0.5, height=0.5)],
        reason="A face",
        by=house.clinician,
        at=NOW,
    )

    (figure,) = content_of(approved).annexes[0].figures
    assert figure.picture.digest in pictures_of(content_of(approved))
    with pytest.raises(NotADraft):
        choose(house, approved)


def test_approval_refuses_a_photograph_that_was_removed(
    house: factories.House, letter: Letter
) -> None:
    photograph = a_photograph(house, letter.case)
    choose(house, letter, photograph)
    seen = issuing.preview_letter(letter=letter, by=house.clinician, at=NOW).digest
    evidence.remove_photograph(photograph=photograph, by=house.clinician, at=NOW)

    with pytest.raises(ChosenIsGone):
        issuing.approve_letter(letter=letter, seen=seen, by=house.clinician, at=NOW)


def test_choose_evidence_not_described_yet(house: factories.House, letter: Letter) -> None:
    bare = evidence.add_photograph(case=letter.case, data=samples.png(), by=house.clinician, at=NOW)

    with pytest.raises(NotDescribed):
        choose(house, letter, bare)

    assert not LetterPhotograph.objects.exists()


def test_choose_evidence_of_another_case(house: factories.House, letter: Letter) -> None:
    strange = a_photograph(house, factories.a_full_case(house))

    with pytest.raises(ChosenIsGone):
        choose(house, letter, strange)


def test_choose_evidence_without_consent(house: factories.House, letter: Letter) -> None:
    photograph = a_photograph(house, letter.case)
    told = [item for item in DataItem if item is not DataItem.PHOTOGRAPHS]
    factories.consent(house, letter.case, items=told)

    with pytest.raises(NotConsented):
        choose(house, letter, photograph)


def test_consent_withdrawn_after_approval_holds_for_photographs(
    house: factories.House, letter: Letter
) -> None:
    choose(house, letter, a_photograph(house, letter.case))
    approved = factories.signed(letter, by=house.clinician)
    told = [item for item in DataItem if item is not DataItem.PHOTOGRAPHS]
    factories.consent(house, letter.case, items=told)

    with pytest.raises(Exception, match="no consent to tell the landlord about photographs"):
        issuing.refuse_without_consent(letter=approved, day=NOW.date())


def test_the_adviser_gets_a_copy_of_what_they_may_see(house: factories.House, case: Case) -> None:
    """Consent to photographs is no matter to a letter that prints none."""
    grants = ConsentGrant.objects.filter(consent__case=case, recipient=Recipient.ADVISER)
    grants.filter(item=DataItem.PHOTOGRAPHS).update(withdrawn_at=NOW)
    letter = factories.a_draft(house, case)

    chosen = choose(house, letter, a_photograph(house, case))

    assert len(content_of(letter).copies) == 2
    assert len(content_of(chosen).copies) == 1  # the family's alone


@pytest.fixture
def enclosed(house: factories.House, letter: Letter) -> Any:
    added = evidence.add_enclosure(
        case=letter.case,
        name="Inspection report",
        tells=(DataItem.HOUSING_CONDITIONS,),
        data=samples.jpeg(),
        by=house.clinician,
        at=NOW,
    )
    return issuing.choose_evidence(
        letter=letter, photographs=(), enclosures=(added,), by=house.clinician, at=NOW
    )


def test_enclosures_are_listed_and_kept(house: factories.House, enclosed: Letter) -> None:
    assert content_of(enclosed).enclosures[-1] == "Inspection report"
    approved = factories.signed(enclosed, by=house.clinician)

    with pytest.raises(DatabaseError, match="stays as it was approved"), transaction.atomic():
        approved.letterenclosure_set.all().delete()


SHOWN = ("Black mould above the bed", "A wet window", "Peeling paper", "A cracked gutter")


def test_four_photographs_from_the_telephone_to_the_files(
    house: factories.House, letter: Letter
) -> None:
    """As large as telephones take them: the file stays small, and says in words what they show."""
    taken = [
        evidence.describe_photograph(
            photograph=evidence.add_photograph(
                case=letter.case, data=samples.twelve_megapixels(seed), by=house.clinician, at=NOW
            ),
            shows=shows,
            room="bedroom",
            hazard_report=letter.case.hazardreport_set.first(),
            taken_on=date(2026, 7, 3),
            taken_by=TakenBy.TENANT,
            by=house.clinician,
            at=NOW,
        )
        for seed, shows in enumerate(SHOWN)
    ]
    choose(house, letter, *taken)
    factories.signed(letter, by=house.clinician)

    make_files(letter_id=letter.pk, at=NOW)

    files = {each.file_format: each.data for each in LetterFile.objects.filter(letter=letter)}
    assert all(len(data) < 2_000_000 for data in files.values())
    printed = " ".join(" ".join(pages_of_pdf(files["pdf"])).split())
    wanted = [
        "See photographs 1, 2, 3 and 4.",
        "Photographs 1 to 4",
        *(
            f"Photograph {n}: {shows}, bedroom. Taken on 3 July 2026 by the tenant."
            for n, shows in enumerate(SHOWN, start=1)
        ),
    ]
    places = [printed.replace("\N{NO-BREAK SPACE}", " ").find(words) for words in wanted]
    assert -1 not in places
    assert places == sorted(places)
    assert b"Phonemaker" not in files["pdf"]  # a JPEG is embedded as it is
    described = pictures_described(files["pdf"])
    assert described == list(SHOWN)


def pictures_described(document: bytes) -> list[str]:
    """The alternative texts in the order of the structure of the PDF."""
    found: list[str] = []

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for each in element:
                walk(each)
        elif isinstance(element, pikepdf.Dictionary):
            if element.get("/S") == pikepdf.Name.Figure:
                found.append(str(element.get("/Alt", "")))
            if "/K" in element:
                walk(element.K)

    with pikepdf.open(BytesIO(document)) as pdf:
        walk(pdf.Root.StructTreeRoot)
    return found
