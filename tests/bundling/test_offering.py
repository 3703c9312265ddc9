"""What may go into a bundle, what is left out, and that nothing is left out in silence."""

from datetime import timedelta

import pytest

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.bundling import errors
from letters.bundling.chronology import chronology_of
from letters.bundling.models import Bundle, PartKind
from letters.bundling.offering import Offer, offer_for
from letters.bundling.queries import visible_to
from letters.cases import actions as cases
from letters.cases.models import Case
from letters.drafting.vocabulary import DataItem, Recipient
from letters.evidence import actions as evidence
from letters.issuing import actions as issuing
from letters.issuing.files import make_files
from letters.issuing.models import Letter
from letters.law.hazards import Hazard
from letters.outcomes.models import Response
from letters.rendering.pictures import Rectangle
from letters.tracking import actions as tracking
from tests import factories
from tests.bundling.conftest import LATER, Filed, a_document, a_photograph
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def kinds(offer: Offer) -> list[PartKind]:
    return [part.kind for part in offer.parts]


def why(offer: Offer, title: str) -> str:
    return next(each.because for each in offer.left_out if title in each.title)


def agree_to(filed: Filed, *items: DataItem) -> None:
    """A new conversation: the ombudsman may be told this much, the adviser everything."""
    house, case = filed.house, filed.case
    cases.withdraw_consent(case=case, reason="", by=house.clinician, at=LATER)
    factories.consent(house, case, items=tuple(DataItem), given_on=NOW.date())
    consent = case.consent_set.get(withdrawn_at=None)
    for item in items:
        consent.consentgrant_set.create(recipient="ombudsman", purpose="escalation", item=item)


def test_parts_stand_in_the_order_in_which_they_are_bound(filed: Filed) -> None:
    filed.reply(Response.Kind.ACKNOWLEDGED)
    filed.claim()

    assert kinds(filed.offer()) == [
        PartKind.LETTER,
        PartKind.DOCUMENT,
        PartKind.PROOF,
        PartKind.RESPONSE,
        PartKind.CLAIM,
        PartKind.PHOTOGRAPH,
        PartKind.DOCUMENT,
    ]
    assert filed.offer().left_out == ()


def test_what_was_not_agreed_to_is_left_out_and_said(filed: Filed) -> None:
    filed.reply(Response.Kind.ACKNOWLEDGED)
    agree_to(filed, DataItem.HOUSING_CONDITIONS)

    offer = filed.offer()

    assert kinds(offer) == [PartKind.DOCUMENT, PartKind.DOCUMENT]
    assert why(offer, "Report of a hazard").startswith(
        "the patient has not agreed that an ombudsman or tribunal may be told: the diagnosis"
    )
    assert why(offer, "Reply: acknowledged") == why(offer, "Report of a hazard")
    assert why(offer, "Photograph 1").endswith("may be told: photographs of the home")


def test_a_document_that_tells_more_is_left_out(filed: Filed) -> None:
    agree_to(filed, DataItem.HOUSING_CONDITIONS, DataItem.DIAGNOSIS)
    told = (DataItem.OPINION, DataItem.HOUSING_CONDITIONS)
    a_document(filed.house, filed.case, "Letter of the clinic", tells=told)

    assert "the clinician's opinion" in why(filed.offer(), "Letter of the clinic")


@pytest.mark.parametrize("reader", [Recipient.COUNCIL, Recipient.OMBUDSMAN])
def test_a_reader_of_whom_nothing_was_agreed(house: factories.House, reader: Recipient) -> None:
    case = factories.a_full_case(house)

    with pytest.raises(errors.NotAgreed):
        offer_for(case, reader=reader, by=house.adviser, day=LATER.date())


def test_nobody_else_reads_a_bundle(filed: Filed) -> None:
    with pytest.raises(errors.NotForThisReader):
        filed.offer(Recipient.EVALUATOR)


def test_evidence_that_advisers_may_not_see_is_left_out(
    house: factories.House, filed: Filed
) -> None:
    consent = filed.case.consent_set.get(withdrawn_at=None)
    consent.consentgrant_set.filter(recipient="adviser", item="photographs").delete()

    offer = filed.offer()

    assert PartKind.PHOTOGRAPH not in kinds(offer)
    assert PartKind.DOCUMENT not in kinds(offer)
    assert why(offer, "photograph").startswith("the patient has not agreed that you may see")
    assert "Black mould" not in str(offer.left_out)


def test_a_letter_withdrawn_before_it_left(house: factories.House, filed: Filed) -> None:
    second = approved(house, filed.case)
    issuing.withdraw_letter(letter=second, by=house.clinician, at=LATER)

    offer = filed.offer()

    assert kinds(offer).count(PartKind.LETTER) == 1
    assert why(offer, "Report of a hazard") == "it was withdrawn before it left"


def test_a_letter_withdrawn_after_it_left_stays_part_of_what_happened(filed: Filed) -> None:
    issuing.withdraw_letter(letter=filed.letter, by=filed.house.clinician, at=LATER)

    assert filed.offer().parts[0].title.endswith("(withdrawn later)")


def test_a_letter_whose_file_is_not_made_yet(house: factories.House, filed: Filed) -> None:
    factories.signed(factories.a_draft(house, filed.case), by=house.clinician)

    assert "look again in a minute" in why(filed.offer(), "Report of a hazard")


def test_a_document_sent_twice_is_bound_once(house: factories.House, filed: Filed) -> None:
    draft = factories.a_draft(house, filed.case)
    issuing.choose_evidence(
        letter=draft, photographs=[], enclosures=[filed.report], by=house.clinician, at=NOW
    )
    make_files(letter_id=factories.signed(draft, by=house.clinician).pk, at=NOW)

    titles = [part.title for part in filed.offer().parts]
    assert sum("Inspection report" in title for title in titles) == 1


def approved(house: factories.House, case: Case, *photographs: object) -> Letter:
    draft = factories.a_draft(house, case)
    issuing.choose_evidence(
        letter=draft,
        photographs=photographs,  # type: ignore[arg-type]  # rows of photographs
        enclosures=[],
        by=house.clinician,
        at=NOW,
    )
    letter = factories.signed(draft, by=house.clinician)
    make_files(letter_id=letter.pk, at=NOW)
    return letter


def test_a_photograph_in_a_letter_is_not_chosen_again(house: factories.House, filed: Filed) -> None:
    approved(house, filed.case, filed.photograph)

    (part,) = [part for part in filed.offer().parts if part.kind is PartKind.PHOTOGRAPH]
    assert part.hesitation.startswith("Printed already in: Report of a hazard")
    assert part.key not in filed.ticked()


def test_a_letter_that_shows_what_was_hidden_since(house: factories.House, filed: Filed) -> None:
    letter = approved(house, filed.case, filed.photograph)
    part = Rectangle(left=0, top=0, width=0.5, height=0.5)
    evidence.redact_photograph(
        photograph=filed.photograph, parts=[part], reason="A face", by=house.clinician, at=NOW
    )

    (found,) = [part for part in filed.offer().parts if part.row_id == letter.pk]
    assert "before something in it was hidden" in found.hesitation


def test_a_photograph_that_nobody_described(house: factories.House, filed: Filed) -> None:
    photograph = a_photograph(house, filed.case, turn=9)
    type(photograph).objects.filter(pk=photograph.pk).update(shows="", taken_by="")

    assert "nobody has said" in why(filed.offer(), "Photograph 2")


def test_retaliation_is_told_of_only_where_an_adviser_chooses(filed: Filed) -> None:
    reply = filed.reply(Response.Kind.RETALIATED, summary="A notice to quit.")
    key = f"response-{reply.pk}"

    assert key not in filed.ticked()
    said = [told.says for told in chronology_of(filed.case, filed.ticked())]
    assert not any("etaliat" in each for each in said)
    said = [told.says for told in chronology_of(filed.case, [*filed.ticked(), key])]
    assert "Reply: retaliated" in said


def test_chronology_tells_of_what_was_chosen_alone(filed: Filed) -> None:
    filed.reply(Response.Kind.INSPECTED)
    filed.claim()

    assert [told.says for told in chronology_of(filed.case, [])] == [
        f"First noticed: {Hazard.DAMP_AND_MOULD.label.lower()}"
    ]
    told = chronology_of(filed.case, filed.ticked())
    assert [each.on for each in told] == sorted(each.on for each in told)
    assert "The home was inspected" in [each.says for each in told]


def test_chronology_tells_of_dates_that_passed(filed: Filed) -> None:
    tracking.mark_missed(at=NOW + timedelta(days=60))

    told = chronology_of(filed.case, filed.ticked())

    passed = [each for each in told if each.says.startswith("A date passed without word: ")]
    assert passed
    assert all(each.part in {None, f"letter-{filed.letter.pk}"} for each in passed)


def test_ask_for_bundle_freezes_what_was_chosen(filed: Filed) -> None:
    bundle = filed.ask()

    assert [each["kind"] for each in bundle.parts] == [
        *("letter", "document", "proof", "photograph", "document"),
    ]
    assert bundle.shows_evidence
    assert DataItem.PHOTOGRAPHS in bundle.told
    assert AuditEvent.objects.filter(verb="ask_for_bundle", subject_id=bundle.pk).exists()


def test_ask_for_bundle_twice_is_one(filed: Filed) -> None:
    assert filed.ask() == filed.ask()
    assert filed.ask() != filed.ask(title="Another")
    assert Bundle.objects.count() == 2


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"parts": []}, errors.NothingChosen),
        ({"parts": ["letter-of-nobody"]}, errors.PartGone),
        ({"title": " \u200b"}, errors.TitleMissing),
        ({"most_pages": 5}, errors.PagesOutOfRange),
        ({"most_pages": 5000}, errors.PagesOutOfRange),
        ({"most_megabytes": 0}, errors.SizeOutOfRange),
        ({"most_megabytes": 101}, errors.SizeOutOfRange),
        ({"reader": Recipient.PATIENT}, errors.NotForThisReader),
    ],
)
def test_ask_for_bundle_refuses(
    filed: Filed, other: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        filed.ask(**other)

    assert not Bundle.objects.exists()


def test_ask_for_bundle_is_an_advisers_to_do(filed: Filed) -> None:
    with pytest.raises(NotAllowed):
        filed.ask(by=filed.house.clinician)


def test_bundles_are_seen_by_who_may_see_all_of_them(filed: Filed) -> None:
    bundle = filed.ask()
    assert visible_to(filed.house.adviser).get() == bundle
    assert not visible_to(factories.a_house().adviser).exists()

    consent = filed.case.consent_set.get(withdrawn_at=None)
    consent.consentgrant_set.filter(recipient="adviser", item="photographs").delete()
    assert not visible_to(filed.house.adviser).exists()
