"""The pages of the directory of landlords."""

from datetime import date

import pytest
from django.test import Client

from letters.audit.models import AuditEvent
from letters.cases.landlords.models import LandlordContact
from letters.cases.models import Case, Landlord, Tenancy
from letters.drafting.phrases import short_day
from letters.issuing.models import Letter
from tests import factories
from tests.sign_in import browser_of
from tests.web.conftest import AsPerson, words

ENTRY = {
    "kind": "private_landlord",
    "name": "Maya Placeholder",
    "department": "",
    "address": "7 Specimen Road\nExampleton\nZZ99 3AF",
    "email": "",
    "source": "agreement",
    "source_detail": "",
    "source_on-day": "5",
    "source_on-month": "10",
    "source_on-year": "2026",
}
AGENT = {key: value for key, value in ENTRY.items() if key not in ("kind", "department")} | {
    "name": "Specimen Lettings",
    "telephone": "020 7946 0105",
}


@pytest.fixture
def landlord(house: factories.House) -> Landlord:
    return factories.a_landlord(house)


def test_the_directory_lists_the_partnerships_own_by_name(
    house: factories.House, clinician: Client, adviser: Client, landlord: Landlord
) -> None:
    adviser.post("/landlords/enter/", ENTRY | {"name": "Aay Placeholder"})
    other = adviser_of_another_house()
    other.post("/landlords/enter/", ENTRY | {"name": "Elsewhere Placeholder"})

    page = words(clinician.get("/landlords/"))

    assert page.index("Aay Placeholder") < page.index(landlord.name)
    assert "Elsewhere Placeholder" not in page
    assert "Add a landlord" not in page


def test_a_search_answers_where_it_is(adviser: Client, landlord: Landlord) -> None:
    found = adviser.post("/landlords/", {"words": "exampleton COUNCIL"})
    missed = words(adviser.post("/landlords/", {"words": "Sampleton"}))

    assert f"/landlords/{landlord.pk}/" in words(found)
    assert "1 found" in words(found)
    assert "None has all of these words" in missed
    assert "Enter one or more words" in words(adviser.post("/landlords/", {"words": ""}))


def test_a_long_directory_is_paged_and_asks_as_often_for_many_as_for_few(
    house: factories.House, adviser: Client, django_assert_max_num_queries: object
) -> None:
    for _ in range(51):
        factories.a_landlord(house)

    with django_assert_max_num_queries(12):  # type: ignore[operator]  # a fixture
        page = words(adviser.get("/landlords/"))

    assert page.count("Civic Centre") == 50
    assert words(adviser.get("/landlords/?page=2")).count("Civic Centre") == 1


def test_an_entry_says_where_it_comes_from(adviser: Client) -> None:
    response = adviser.post("/landlords/enter/", ENTRY, follow=True)

    page = words(response)
    assert "Maya Placeholder" in page
    assert f"The agreement for the home, {short_day(date(2026, 10, 5))}" in page


def test_an_entry_without_a_source_is_refused(adviser: Client) -> None:
    page = words(adviser.post("/landlords/enter/", ENTRY | {"source": ""}))

    assert "Choose where this comes from" in page
    assert not Landlord.objects.exists()


def test_a_landlord_from_a_case_has_said_no_source(clinician: Client, landlord: Landlord) -> None:
    assert "Nobody has said where this came from" in words(
        clinician.get(f"/landlords/{landlord.pk}/")
    )


def test_a_changed_entry_shows_what_was_there_before(adviser: Client, landlord: Landlord) -> None:
    kept = ENTRY | {"kind": "council", "name": landlord.name}

    page = words(adviser.post(f"/landlords/{landlord.pk}/change/", kept, follow=True))

    assert "7 Specimen Road" in page
    assert "Civic Centre" in page[page.index("What was here before") :]


def test_an_agent_is_recorded_and_taken_out(adviser: Client, landlord: Landlord) -> None:
    address = f"/landlords/{landlord.pk}/contacts/agent"

    page = words(adviser.post(f"{address}/record/", AGENT, follow=True))
    form = words(adviser.get(f"{address}/record/"))
    adviser.post(f"{address}/end/")
    after = words(adviser.post(f"{address}/end/", follow=True))

    assert "Letters go to the landlord" in page
    assert 'value="Specimen Lettings"' in form
    assert "Specimen Lettings" in after[after.index("What was here before") :]
    assert LandlordContact.objects.get().ended_by is not None


def test_a_contact_of_no_known_kind_is_not_found(adviser: Client, landlord: Landlord) -> None:
    assert adviser.get(f"/landlords/{landlord.pk}/contacts/owner/record/").status_code == 404


def test_only_cases_that_one_may_see_are_shown(house: factories.House, signed_in: AsPerson) -> None:
    case = factories.a_case(house)
    address = f"/landlords/{case.tenancy.landlord_id}/"

    shown = [
        case.reference in words(signed_in(person).get(address))
        for person in (house.clinician, house.adviser, factories.an_administrator(house))
    ]

    assert shown == [True, False, False]


def test_looking_at_a_landlord_is_written_down(
    house: factories.House, clinician: Client, landlord: Landlord
) -> None:
    clinician.get(f"/landlords/{landlord.pk}/")

    look = AuditEvent.objects.get(verb="viewed", subject_type="Landlord")
    assert (look.subject_id, look.actor_id) == (landlord.pk, house.clinician.pk)


def test_another_partnerships_landlord_is_not_found(landlord: Landlord) -> None:
    other = adviser_of_another_house()
    addresses = ("", "change/", "contacts/agent/record/", f"merge/{landlord.pk}/")

    answers = [other.get(f"/landlords/{landlord.pk}/{each}").status_code for each in addresses]

    assert answers == [404] * 4
    assert other.post(f"/landlords/{landlord.pk}/contacts/agent/end/").status_code == 404


def test_a_clinician_reads_and_changes_nothing(clinician: Client, landlord: Landlord) -> None:
    page = words(clinician.get(f"/landlords/{landlord.pk}/"))

    assert "Change this entry" not in page
    for address in ("change/", "contacts/agent/record/", f"merge/{landlord.pk}/"):
        assert clinician.post(f"/landlords/{landlord.pk}/{address}", ENTRY).status_code == 403


def test_two_entries_are_compared_and_merged(
    house: factories.House, adviser: Client, landlord: Landlord
) -> None:
    case = factories.a_case(house)
    other = case.tenancy.landlord_id
    address = f"/landlords/{landlord.pk}/merge/{other}/"

    alike = words(adviser.get("/landlords/alike/"))
    unsaid = words(adviser.post(address, {}))
    page = words(adviser.post(address, {"kept": str(landlord.pk)}, follow=True))
    again = adviser.post(address, {"kept": str(landlord.pk)})

    assert "Compare these two" in alike
    assert "Choose which entry stays" in unsaid
    assert "Merged: cases of both name this landlord now" in page
    assert again.status_code == 404
    case.tenancy.refresh_from_db()
    assert case.tenancy.landlord == landlord
    assert "Compare these two" not in words(adviser.get("/landlords/alike/"))


def adviser_of_another_house() -> Client:
    return browser_of(factories.a_house().adviser)


AGENT_ALONE = {key: value for key, value in ENTRY.items() if key != "name"} | {
    "agent": "Specimen Lettings"
}


@pytest.fixture
def private_case(house: factories.House) -> Case:
    """Of which nobody knows the landlord yet."""
    case = factories.a_full_case(house)
    Tenancy.objects.filter(pk=case.tenancy_id).update(
        tenure="private_tenancy", landlord_kind="private_landlord", landlord=None
    )
    case.refresh_from_db()
    return case


def test_an_agent_named_as_landlord_is_warned_of_and_stops_nothing(
    clinician: Client, private_case: Case
) -> None:
    named = {key: AGENT[key] for key in ("name", "address")} | {"kind": "private_landlord"}
    case = f"/cases/{private_case.pk}/"

    clinician.post(f"{case}landlord/name-new/", named)
    asked = [case, f"{case}landlord/name/", f"{case}letters/draft/"]
    drafted = clinician.post(f"{case}letters/draft/", follow=True)

    for page in (*(clinician.get(each) for each in asked), drafted):
        assert "looks like an agent" in words(page)
    assert drafted.redirect_chain


def test_only_the_agent_is_known(clinician: Client, private_case: Case) -> None:
    address = f"/cases/{private_case.pk}/landlord/name-agent/"

    page = words(clinician.post(address, AGENT_ALONE, follow=True))
    clinician.post(address, AGENT_ALONE)

    assert "Only the agent is known, so letters go to the landlord care of the agent" in page
    landlord = Landlord.objects.get(name_words=[])
    assert (landlord.name, landlord.address[0]) == ("Landlord", "care of Specimen Lettings")
    assert LandlordContact.objects.get(landlord=landlord).role == "agent"


def test_a_letter_to_a_landlord_without_a_name_goes_care_of_the_agent(
    clinician: Client, private_case: Case
) -> None:
    clinician.post(f"/cases/{private_case.pk}/landlord/name-agent/", AGENT_ALONE)

    clinician.post(f"/cases/{private_case.pk}/letters/draft/")

    said = Letter.objects.get(case=private_case).content
    lines = ["Landlord", "care of Specimen Lettings", "7 Specimen Road", "Exampleton", "ZZ99 3AF"]
    assert said["addressee"] == lines
    assert said["salutation"] == "Dear Landlord"


def test_the_name_of_a_councils_manager_is_warned_of(
    house: factories.House, adviser: Client
) -> None:
    case = factories.a_full_case(house)
    council, named = factories.a_landlord(house), case.tenancy.landlord
    assert named is not None
    manager = AGENT | {"name": named.name}
    adviser.post(f"/landlords/{council.pk}/contacts/arms_length_manager/record/", manager)

    page = words(adviser.get(f"/cases/{case.pk}/"))

    assert "arm&#39;s-length manager of a landlord&#39;s homes" in page


def test_the_right_landlord_is_not_warned_of(house: factories.House, adviser: Client) -> None:
    case = factories.a_full_case(house)

    assert "Is this the right landlord?" not in words(adviser.get(f"/cases/{case.pk}/"))
