"""What a letter says of health: counts, what is known in general, and how far an opinion goes."""

import pytest

from letters.drafting.vocabulary import OpinionLevel
from letters.law.facts import Answer
from tests.drafting.case_files import (
    COLD,
    EMERGENCY,
    EXAMPLES,
    LICENCE,
    MOULD,
    PRIVATE,
    Json,
    all_text,
    changed,
    composed,
    example,
    reminder,
)

CONSISTENT = "consistent with conditions at home contributing"
LIKELY = "In my opinion, on balance, conditions at home are making Maya Sampleton's asthma worse."


def with_opinion(level: str, better_away: str = "no", basis: str = "It is so.") -> Json:
    opinion = {"level": level, "better_away_from_home": better_away, "basis": basis}
    return changed(example(), ("opinion",), opinion)


def says(document: Json) -> str:
    return all_text(composed(document).content)


def test_recognised_risk_says_only_what_is_known_in_general() -> None:
    text = says(with_opinion("recognised_risk"))

    assert "In general: " in text
    assert "consistent with" not in text
    assert "opinion" not in text


@pytest.mark.parametrize("better_away", ["no", "not_known"])
def test_consistent_with_is_not_more_than_that(better_away: str) -> None:
    text = says(with_opinion("consistent_with", better_away))

    assert f"Maya Sampleton's history is {CONSISTENT} to the asthma." in text
    assert "better away" not in text
    assert "In my opinion" not in text
    assert "It is so." not in text


def test_consistent_with_tells_of_being_better_away() -> None:
    text = says(with_opinion("consistent_with", "yes"))

    assert "is better away from home" in text
    assert CONSISTENT in text


def test_likely_gives_the_basis() -> None:
    text = says(with_opinion("likely", basis="three weeks away"))

    assert f"{LIKELY} I base this on the following: Three weeks away." in text


def test_no_opinion_says_nothing_of_cause() -> None:
    text = says(changed(example(), ("opinion",), None))

    assert "consistent with" not in text
    assert "In my opinion" not in text


@pytest.mark.parametrize("level", OpinionLevel)
@pytest.mark.parametrize("better_away", Answer)
def test_no_level_says_caused(level: OpinionLevel, better_away: Answer) -> None:
    document = with_opinion(level.value, better_away.value)

    for letter in (composed(document), reminder(document)):
        assert "caused" not in all_text(letter.content)


def test_ladder_offers_no_rung_above_likely() -> None:
    assert [level.value for level in OpinionLevel] == [
        "recognised_risk",
        "consistent_with",
        "likely",
    ]


def test_counts_of_one_window_stand_together() -> None:
    assert (
        "Over the 12 months up to 12 November 2026 the record shows 3 courses of oral steroids, "
        "2 emergency department attendances, 1 hospital admission and 17 school or work days lost."
    ) in says(example())


def test_counts_of_two_windows_stand_apart() -> None:
    text = says(changed(example(), ("exacerbations", 0, "months"), 3))

    assert "Over the 3 months up to 12 November 2026 the record shows 3 courses" in text
    assert "Over the 12 months up to 12 November 2026 the record shows 2 emergency" in text


def test_count_of_none_is_a_word() -> None:
    assert "2 courses of oral steroids and no hospital admissions." in says(example(PRIVATE))


@pytest.mark.parametrize(
    ("name", "statements"),
    [
        (MOULD, ("AS-DM-5",)),
        (PRIVATE, ("CO-DM-1",)),
        (LICENCE, ("AS-DM-5", "AS-PE-1")),
        (EMERGENCY, ("CM-1", "CO-CO-1")),
        (COLD, ("CO-CO-1",)),
    ],
)
def test_one_statement_for_each_hazard(name: str, statements: tuple[str, ...]) -> None:
    trace = composed(example(name)).trace

    assert tuple(s for entry in trace.entries for s in entry.statements) == statements


def test_diagnosis_without_words_is_one_sentence() -> None:
    document = example()
    document["diagnoses"][0] |= {"basis": "", "severity": "", "treatment": ""}

    text = says(document)

    assert "Maya Sampleton has asthma." in text
    assert "Severity" not in text
    assert "Treatment" not in text


def test_each_diagnosis_is_told() -> None:
    document = example()
    other = {"condition": "allergy", "basis": "skin tests", "severity": "", "treatment": ""}
    document["diagnoses"].append(other)

    text = says(document)

    assert "who has asthma and an allergy" in text
    assert "Maya Sampleton has an allergy. The diagnosis rests on skin tests." in text


@pytest.mark.parametrize(
    ("condition", "said", "again"),
    [
        ("other", "has a long-term illness", "illness"),
        ("allergy", "has an allergy", "allergy"),
        ("eczema", "has eczema", "eczema"),
        (
            "aspergillosis",
            "has aspergillosis (fungal disease or allergy of the lungs)",
            "aspergillosis",
        ),
        ("immunosuppression", "has a weakened immune system", "immunosuppression"),
        ("mental_illness", "has a mental illness", "mental illness"),
        ("frailty", "is frail", "frailty"),
        ("pregnancy", "is pregnant", "symptoms in pregnancy"),
        ("respiratory_infection", "gets chest infections", "chest infections"),
        ("preterm_lung_disease", "has lung disease of prematurity", "lung disease of prematurity"),
        ("copd", "has chronic obstructive pulmonary disease (COPD)", "COPD"),
    ],
)
def test_illness_has_words_that_fit_a_sentence(condition: str, said: str, again: str) -> None:
    text = says(changed(with_opinion("consistent_with"), ("diagnoses", 0, "condition"), condition))

    assert f"who {said} and is under my care" in text
    assert f"Maya Sampleton {said}." in text
    assert f"contributing to the {again}." in text


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        (["pregnancy", "asthma"], "who has asthma and is pregnant and is under my care"),
        (
            ["asthma", "allergy", "frailty"],
            "who has asthma and an allergy, and is frail and is under my care",
        ),
    ],
)
def test_what_a_patient_has_and_is_stand_apart(conditions: list[str], said: str) -> None:
    document = example()
    words = {"basis": "", "severity": "", "treatment": ""}
    document["diagnoses"] = [{"condition": condition, **words} for condition in conditions]

    assert said in says(document)


@pytest.mark.parametrize(
    ("occupant", "said"),
    [
        ({"age": 2, "conditions": []}, "a child aged 2."),
        ({"age": 18, "conditions": []}, "a person aged 18."),
        ({"age": None, "conditions": []}, "a person."),
        (
            {"age": 70, "conditions": ["copd", "asthma"]},
            "a person aged 70 who has COPD and asthma.",
        ),
        ({"age": 30, "conditions": ["pregnancy"]}, "a person aged 30 who is pregnant."),
    ],
)
def test_others_are_told_by_age_and_illness(occupant: Json, said: str) -> None:
    document = changed(example(), ("occupants",), [{**occupant, "agreed_to_mention": "yes"}])

    assert f"Others who live in the home: {said}" in says(document)


def test_narrative_stands_as_it_was_written() -> None:
    text = says(changed(example(), ("narrative",), "she has not slept through since March"))

    assert "She has not slept through since March." in text


@pytest.mark.parametrize("name", EXAMPLES)
def test_health_heading_names_the_patient(name: str) -> None:
    document = example(name)

    assert f"What it does to {document['patient']['name']}'s health" in says(document)
