"""Whatever a case holds and whatever its patient agreed to: what leaves tells its reader nothing
that they may not know, neither in its words nor in what a file carries beside them."""

import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from letters.cases import actions as cases
from letters.cases.models import Case
from letters.delivery import actions as delivery
from letters.delivery.carriers import parcel_of
from letters.delivery.channels.parcel import message_of
from letters.delivery.models import Channel
from letters.drafting.vocabulary import DataItem, Event, OpinionLevel, TakenBy
from letters.evidence import actions as evidence
from letters.evidence.models import Photograph
from letters.issuing import actions as issuing
from letters.issuing.files import make_files
from letters.issuing.models import LetterFile
from letters.law.facts import Answer, HealthCondition
from tests import factories
from tests.factories import NOW
from tests.rendering import picture_samples as samples

ONE_HOUSE = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
# What stands in a letter that may tell of the item, and in nothing else.
TOLD = {
    DataItem.DIAGNOSIS: ("bronchiectasis", "quillometry"),
    DataItem.SEVERITY: ("ferncrest", "marrowdine"),
    DataItem.EXACERBATIONS: ("83 school or work days",),
    DataItem.OPINION: ("thistlewend",),
    DataItem.HOUSEHOLD_MEMBERS: ("aged 97",),
    DataItem.PHOTOGRAPHS: ("ovenglass",),
}
# What nobody outside ever reads.
NEVER = ("Phonemaker", "Model 7", "hushbarrow", "mother has parental", "2019-03-04")


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


def _telling_case(house: factories.House, agreed: Iterable[DataItem]) -> Case:
    """A case that holds something marked of each item."""
    case, by = factories.a_case(house), house.clinician
    factories.report(house, case)
    cases.record_diagnosis(
        case=case,
        condition=HealthCondition.BRONCHIECTASIS,
        basis="quillometry",
        severity="ferncrest at night",
        treatment="marrowdine twice a day",
        by=by,
    )
    cases.count_exacerbations(
        case=case,
        event=Event.SCHOOL_OR_WORK_DAY_LOST,
        count=83,
        months=12,
        until=date(2026, 11, 12),
        by=by,
    )
    cases.give_opinion(
        case=case,
        level=OpinionLevel.LIKELY,
        better_away_from_home=Answer.YES,
        basis="thistlewend after each weekend away",
        by=by,
        at=NOW,
    )
    cases.add_occupant(
        case=case,
        age=97,
        conditions=[HealthCondition.COPD],
        agreed_to_mention=Answer.YES,
        by=by,
    )
    factories.safety(house, case, note="hushbarrow")
    factories.consent(house, case, items=agreed)
    return case


def _photographed(house: factories.House, case: Case) -> Photograph:
    added = evidence.add_photograph(
        case=case, data=samples.jpeg(exif=samples.exif()), by=house.clinician, at=NOW
    )
    return evidence.describe_photograph(
        photograph=added,
        shows="Mould behind the ovenglass",
        room="bedroom",
        hazard_report=None,
        taken_on=None,
        taken_by=TakenBy.TENANT,
        by=house.clinician,
        at=NOW,
    )


def _sent(house: factories.House, case: Case, *, with_photograph: bool) -> list[bytes]:
    """The files of the letter, the message that carries it, and each part of that."""
    photograph = _photographed(house, case)
    draft = issuing.choose_evidence(
        letter=factories.a_draft(house, case),
        photographs=[photograph] if with_photograph else [],  # refused without consent
        enclosures=(),
        by=house.clinician,
        at=NOW,
    )
    letter = factories.signed(draft, by=house.clinician)
    make_files(letter_id=letter.pk, at=NOW)
    queued = delivery.queue_dispatch(letter=letter, channel=Channel.EMAIL, by=house.adviser, at=NOW)
    message = message_of(parcel_of(queued))
    leaves = [part for part in message.walk() if not part.is_multipart()]
    parts: list[Any] = [part.get_payload(decode=True) for part in leaves]
    files = [bytes(file.data) for file in LetterFile.objects.filter(letter=letter)]
    return [message.as_bytes(), *parts, *files]


def _everything_in(data: bytes) -> Iterator[str]:
    """All that can be read out of a file, through every wrapping that it has."""
    yield data.decode("utf-8", "replace")
    yield data.decode("utf-16-be", "replace")
    if data.startswith(b"%PDF"):
        yield from _everything_in_pdf(data)
    elif data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name
                yield from _everything_in(archive.read(name))


def _everything_in_pdf(data: bytes) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(data):
        yield page.get_textpage().get_text_range()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for found in pdf.objects:
            if isinstance(found, pikepdf.Stream):
                yield from _everything_in(found.read_raw_bytes())
                yield from _unpacked(found)
            yield str(found.unparse(resolved=True) if hasattr(found, "unparse") else found)


def _unpacked(stream: pikepdf.Stream) -> Iterator[str]:
    try:
        yield from _everything_in(stream.read_bytes())
    except pikepdf.PdfError:
        return  # a picture: its raw bytes were read


@ONE_HOUSE
@given(agreed=st.sets(st.sampled_from(sorted(TOLD))))
@example(agreed=set())
@example(agreed=set(TOLD))
def test_a_letter_tells_what_was_agreed_to_and_nothing_else(
    house: factories.House, agreed: set[DataItem]
) -> None:
    case = _telling_case(house, {DataItem.HOUSING_CONDITIONS, *agreed})

    sent = _sent(house, case, with_photograph=DataItem.PHOTOGRAPHS in agreed)

    parts = [part for data in sent for part in _everything_in(data)]
    found = " ".join(" ".join(parts).split()).casefold()
    marks = {mark: item for item, words in TOLD.items() for mark in words}
    told = {mark for mark in marks if mark in found}
    assert {marks[mark] for mark in told} <= agreed
    if agreed == set(TOLD):
        assert told == set(marks)
    never = (*NEVER, case.patient.nhs_number)
    assert [mark for mark in never if mark.casefold() in found] == []
