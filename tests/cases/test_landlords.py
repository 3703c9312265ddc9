"""The directory of landlords: finding, keeping and merging entries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from letters.access.errors import NotAllowed
from letters.audit.models import AuditEvent
from letters.cases import actions as cases
from letters.cases.errors import DateInTheFuture
from letters.cases.landlords import actions, queries
from letters.cases.landlords.errors import (
    ContactOutOfReach,
    KindInUse,
    LandlordMerged,
    ManagerUnclear,
    NotDuplicates,
)
from letters.cases.landlords.models import FormerEntry, LandlordContact
from letters.cases.landlords.vocabulary import ContactRole, EntrySource
from letters.cases.landlords.words import normal_words
from letters.cases.models import Landlord
from letters.delivery import actions as delivery
from letters.delivery.models import Channel
from letters.incoming.matching import match
from letters.incoming.reading.read import read
from letters.law.tenures import LandlordKind
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db
BEFORE = "0017_mark_cases_open_to_advisers"
SAID = {
    "source": EntrySource.NOTICE,
    "source_detail": "Rent demand of October",
    "source_on": date(2026, 10, 5),
}


@pytest.fixture
def house() -> factories.House:
    return factories.a_house()


def an_entry(house: factories.House, **given: Any) -> Landlord:
    entry: dict[str, Any] = {
        "partnership": house.partnership,
        "kind": LandlordKind.REGISTERED_PROVIDER,
        "name": "Exampleton Homes Ltd (invented)",
        "department": "",
        "address": ("3 Specimen Road", "Exampleton", "ZZ99 3AC"),
        "email": "letters@homes.example",
        "by": house.adviser,
        "at": NOW,
    }
    return actions.enter_landlord(**(entry | SAID | given))


def a_contact(house: factories.House, landlord: Landlord, **given: Any) -> LandlordContact:
    contact: dict[str, Any] = {
        "role": ContactRole.REPAIRS,
        "name": "Repairs line",
        "address": (),
        "email": "",
        "telephone": "020 7946 0102",
        "by": house.adviser,
        "at": NOW,
    }
    return actions.record_contact(landlord=landlord, **(contact | SAID | given))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Exampleton Homes Ltd", "The EXAMPLETON Homes Limited"),
        ("O'Specimen & Co.", "OSpecimen and Co"),
        ("Zoë Placeholder", "Zoe  Placeholder"),
    ],
)
def test_names_of_the_same_words_are_alike(one: str, other: str) -> None:
    assert normal_words(one) == normal_words(other)


def test_a_landlord_is_found_by_whole_words_in_their_partnership(house: factories.House) -> None:
    landlord, _ = an_entry(house), an_entry(house, name="Sampleton Trust")
    an_entry(factories.a_house())
    seen = queries.visible_to(house.clinician)

    assert list(queries.named_like(seen, "homes exampleton")) == [landlord]
    assert not queries.named_like(seen, "exam").exists()
    assert not queries.named_like(seen, "Ltd").exists()


def test_no_word_of_a_name_is_readable_in_the_database(house: factories.House) -> None:
    landlord = an_entry(house, name="Maya Sampleton", kind=LandlordKind.PRIVATE_LANDLORD)
    a_contact(house, landlord, name="Sampleton Lettings")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(l)::text || row_to_json(c)::text FROM letters_landlord l"
            " JOIN letters_landlordcontact c ON c.landlord_id = l.id"
        )
        (stored,) = cursor.fetchone()

    assert not [said for said in ("sampleton", "Rent demand", "ZZ99") if said in stored.lower()]


def test_a_changed_entry_is_found_by_what_it_says_now(house: factories.House) -> None:
    landlord = an_entry(house)

    change(house, landlord, name="Placeholder Homes")

    seen = queries.visible_to(house.adviser)
    assert not queries.named_like(seen, "Exampleton").exists()
    assert queries.named_like(seen, "Placeholder").get() == landlord


def test_what_an_entry_said_before_is_kept_once(house: factories.House) -> None:
    landlord = an_entry(house)

    change(house, landlord, address=("4 Specimen Road", "ZZ99 3AD"))
    change(house, landlord, address=("4 Specimen Road", "ZZ99 3AD"))

    before = FormerEntry.objects.get()
    assert before.said["address"] == ["3 Specimen Road", "Exampleton", "ZZ99 3AC"]
    assert (before.said["source_on"], before.changed_by) == ("2026-10-05", house.adviser)
    assert AuditEvent.objects.get(verb="change_landlord").subject_id == landlord.pk


def test_the_kind_of_a_landlord_that_cases_name_stays(house: factories.House) -> None:
    landlord = factories.a_case(house).tenancy.landlord
    assert landlord is not None

    with pytest.raises(KindInUse):
        change(house, landlord, kind=LandlordKind.REGISTERED_PROVIDER)


def test_a_source_of_tomorrow_is_refused(house: factories.House) -> None:
    with pytest.raises(DateInTheFuture):
        an_entry(house, source_on=NOW.date() + timedelta(days=1))


def test_who_keeps_a_directory(house: factories.House) -> None:
    for person in (house.clinician, house.evaluator, factories.a_house().adviser):
        with pytest.raises(NotAllowed):
            an_entry(house, by=person)

    entry = an_entry(house, by=factories.an_administrator(house))
    assert entry in queries.visible_to(house.clinician)


def test_a_contact_takes_the_place_of_the_one_before(house: factories.House) -> None:
    landlord = an_entry(house)

    first = a_contact(house, landlord)
    again = a_contact(house, landlord)
    second = a_contact(house, landlord, telephone="020 7946 0103")

    assert first == again
    assert queries.contact_of(landlord, ContactRole.REPAIRS) == second
    first.refresh_from_db()
    assert (first.ended_at, first.ended_by) == (NOW, house.adviser)


def test_a_contact_can_be_reached(house: factories.House) -> None:
    landlord = an_entry(house)

    with pytest.raises(ContactOutOfReach):
        a_contact(house, landlord, telephone="")
    for given in ({"address": ()}, {"name": "", "address": ("5 Specimen Road", "ZZ99 3AE")}):
        with pytest.raises(ManagerUnclear):
            a_contact(house, landlord, role=ContactRole.AGENT, **given)


def test_a_contact_is_ended_once(house: factories.House) -> None:
    landlord = an_entry(house)
    a_contact(house, landlord)

    for _ in range(2):
        actions.end_contact(landlord=landlord, role=ContactRole.REPAIRS, by=house.adviser, at=NOW)

    assert queries.contact_of(landlord, ContactRole.REPAIRS) is None
    assert AuditEvent.objects.filter(verb="end_landlord_contact").count() == 1


def test_likely_duplicates_are_of_one_kind_and_alike(house: factories.House) -> None:
    one = an_entry(house)
    same_words = an_entry(house, name="The Exampleton Homes (INVENTED)", address=("9 Far", "Town"))
    near = an_entry(house, name="Exampleton Homes North", address=("3 Specimen Rd", "ZZ99 3AC"))
    an_entry(house, name="Placeholder Trust")  # only the postcode is the same
    an_entry(house, kind=LandlordKind.UNREGISTERED_PROVIDER)
    an_entry(factories.a_house())

    pairs = {frozenset(pair) for pair in queries.likely_duplicates(queries.kept_by(house.adviser))}

    assert pairs == {frozenset({one, same_words}), frozenset({one, near})}


def test_merging_moves_every_tenancy_and_changes_no_approved_letter(
    house: factories.House,
) -> None:
    factories.law_signed(house)
    letter = factories.an_approved_letter(house)
    goes, stays = letter.case.tenancy.landlord, factories.a_landlord(house)
    assert goes is not None
    agreed = letter.content

    for _ in range(2):
        actions.merge_landlords(kept=stays, duplicate=goes, by=house.adviser)

    letter = type(letter).objects.get(pk=letter.pk)
    assert letter.case.tenancy.landlord == stays
    assert letter.content == agreed
    assert goes not in queries.visible_to(house.adviser)
    assert AuditEvent.objects.filter(verb="merge_landlords").count() == 1
    moved = AuditEvent.objects.get(verb="move_to_merged_landlord")
    assert moved.subject_id == letter.case_id


def test_a_letter_to_a_merged_landlord_of_another_name_is_held(house: factories.House) -> None:
    factories.law_signed(house)
    letter = factories.with_files(factories.an_approved_letter(house))
    queued = delivery.queue_dispatch(
        letter=letter, channel=Channel.DOWNLOAD, by=house.adviser, at=NOW
    )
    goes = letter.case.tenancy.landlord
    assert goes is not None
    stays = an_entry(house, kind=LandlordKind.COUNCIL, name="Sampleton Council")

    actions.merge_landlords(kept=stays, duplicate=goes, by=house.adviser)
    held = delivery.deliver(dispatch_id=queued.pk, at=NOW)

    assert (held.status, held.reason) == ("cancelled", "addressee_changed")


def test_merging_takes_over_the_contacts_that_are_missing(house: factories.House) -> None:
    stays, goes = an_entry(house), an_entry(house)
    own = a_contact(house, stays)
    a_contact(house, goes, telephone="020 7946 0104")
    complaints = a_contact(house, goes, role=ContactRole.COMPLAINTS)

    actions.merge_landlords(kept=stays, duplicate=goes, by=house.adviser)

    assert queries.contact_of(stays, ContactRole.REPAIRS) == own
    assert queries.contact_of(stays, ContactRole.COMPLAINTS) == complaints


def test_only_two_of_a_kind_are_merged(house: factories.House) -> None:
    one = an_entry(house)

    for other in (one, an_entry(house, kind=LandlordKind.COUNCIL), an_entry(factories.a_house())):
        with pytest.raises(NotDuplicates):
            actions.merge_landlords(kept=one, duplicate=other, by=house.adviser)


def test_what_was_merged_is_merged_into_nothing_else(house: factories.House) -> None:
    one, other, third = (an_entry(house) for _ in range(3))
    actions.merge_landlords(kept=one, duplicate=other, by=house.adviser)

    for kept, duplicate in ((third, other), (other, third), (other, one)):
        with pytest.raises(LandlordMerged):
            actions.merge_landlords(kept=kept, duplicate=duplicate, by=house.adviser)
    with pytest.raises(LandlordMerged):
        change(house, other, name="Another")


def test_who_chose_a_merged_landlord_names_the_one_that_stayed(house: factories.House) -> None:
    case = factories.a_case(house)
    stays, goes = factories.a_landlord(house), factories.a_landlord(house)
    actions.merge_landlords(kept=stays, duplicate=goes, by=house.adviser)

    cases.name_landlord(case=case, landlord=goes, by=house.clinician)

    case.tenancy.refresh_from_db()
    assert case.tenancy.landlord == stays


def test_mail_to_a_merged_landlord_still_suggests_its_cases(house: factories.House) -> None:
    case = factories.a_case(house)
    goes = case.tenancy.landlord
    assert goes is not None
    stays = an_entry(house, kind=LandlordKind.COUNCIL)
    actions.merge_landlords(kept=stays, duplicate=goes, by=house.adviser)

    mail = b"From: repairs@council.example\r\nTo: x@y.example\r\nSubject: Hello\r\n\r\nWe come."
    matched = match(read(mail))

    assert [pk for pk, _ in matched.decision.suggestions] == [case.pk]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_merge_the_other_way_round_merge_once() -> None:
    house = factories.a_house()
    case = factories.a_case(house)
    one, other = case.tenancy.landlord, factories.a_landlord(house)
    assert one is not None
    pairs = [{"kept": one, "duplicate": other}, {"kept": other, "duplicate": one}] * 4

    with ThreadPoolExecutor(8) as people:
        done = list(people.map(lambda pair: in_a_thread(house, pair), pairs))

    standing = Landlord.objects.get(partnership=house.partnership, merged_into=None)
    case.tenancy.refresh_from_db()
    assert case.tenancy.landlord == standing
    assert sorted(done) == [False] * 4 + [True] * 4
    assert AuditEvent.objects.filter(verb="merge_landlords").count() == 1


def in_a_thread(house: factories.House, pair: dict[str, Landlord]) -> bool:
    """Whether the merge was done, or had been."""
    try:
        actions.merge_landlords(**pair, by=house.adviser)
    except LandlordMerged:
        return False
    finally:
        connections.close_all()
    return True


@pytest.mark.django_db(transaction=True)
def test_landlords_from_before_are_found_after_the_change() -> None:
    house = factories.a_house()
    landlord = factories.a_landlord(house)
    executor = MigrationExecutor(connection)
    executor.migrate([("letters", BEFORE)])

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())

    assert queries.named_like(queries.visible_to(house.adviser), "exampleton").get() == landlord


def change(house: factories.House, landlord: Landlord, **given: Any) -> Landlord:
    entry: dict[str, Any] = {
        "kind": LandlordKind(landlord.kind),
        "name": landlord.name,
        "department": landlord.department,
        "address": landlord.address,
        "email": landlord.email,
        "by": house.adviser,
        "at": NOW,
    }
    return actions.change_landlord(landlord=landlord, **(entry | SAID | given))
