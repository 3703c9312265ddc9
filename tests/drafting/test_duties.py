"""What a letter says of the law: only what applies, on its day, and what it may apply to."""

import itertools
from datetime import date

import pytest

from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import Basis
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests.drafting.case_files import (
    COLD,
    DAY,
    EMERGENCY,
    EXAMPLES,
    LICENCE,
    MOULD,
    PRIVATE,
    Json,
    all_text,
    brief_of,
    changed,
    composed,
    example,
    items_of,
    library,
    panel,
    reminder,
    rows_of,
)

AWAAB = "Hazards in Social Housing"
BEFORE, SINCE = date(2026, 11, 29), date(2026, 11, 30)


def law(document: Json, day: date = DAY) -> str:
    return panel(composed(document, day=day).content, "law")


def times(document: Json, day: date = DAY) -> list[tuple[str, ...]]:
    cells = (row.cells for row in rows_of(composed(document, day=day).content, "times"))
    return [tuple(c.replace("\N{NO-BREAK SPACE}", " ") for c in row) for row in cells]


def test_council_letter_names_its_duties_in_order() -> None:
    duties = [str(item.spans[0].text) for item in items_of(composed(example()).content, "duties")]

    assert duties == [
        "Section 9A of the Landlord and Tenant Act 1985.",
        "Section 11 of the Landlord and Tenant Act 1985.",
        "Section 10A of the Landlord and Tenant Act 1985.",
        "Section 4 of the Defective Premises Act 1972.",
    ]


@pytest.mark.parametrize("section", ["Section 9A", "Section 10A", "Section 11", "Section 10 "])
def test_licence_letter_cites_no_duty_of_a_tenancy(section: str) -> None:
    text = all_text(composed(example(LICENCE)).content)

    assert section not in text
    assert AWAAB not in text
    assert "occupied under a licence" in text


def test_private_letter_cites_no_time_of_social_housing() -> None:
    content = composed(example(PRIVATE)).content

    text = all_text(content)

    assert AWAAB not in text
    assert "Section 10A" not in text
    assert "24 hours from" not in text
    assert rows_of(content, "times") == ()
    assert "The law sets no fixed number of days for what is reported here." in text


def test_cold_in_council_homes_gets_its_times_on_30_november() -> None:
    assert AWAAB not in law(example(COLD), BEFORE)
    assert "The law sets no fixed number of days" in law(example(COLD), BEFORE)

    assert AWAAB in law(example(COLD), SINCE)
    assert times(example(COLD), SINCE)[0] == (
        "The investigation completed",
        "10 working days",
        "Monday 14 December 2026",
    )


def test_damp_is_the_same_on_both_sides_of_30_november() -> None:
    before, since = law(example(MOULD), BEFORE), law(example(MOULD), SINCE)

    assert "Section 10A" in before
    assert "Section 10A" in since


@pytest.mark.parametrize("name", EXAMPLES)
def test_letter_says_of_which_day_its_law_is(name: str) -> None:
    content = composed(example(name)).content

    stands = "the law of England as it stands on Monday 23 November 2026"
    assert stands in all_text(content)
    assert stands.replace("England as", "England, as") in panel(content, "law")


def test_times_run_from_the_day_of_the_letter() -> None:
    assert times(example()) == [
        ("The investigation completed", "10 working days", "Monday 7 December 2026"),
        ("The written summary sent", "3 working days", "after your investigation ends"),
        ("The home made safe", "5 working days", "after your investigation ends"),
        (
            "Suitable accommodation offered if the home is not safe",
            "5 working days",
            "after your investigation ends",
        ),
        (
            "Further work begun, or steps taken to begin it",
            "5 working days",
            "after your investigation ends",
        ),
        ("Further work begun on site", "12 weeks", "after your investigation ends"),
        ("All work completed", "reasonable time", "no day is set"),
    ]


def test_times_over_christmas_leave_out_the_holidays() -> None:
    first = times(example(), date(2026, 12, 23))[0]

    assert first == ("The investigation completed", "10 working days", "Monday 11 January 2027")


@pytest.mark.parametrize("name", EXAMPLES)
def test_times_of_law_are_never_the_services_own(name: str) -> None:
    brief = brief_of(example(name))

    own = {c.period.requires for c in brief.clocks if c.period.basis is Basis.SERVICE}

    printed = panel(composed(example(name)).content, "law")
    assert not [requires for requires in own if requires in printed]


def test_open_time_is_said_to_be_open() -> None:
    document = changed(example(), ("hazards", 0, "landlord_controls_cause"), "not_known")

    text = law(document)

    assert "Section 10A of the Landlord and Tenant Act 1985 (this may apply)." in text
    assert "if you first learn of this on Monday 23 November 2026 (these may apply)" in text


def test_time_of_a_possible_emergency_is_said_to_be_open() -> None:
    assert (
        "Times set by law for an emergency, from when you learn of it (these may apply)"
    ) in law(example())


def test_time_of_one_hazard_is_not_lent_to_another() -> None:
    text = law(example(EMERGENCY))

    assert "from when you learn of it (these may also apply to excess cold)" in text
    assert "Section 10A of the Landlord and Tenant Act 1985 may also apply to excess cold." in text


def with_second(hazard: str, **said: str) -> Json:
    document = example()
    other = {**document["hazards"][0], "hazard": hazard, **said}
    document["hazards"].append(other)
    return document


def test_time_of_some_hazards_names_them() -> None:
    text = law(with_second("excess_cold"))

    assert "Monday 23 November 2026: damp and mould" in text


def test_row_of_some_hazards_says_what_it_may_reach() -> None:
    gas = {"severity": "unsafe_now", "landlord_controls_cause": "not_known"}

    content = composed(with_second("carbon_monoxide", **gas)).content

    required = {row.cells[0] for row in rows_of(content, "times")}
    reach = "(this may apply to carbon monoxide and smoke from appliances)"
    assert "The investigation completed" in required
    assert f"The written summary sent {reach}" in required


def test_duty_of_some_hazards_names_them() -> None:
    text = law(with_second("excess_cold"))

    assert "Section 10A of the Landlord and Tenant Act 1985 (for damp and mould)." in text


def test_duty_that_may_reach_one_of_several_hazards_says_which() -> None:
    document = with_second("pests", disrepair="not_known")
    document["hazards"][0]["disrepair"] = "no"

    text = law(document)

    assert "Defective Premises Act 1972 (this may apply to pests)." in text


def test_duty_that_applies_and_may_apply_is_said_once() -> None:
    duty = "must take reasonable care that everyone who might be affected"

    assert law(example(LICENCE)).count(duty) == 1


def test_nothing_relied_on_is_said_to_be_so() -> None:
    document = changed(example(), ("tenancy", "tenure"), "not_known")

    text = all_text(composed(document).content)

    assert "not known to us well enough to say which duties the law puts on you" in text
    assert "What the law requires" not in text


def test_licence_without_duties_says_why() -> None:
    document = example(LICENCE)
    document["adjustment"] = {"requested": "no", "what": ""}
    for hazard in document["hazards"]:
        hazard["disrepair"] = "no"

    assert "The duties that the law reads into tenancies are not relied on" in all_text(
        composed(document).content
    )


RULES = library().tenure_rules_of(Jurisdiction.ENGLAND)
HOMES = [
    home
    for home in itertools.product(Tenure, Agreement, LandlordKind)
    if not RULES.contradiction(*home)
]


@pytest.mark.parametrize("tenure", Tenure)
def test_every_home_that_can_be_gets_a_letter(tenure: Tenure) -> None:
    for _, agreement, landlord_kind in (home for home in HOMES if home[0] is tenure):
        document = example()
        document["tenancy"] |= {
            "tenure": tenure.value,
            "agreement": agreement.value,
            "landlord_kind": landlord_kind.value,
        }

        letter = composed(document)

        assert letter.content.blocks


@pytest.mark.parametrize("tenure", [t for t in Tenure if t is not Tenure.COUNCIL_TENANCY])
def test_licence_never_gets_the_times_of_tenancies(tenure: Tenure) -> None:
    for home in HOMES:
        if home[0] is tenure and home[1] is Agreement.LICENCE:
            document = example()
            names = ("tenure", "agreement", "landlord_kind")
            document["tenancy"] |= dict(zip(names, (v.value for v in home), strict=True))

            assert AWAAB not in all_text(composed(document).content)


@pytest.mark.parametrize("name", EXAMPLES)
def test_next_steps_name_no_threat(name: str) -> None:
    text = all_text(composed(example(name)).content)

    assert "the household can take further steps: " in text
    assert "We hope that none is needed." in text
    assert "solicitor" not in text
    assert "court" not in text


def test_next_steps_follow_the_tenure() -> None:
    council, private = (all_text(composed(example(n)).content) for n in (MOULD, PRIVATE))

    assert "stage 2 of that procedure and the Housing Ombudsman" in council
    assert "environmental health" not in council
    assert "environmental health team to inspect the home" in private
    assert "Ombudsman" not in private


def test_reminder_starts_no_clock_again() -> None:
    content = reminder(example()).content

    required = [row.cells[0] for row in rows_of(content, "times")]

    assert "The investigation completed" not in required
    assert "The written summary sent" in required
    assert rows_of(content, "emergency_times") == ()
    assert "if you first learn of this" not in all_text(content)


@pytest.mark.parametrize("name", [PRIVATE, LICENCE])
def test_reminder_without_times_says_so(name: str) -> None:
    text = panel(reminder(example(name)).content, "law")

    assert "The law sets no fixed number of days" in text
