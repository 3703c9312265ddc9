"""The landlord is told what the patient agreed to, and nothing else, however it is worded."""

from itertools import chain, combinations
from typing import Any

import pytest

from letters.drafting.content import LetterContent
from letters.drafting.errors import NotConsented
from letters.drafting.frozen import to_json
from letters.drafting.vocabulary import DataItem
from tests.drafting.case_files import (
    EXAMPLES,
    LICENCE,
    Json,
    all_text,
    changed,
    composed,
    example,
    reminder,
    with_landlord_told,
)

# A case in a file holds no photographs: tests/drafting/test_annexes.py has a letter with some.
HEALTH = [
    item for item in DataItem if item not in (DataItem.HOUSING_CONDITIONS, DataItem.PHOTOGRAPHS)
]
SUBSETS = list(chain.from_iterable(combinations(HEALTH, n) for n in range(len(HEALTH) + 1)))
# What would give each item away: words put into the case, and words that only it brings in.
SENTINELS: dict[DataItem, tuple[str, ...]] = {
    DataItem.DIAGNOSIS: ("quokka", "bronchiectasis", "Aspergillosis Centre"),
    DataItem.SEVERITY: ("wombat", "numbat"),
    DataItem.EXACERBATIONS: ("391", "intensive care admission", "59 months"),
    DataItem.OPINION: ("bilby", "in my opinion"),
    DataItem.HOUSEHOLD_MEMBERS: ("aged 43", "immunosuppression", "cystic fibrosis"),
}


def marked() -> Json:
    """A case in which every item has words that stand nowhere else."""
    document = changed(
        example(),
        ("diagnoses",),
        [
            {
                "condition": "bronchiectasis",
                "basis": "quokka",
                "severity": "wombat",
                "treatment": "numbat",
            }
        ],
    )
    counted = {
        "event": "intensive_care_admission",
        "count": 391,
        "months": 59,
        "until": "2026-11-12",
    }
    opinion = {"level": "likely", "better_away_from_home": "yes", "basis": "bilby"}
    occupants = [
        {"age": 43, "conditions": ["immunosuppression"], "agreed_to_mention": "yes"},
        {"age": 47, "conditions": ["cystic_fibrosis"], "agreed_to_mention": "yes"},
    ]
    document = changed(document, ("exacerbations",), [counted])
    document = changed(document, ("opinion",), opinion)
    return changed(document, ("occupants",), occupants)


def told(content: LetterContent, item: DataItem) -> bool:
    text = all_text(content).casefold()
    return any(word.casefold() in text for word in SENTINELS[item])


@pytest.mark.parametrize("items", SUBSETS, ids=lambda items: "+".join(items) or "nothing")
def test_no_word_of_an_item_without_consent(items: tuple[DataItem, ...]) -> None:
    document = with_landlord_told(marked(), ["housing_conditions", *items])

    letters = (composed(document), reminder(document))

    for letter in letters:
        assert not [i for i in HEALTH if i not in items and told(letter.content, i)]
        assert letter.items <= {DataItem.HOUSING_CONDITIONS, *items}


@pytest.mark.parametrize("item", HEALTH)
def test_each_item_is_told_where_all_are_agreed(item: DataItem) -> None:
    letter = composed(with_landlord_told(marked(), [i.value for i in DataItem]))

    assert told(letter.content, item)
    assert item in letter.items


@pytest.mark.parametrize("items", [[], ["diagnosis", "severity"]])
def test_compose_refuses_without_housing_conditions(items: list[str]) -> None:
    with pytest.raises(NotConsented, match="no consent to tell about housing conditions"):
        composed(with_landlord_told(example(), items or ["opinion"]))


def test_compose_refuses_without_any_grant_to_the_landlord() -> None:
    document = example()
    document["consent"]["grants"] = [
        grant for grant in document["consent"]["grants"] if grant["recipient"] != "landlord"
    ]

    with pytest.raises(NotConsented):
        composed(document)


def test_compose_takes_no_grant_for_another_purpose() -> None:
    document = example()
    for grant in document["consent"]["grants"]:
        if grant["recipient"] == "landlord":
            grant["purpose"] = "evaluation"

    with pytest.raises(NotConsented):
        composed(document)


def test_first_letter_tells_no_more_than_later_ones_may() -> None:
    document = example()
    for grant in document["consent"]["grants"]:
        if (grant["recipient"], grant["purpose"]) == ("landlord", "letter"):
            grant["items"] = ["housing_conditions"]

    letter = composed(document)

    assert letter.items == {DataItem.HOUSING_CONDITIONS}
    assert "asthma" not in all_text(letter.content)


def test_compose_refuses_free_words_without_the_diagnosis() -> None:
    document = with_landlord_told(example(), ["housing_conditions"])

    with pytest.raises(NotConsented, match="diagnosis"):
        composed(changed(document, ("narrative",), "She coughs all night."))


@pytest.mark.parametrize("name", EXAMPLES)
def test_nhs_number_stands_nowhere(name: str) -> None:
    document = changed(example(name), ("patient", "nhs_number"), "999 000 0018")

    letter = composed(document)

    everything = str(to_json(letter.content)) + str(to_json(letter.trace))
    assert "0018" not in everything.replace(" ", "")
    assert "NHS number" not in everything


def test_date_of_birth_is_told_as_an_age() -> None:
    assert "2019" not in all_text(composed(example()).content)


def test_occupant_who_did_not_agree_is_not_mentioned() -> None:
    occupants = [{"age": 43, "conditions": ["copd"], "agreed_to_mention": "not_known"}]

    text = all_text(composed(changed(example(), ("occupants",), occupants)).content)

    assert "43" not in text
    assert "COPD" not in text


UNEXPLAINED = "telephone us on 020 7946 0101 if you need to know more"
REASON = "A child with asthma lives with damp or mould."


def with_sibling(**said: Any) -> Json:
    """An adult patient with COPD, and a child with asthma in the home."""
    document = changed(example(), ("patient", "date_of_birth"), "1960-03-04")
    document["diagnoses"][0]["condition"] = "copd"
    sibling = {"age": 5, "conditions": ["asthma"], "agreed_to_mention": "yes"}
    return changed(document, ("occupants",), [{**sibling, **said}])


def test_urgency_is_explained_by_whom_it_may_name() -> None:
    assert REASON in all_text(composed(with_sibling()).content)


def test_urgency_does_not_tell_of_one_who_did_not_agree() -> None:
    text = all_text(composed(with_sibling(agreed_to_mention="no")).content)

    assert "asthma" not in text
    assert UNEXPLAINED in text


def test_urgency_does_not_tell_of_others_without_consent() -> None:
    document = with_landlord_told(with_sibling(), ["housing_conditions", "diagnosis"])

    text = all_text(composed(document).content)

    assert "asthma" not in text
    assert UNEXPLAINED in text


def test_urgency_of_the_patient_needs_no_consent_about_others() -> None:
    document = with_landlord_told(example(), ["housing_conditions", "diagnosis"])

    assert REASON in all_text(composed(document).content)


def test_urgency_of_the_patient_needs_the_diagnosis() -> None:
    items = [item.value for item in DataItem if item is not DataItem.DIAGNOSIS]

    text = all_text(composed(with_landlord_told(example(), items)).content)

    assert "asthma" not in text
    assert UNEXPLAINED in text


def test_urgency_of_the_patient_hides_an_older_one() -> None:
    occupants = [{"age": 9, "conditions": ["asthma"], "agreed_to_mention": "no"}]

    assert REASON in all_text(composed(changed(example(), ("occupants",), occupants)).content)


def copies(document: Json) -> tuple[str, ...]:
    return composed(document).content.copies


def test_copy_goes_to_whoever_may_read_all_of_it() -> None:
    assert copies(example()) == (
        "The patient's family",
        "The welfare adviser of our partnership",
        "The patient's health record",
    )


def test_copy_does_not_go_to_whom_less_was_agreed() -> None:
    document = example()
    for grant in document["consent"]["grants"]:
        if grant["recipient"] == "adviser":
            grant["items"] = ["housing_conditions"]

    assert copies(document) == ("The patient's family", "The patient's health record")


def test_copy_is_not_agreed_by_another_purpose() -> None:
    document = example()
    for grant in document["consent"]["grants"]:
        if grant["recipient"] != "landlord":
            grant["purpose"] = "evaluation"

    assert copies(document) == ("The patient's family",)


def test_copy_of_a_grown_patient_is_the_patients_own() -> None:
    document = changed(example(LICENCE), ("consent", "given_by"), "self")

    assert copies(document)[0] == "The patient"
