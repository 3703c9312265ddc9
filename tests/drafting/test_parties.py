"""Who is likely not the party that the law needs, told by tenure, kind, nation and name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.parties import NOT_NAMED, Party, Reads, doubts_about, reads_as
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import LandlordKind, Tenure

COUNCIL, ASSOCIATION = LandlordKind.COUNCIL, LandlordKind.REGISTERED_PROVIDER
PRIVATE, NOT_KNOWN = LandlordKind.PRIVATE_LANDLORD, LandlordKind.NOT_KNOWN


def reasons(
    name: str,
    kind: LandlordKind,
    tenure: Tenure,
    *,
    said: LandlordKind = NOT_KNOWN,
    nation: Jurisdiction = Jurisdiction.ENGLAND,
    is_known_agent: bool = False,
    is_known_manager: bool = False,
) -> str:
    party = Party(
        name=name,
        kind=kind,
        is_known_agent=is_known_agent,
        is_known_manager=is_known_manager,
    )
    found = doubts_about(party, tenure=tenure, landlord_kind=said, jurisdiction=nation)
    return "; ".join(doubt.reason for doubt in found)


@pytest.mark.parametrize(
    ("name", "kind", "tenure"),
    [
        ("Exampleton Borough Council", COUNCIL, Tenure.COUNCIL_TENANCY),
        ("Exampleton Homes", ASSOCIATION, Tenure.HOUSING_ASSOCIATION_TENANCY),
        ("Sampleton Housing Association", ASSOCIATION, Tenure.HOUSING_ASSOCIATION_TENANCY),
        ("Maya Placeholder", PRIVATE, Tenure.PRIVATE_TENANCY),
        ("Maya Councillor", PRIVATE, Tenure.PRIVATE_TENANCY),  # a part of a word says nothing
        ("Exampleton Homes", ASSOCIATION, Tenure.NOT_KNOWN),
        ("Exampleton Council", COUNCIL, Tenure.TEMPORARY_ACCOMMODATION),
    ],
)
def test_the_right_party_is_not_doubted(name: str, kind: LandlordKind, tenure: Tenure) -> None:
    assert reasons(name, kind, tenure) == ""


@pytest.mark.parametrize(
    ("name", "kind", "tenure", "says"),
    [
        ("Specimen Lettings", PRIVATE, Tenure.PRIVATE_TENANCY, "looks like an agent"),
        ("Specimen Estate  Agents Ltd", PRIVATE, Tenure.PRIVATE_TENANCY, "looks like an agent"),
        ("Sampleton Council", COUNCIL, Tenure.HOUSING_ASSOCIATION_TENANCY, "a council, and"),
        ("Sampleton Council", ASSOCIATION, Tenure.HOUSING_ASSOCIATION_TENANCY, "a council, and"),
        ("Sampleton Housing Trust", COUNCIL, Tenure.COUNCIL_TENANCY, "a housing association, and"),
        ("Maya Placeholder", PRIVATE, Tenure.COUNCIL_TENANCY, "a private landlord, and"),
        ("Sampleton Council", COUNCIL, Tenure.PRIVATE_TENANCY, "held as: private tenancy"),
        ("Maya Placeholder", PRIVATE, Tenure.TEMPORARY_ACCOMMODATION, "placed the household"),
        (NOT_NAMED, PRIVATE, Tenure.PRIVATE_TENANCY, "Only the agent is known"),
    ],
)
def test_the_wrong_party_is_doubted(
    name: str, kind: LandlordKind, tenure: Tenure, says: str
) -> None:
    assert says in reasons(name, kind, tenure)


def test_what_the_directory_knows_counts() -> None:
    assert "an agent" in reasons("P", PRIVATE, Tenure.PRIVATE_TENANCY, is_known_agent=True)
    manager = reasons("Homes", COUNCIL, Tenure.COUNCIL_TENANCY, is_known_manager=True)
    assert "arm's-length manager" in manager


def test_a_kind_that_the_case_contradicts_is_doubted() -> None:
    found = reasons("Maya Placeholder", PRIVATE, Tenure.SUPPORTED_HOUSING, said=ASSOCIATION)

    assert "said to be let by a housing association" in found


def test_a_council_in_northern_ireland_is_no_landlord() -> None:
    nation = Jurisdiction.NORTHERN_IRELAND

    assert "enforce the law" in reasons(
        "Sampleton District Council", COUNCIL, Tenure.SUPPORTED_HOUSING, nation=nation
    )
    housing_executive = LandlordKind.HOUSING_EXECUTIVE
    assert not reasons(
        "Housing Executive", housing_executive, Tenure.HOUSING_EXECUTIVE_TENANCY, nation=nation
    )


def test_an_agents_name_is_read_before_a_councils() -> None:
    assert reads_as("Council Lettings") is Reads.AGENT


@given(
    name=st.text(max_size=30),
    kind=st.sampled_from(LandlordKind),
    said=st.sampled_from(LandlordKind),
    tenure=st.sampled_from(Tenure),
    nation=st.sampled_from(Jurisdiction),
)
def test_every_doubt_says_what_to_do(
    name: str, kind: LandlordKind, said: LandlordKind, tenure: Tenure, nation: Jurisdiction
) -> None:
    party = Party(name=name, kind=kind, is_known_agent=False, is_known_manager=False)

    for doubt in doubts_about(party, tenure=tenure, landlord_kind=said, jurisdiction=nation):
        assert doubt.reason
        assert doubt.to_do
