"""What must hold between the nations: no word of one in another, and words that fit the numbers."""

import re
from collections.abc import Iterator
from datetime import date

import pytest

from letters.law.jurisdictions import Jurisdiction
from letters.law.ladder import SentBy, read_ladder
from letters.law.library import read_library
from letters.law.periods import Basis, Period, Unit
from letters.law.provision import DutyOn, Provision, Version
from letters.law.tenures import Tenure
from tests.law.law_cases import TEMPLATES

LIBRARY = read_library(TEMPLATES)
VERSIONS = [(p, version) for p in LIBRARY.provisions for version in p.versions]
IDS = [f"{p.jurisdiction}/{p.id} from {version.starts_on}" for p, version in VERSIONS]

# Councils of England and Wales rate the hazards of a home; those of the other two do not.
RATING = re.compile(
    r"hhsrs|rating system|category [12]\b|hazard rating|hazard score|excess cold|hazard awareness",
    re.I,
)
WITHOUT_RATING = (Jurisdiction.SCOTLAND, Jurisdiction.NORTHERN_IRELAND)
OF_ENGLAND = re.compile(r"awaab|\(england\)|housing ombudsman|law of england", re.I)

TIME = re.compile(r"(\d+)(?:st|nd|rd|th)? (hour|working day|clear day|day|week|month|year)s?\b")
# A time that the words say and that nobody is kept to, with the reason.
SAID_WITHOUT_A_CLOCK = {
    "deregulation_act_2015/section_33": "it is no longer law",
    "environmental_protection_act_1990/section_80_noise": "the council may wait, and need not",
}
# A clock whose time its words leave to the trace, with the reason.
CLOCK_WITHOUT_WORDS = {
    "gas_safety_installation_and_use_regulations_1998/regulation_36_record": "said as every year",
    "housing_act_2004/sections_40_to_43": "the council's notice to the owner",
    "pre_action_protocol_for_housing_conditions_claims/receipt": "said in words",
}


def printable(provision: Provision, version: Version) -> tuple[str, ...]:
    requires = (period.requires for period in version.periods)
    return provision.citation, version.duty, version.remedy, version.forum, *requires


def instrument(provision: Provision) -> tuple[Jurisdiction, str]:
    return provision.jurisdiction, provision.id.split("/")[0]


def said(version: Version) -> set[tuple[int, str]]:
    return {(int(number), unit) for number, unit in TIME.findall(version.duty)}


def in_words(period: Period) -> tuple[int, str]:
    """As the words may say it: calendar days, and clear days, are days."""
    unit = "day" if period.unit in (Unit.CALENDAR_DAYS, Unit.CLEAR_DAYS) else period.unit.label
    return period.length or 0, unit.removesuffix("s")


def clocks_of(version: Version) -> set[tuple[int, str]]:
    """The times that the law counts; the service's own are no part of a duty."""
    counted = (p for p in version.periods if p.unit.is_counted and p.basis is not Basis.SERVICE)
    return {in_words(period) for period in counted}


def same_instrument(provision: Provision) -> Iterator[Version]:
    return (v for p, v in VERSIONS if instrument(p) == instrument(provision))


@pytest.mark.parametrize(("provision", "version"), VERSIONS, ids=IDS)
def test_no_word_of_the_rating_system_where_there_is_none(
    provision: Provision, version: Version
) -> None:
    words = printable(provision, version)

    if provision.jurisdiction in WITHOUT_RATING:
        assert [word for word in words if RATING.search(word)] == []


@pytest.mark.parametrize("nation", Jurisdiction)
def test_only_a_nation_with_a_rating_system_has_a_list_of_hazards(nation: Jurisdiction) -> None:
    listed = LIBRARY.hazard_list(nation, date(2026, 11, 21))

    assert (listed is None) == (nation in WITHOUT_RATING)


@pytest.mark.parametrize("nation", WITHOUT_RATING)
def test_the_steps_of_a_ladder_do_not_speak_of_the_rating_system(nation: Jurisdiction) -> None:
    ladder = read_ladder(TEMPLATES, nation)
    steps = {step for steps in ladder.by_tenure.values() for step in steps}

    assert [step.key for step in steps if RATING.search(f"{step.says} {step.public}")] == []


@pytest.mark.parametrize(("provision", "version"), VERSIONS, ids=IDS)
def test_the_law_of_england_stays_in_england(provision: Provision, version: Version) -> None:
    words = printable(provision, version)

    if provision.jurisdiction is not Jurisdiction.ENGLAND:
        assert not provision.id.startswith("hazards_in_social_housing_regulations_2025/")
        assert [word for word in words if OF_ENGLAND.search(word)] == []


def test_every_time_in_the_words_is_counted() -> None:
    uncounted = {
        provision.id
        for provision, version in VERSIONS
        if said(version) - {time for v in same_instrument(provision) for time in clocks_of(v)}
    }

    assert uncounted == set(SAID_WITHOUT_A_CLOCK)


def test_every_time_that_is_counted_is_in_the_words() -> None:
    unsaid = {
        provision.id
        for provision, version in VERSIONS
        if clocks_of(version) - {time for v in same_instrument(provision) for time in said(v)}
    }

    assert unsaid == set(CLOCK_WITHOUT_WORDS)


@pytest.mark.parametrize("nation", Jurisdiction)
def test_every_way_to_hold_a_home_has_a_ladder(nation: Jurisdiction) -> None:
    ladder = read_ladder(TEMPLATES, nation)

    ways = LIBRARY.tenure_rules_of(nation).ways
    assert set(ladder.by_tenure) == {*ways, Tenure.NOT_KNOWN}


@pytest.mark.parametrize("nation", Jurisdiction)
def test_a_letter_to_a_landlord_asks_for_one_reply(nation: Jurisdiction) -> None:
    asked = {
        period
        for provision in LIBRARY.of(nation)
        for version in provision.versions
        if version.duty_on is DutyOn.LANDLORD
        for period in version.periods
        if period.basis is Basis.SERVICE
    }

    assert [period.id for period in asked] == ["reply"]


@pytest.mark.parametrize("nation", Jurisdiction)
def test_what_must_come_before_a_step_is_on_its_ladder(nation: Jurisdiction) -> None:
    ladder = read_ladder(TEMPLATES, nation)

    for tenure, steps in ladder.by_tenure.items():
        keys = [step.key for step in steps]
        assert all(keys.index(key) < keys.index(s.key) for s in steps for key in s.after)
        assert all(key in keys for step in ladder.reserved[tenure] for key in step.after)
        assert not {step.key for step in ladder.reserved[tenure]} & set(keys)


@pytest.mark.parametrize("nation", Jurisdiction)
def test_no_clinician_takes_a_reserved_step(nation: Jurisdiction) -> None:
    ladder = read_ladder(TEMPLATES, nation)

    for steps in ladder.reserved.values():
        assert SentBy.CLINICIAN not in {step.sent_by for step in steps}
