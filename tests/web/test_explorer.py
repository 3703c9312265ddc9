"""The law as anybody may read it, without signing in."""

import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.issuing.explorer import NOTICE
from letters.issuing.sources import library
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import Provision
from letters.law.tenures import Agreement
from letters.web.law_words import counting, period_length, reached
from tests import factories
from tests.web.conftest import AsPerson, words
from tests.web.test_urls import refuse_unclear

HOME = {
    "day-day": "1",
    "day-month": "12",
    "day-year": "2026",
    "tenure": "council_tenancy",
    "agreement": "tenancy",
    "landlord_kind": "council",
    "adjustment_requested": "not_known",
    "hazard_1": "damp_and_mould",
    "severity_1": "severe",
    "disrepair_1": "yes",
    "controlled_1": "yes",
    "heating_1": "no",
    "condition_1": "asthma",
    "age_1": "7",
    "awareness-day": "1",
    "awareness-month": "12",
    "awareness-year": "2026",
    "awareness-time": "10:00",
}
APPLIES = "/law/england/what-applies/"
_INVESTIGATION = "/law/england/hazards_in_social_housing_regulations_2025/standard_investigation/"


@pytest.fixture
def anybody(db: None) -> Client:
    return Client()


def _error(page: str, field: str) -> str:
    """What stands next to a field."""
    found = re.search(rf'id="{field}-error"[^>]*>(.*?)</(?:span|p)>\s', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""


@pytest.mark.parametrize("address", ["/law/", _INVESTIGATION, APPLIES, "/sign-in/"])
def test_pages_are_well_formed_for_anybody(anybody: Client, address: str) -> None:
    refuse_unclear(address, words(anybody.get(address)))


@pytest.mark.parametrize("address", ["/law/", _INVESTIGATION, APPLIES])
def test_every_page_says_that_no_lawyer_reviewed_it(anybody: Client, address: str) -> None:
    assert NOTICE in words(anybody.get(address))


def test_law_lists_every_provision(anybody: Client) -> None:
    page = words(anybody.get("/law/"))

    for provision in library().provisions:
        assert f'href="/law/{provision.jurisdiction}/{provision.id}/"' in page


def test_law_finds_by_words_and_day(anybody: Client) -> None:
    asked = {"words": "deregulation", "day-day": "1", "day-month": "5", "day-year": "2026"}

    assert "Nothing is found" in words(anybody.get("/law/", asked))
    assert "section_33/" in words(anybody.get("/law/", asked | {"day-month": "4"}))


def test_law_refuses_half_a_day(anybody: Client) -> None:
    page = words(anybody.get("/law/", {"day-day": "1"}))

    assert "The date must include a month" in page
    assert 'href="/law/england/' not in page.replace(APPLIES, "")


@pytest.mark.parametrize("provision", library().provisions, ids=lambda each: str(each.id))
def test_provision_says_all_that_its_file_says(provision: Provision, anybody: Client) -> None:
    page = words(anybody.get(f"/law/{provision.jurisdiction}/{provision.id}/"))

    text = page.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"')
    for version in provision.versions:
        said = [version.duty, version.remedy, version.forum, *_links(version.sources)]
        said += [doubt.says for doubt in version.doubts]
        said += [period_length(period) for period in version.periods]
        assert [words for words in said if words not in text] == []
    assert provision.reference.href in text
    refuse_unclear(provision.id, page)


def _links(sources: tuple[str, ...]) -> list[str]:
    return [source.split(" ", 1)[1] for source in sources]


def test_provision_that_is_gone_says_why(anybody: Client) -> None:
    page = words(anybody.get("/law/england/deregulation_act_2015/section_33/"))

    assert "Not in force today" in page
    assert "notices under section 21 of the Housing Act 1988 were abolished that day" in page


@pytest.mark.parametrize(
    "address",
    ["/law/atlantis/what-applies/", "/law/england/no_act/section_1/", "/law/atlantis/a/b/"],
)
def test_what_is_not_there_is_not_found(anybody: Client, address: str) -> None:
    assert anybody.get(address).status_code == 404


def test_what_applies_asks_before_it_answers(anybody: Client) -> None:
    page = words(anybody.get(APPLIES))

    assert "See what applies" in page
    assert "It applies" not in page
    assert "There is a problem" not in page


def test_what_applies_shows_law_days_and_what_was_left_out(anybody: Client) -> None:
    page = words(anybody.get(APPLIES, HOME))

    assert "Telephone first" in page
    assert "Tuesday\N{NO-BREAK SPACE}15\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2026" in page
    assert (
        "Saturday\N{NO-BREAK SPACE}5\N{NO-BREAK SPACE}December\N{NO-BREAK SPACE}2026: Saturday"
        in page
    )
    assert "Looked at and left out" in page
    assert "Questions to answer" in page
    refuse_unclear(APPLIES, page)


def test_what_applies_waits_for_a_fresh_report(anybody: Client) -> None:
    early = {"hazard_1": "excess_cold", "awareness-day": "29", "awareness-month": "11"}

    page = words(anybody.get(APPLIES, HOME | early))

    assert "waits for" in page


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"landlord_kind": "private_landlord"}, "landlord_kind", "cannot both be right"),
        ({"agreement": "lease"}, "agreement", "cannot both be right"),
        ({"hazard_2": "damp_and_mould", "severity_2": "present"}, "hazard_2", "once"),
        ({"severity_1": ""}, "severity_1", "Choose how bad it is"),
        ({"hazard_1": ""}, "hazard_1", "Choose a hazard"),
        ({"other_event": "claim_received"}, "other_at", "Say both"),
        (
            {"told_on_1-day": "2", "told_on_1-month": "12", "told_on_1-year": "2026"},
            "told_on_1",
            "no later than",
        ),
        (
            {
                "investigation_concluded-day": "30",
                "investigation_concluded-month": "11",
                "investigation_concluded-year": "2026",
                "investigation_concluded-time": "09:00",
            },
            "investigation_concluded",
            "after the landlord became aware",
        ),
        (
            {
                "other_event": "claim_received",
                "other_at-day": "1",
                "other_at-month": "1",
                "other_at-year": "2099",
                "other_at-time": "09:00",
            },
            "other_at",
            "bank holidays are published",
        ),
    ],
)
def test_what_applies_refuses_next_to_the_field(
    anybody: Client, changes: dict[str, str], field: str, says: str
) -> None:
    page = words(anybody.get(APPLIES, HOME | changes))

    assert says in _error(page, field)
    assert "There is a problem" in page
    assert "It applies" not in page


def test_what_applies_takes_another_event(anybody: Client) -> None:
    other = {
        "other_event": "complaint_received",
        "other_at-day": "1",
        "other_at-month": "12",
        "other_at-year": "2026",
        "other_at-time": "09.30",
    }

    page = words(anybody.get(APPLIES, HOME | other))

    assert "By\n" in page
    assert "the complaint was received" in page


def test_what_was_asked_is_kept_nowhere(anybody: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        response = anybody.get(APPLIES, HOME)

    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert len(queries) == 0
    assert not [each for each in caplog.records if "asthma" in str(vars(each))]


def test_the_law_is_read_without_a_row(anybody: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        anybody.get("/law/")
        anybody.get(_INVESTIGATION)

    assert len(queries) == 0


def test_somebody_signed_in_keeps_the_menu(house: factories.House, signed_in: AsPerson) -> None:
    page = words(signed_in(house.adviser).get("/law/"))

    assert "Worklist" in page
    assert "Sign out" in page


def test_words_of_a_period_say_how_it_is_counted() -> None:
    periods = {
        period.id: period
        for provision in library().of(Jurisdiction.ENGLAND)
        for version in provision.versions
        for period in version.periods
    }

    told = {name: (period_length(each), counting(each)) for name, each in periods.items()}

    assert told["investigate"] == (
        "No later than 10 working days after the landlord became aware",
        "The day of the event is day 0. Saturdays, Sundays and bank holidays are not counted.",
    )
    assert told["investigate_further"] == (
        "As soon as reasonably practicable after the investigation was concluded",
        "",
    )


def test_words_of_homes_say_any() -> None:
    assert reached(tuple(Agreement)) == "Any"
    assert reached((Agreement.TENANCY, Agreement.LEASE)) == "Tenancy; Lease"
    assert reached(()) == "None"
