"""What a clinician may not say is refused however it is put, and its neighbours are not."""

from pathlib import Path

import pytest

from letters.drafting.errors import MayNotBeSaid
from letters.drafting.restraint import read_restraints
from letters.law.errors import LawFileError
from tests.drafting.case_files import TEMPLATES, all_text, changed, composed, example

RESTRAINTS = {restraint.id: restraint for restraint in read_restraints(TEMPLATES)}
REFUSED = {
    "caused": [
        "Her asthma is caused by the damp.",
        "The mould caused the asthma.",
        "The mould caused her asthma.",
        "This is causing Maya's severe asthma attacks.",
        "Damp is the cause of her illness.",
        "The cause of the asthma is mould.",
        "Her symptoms have clearly been caused.",
        "Symptoms caused\nby the mould",
        "ASTHMA-CAUSING spores",
        "Her asthma is due to the damp.",
        "His chest infections are a direct result of the cold house.",
        "The admission was because of the mould.",
        "The damp led to three admissions.",
        "The mould gave him asthma.",
        "The flat is making her ill.",
        "The asth\u00adma was caused by damp.",
        "Housing is responsible for the eczema.",
    ],
    "breach": [
        "The landlord is in breach.",
        "This breaches the agreement.",
        "The landlord\u2019s fault",
        "It is the landlord's fault.",
        "This is the fault of your landlord.",
        "You are to blame.",
        "I blame the landlord.",
        "The landlord has neglected the roof.",
        "You have failed to act.",
        "The council has failed her.",
        "The failure to repair is plain.",
        "They failed to repair the roof.",
        "The landlord is liable.",
        "That is negligence; negligently done.",
        "The home is uninhabitable.",
        "It is unfit for human habitation.",
        "It is not fit to live in.",
        "This is against the law.",
        "You are breaking the law.",
        "It violates the tenancy.",
        "Awaab's law gives 24 hours.",
        "under the Housing Act",
        "The landlord is legally bound.",
    ],
    "rating": [
        "This is a category 1 hazard.",
        "a Category\u00a01 hazard",
        "a category-one hazard",
        "It is a statutory nuisance.",
        "The hazard score is high.",
    ],
    "threat": [
        "The family will sue.",
        "She sues next week.",
        "They are suing.",
        "He has sued before.",
        "We may take you to court.",
        "They will see you in court.",
        "She will go to a tribunal.",
        "Legal action follows.",
        "You will be prosecuted.",
        "They claim damages.",
        "She is entitled to damages.",
        "You will pay damages.",
        "They want compensation.",
        "You should compensate her.",
        "Her solicitor writes soon.",
        "They have instructed a solicitor.",
        "I shall report you to the council.",
    ],
    "legal_effect": [
        "This is a letter of claim.",
        "a letter-before-action",
        "without   prejudice",
        "a section 21 notice",
        "Take this as a formal complaint.",
        "in the pre\u2011action period",
        "I hereby give notice.",
    ],
    "rent": [
        "They will withhold the rent.",
        "They are withholding their rent.",
        "Rent was withheld; she withheld her rent.",
        "They should stop paying rent.",
        "They need not pay any rent.",
        "They will refuse to pay rent.",
        "deduct it from the rent",
    ],
    "rehousing": [
        "You must rehouse.",
        "You must rehouse this family.",
        "They should urgently be rehoused.",
        "The family needs to be re-housed.",
        "She must be moved.",
        "You must provide other accommodation.",
        "I demand that they are rehoused.",
    ],
    "addressee": ["To whom it may concern", "to whomever it may concern"],
    "numbers": ["NHS number 999 000 0018", "Her NHS No. is on file.", "CHI number"],
}
ALLOWED = [
    "Her history is consistent with conditions at home contributing to the asthma.",
    "In my opinion, on balance, the home is making her asthma worse.",
    "In my opinion the damp makes his asthma worse.",
    "There is damage to the wall.",
    "The damp damages the wall, and the furniture is damaged.",
    "Please find the cause of the damp.",
    "Please find the underlying cause of the black mould.",
    "Find the cause of damp and mould, and treat it.",
    "The damp is caused by a leaking gutter.",
    "a leak caused by the flat above",
    "The leak causes damp in the wall.",
    "She is anxious because the asthma wakes her.",
    "Attacks follow weeks of heavy rain.",
    "The attack was brought on by a cold.",
    "The admission was due to pneumonia.",
    "Her aunt Sue says that it smells; Sue sleeps there.",
    "He has compensated heart failure, and is well compensated.",
    "The infection failed to respond to antibiotics.",
    "He is unfit for work.",
    "The family asked to be rehoused in May.",
    "They live in a rented flat and pay rent each week.",
    "The bed was moved away from the wall.",
    "She was born by caesarean section in 2019.",
    "The home is at 14 Sample Court.",
    "His mother works as a solicitor.",
    "Please reply; the household is reliable about access.",
    "Her current treatment is daily.",
    "There is cause for concern.",
    "Repairs are needed in the bedroom.",
]
CASES = [(rule, words) for rule, many in REFUSED.items() for words in many]


@pytest.mark.parametrize(("rule", "words"), CASES)
def test_words_are_refused_by_their_rule(rule: str, words: str) -> None:
    assert RESTRAINTS[rule].refuses(words)


@pytest.mark.parametrize("words", ALLOWED)
def test_neighbours_are_allowed(words: str) -> None:
    assert [rule for rule, restraint in RESTRAINTS.items() if restraint.refuses(words)] == []


def test_every_rule_has_its_refusals() -> None:
    assert set(REFUSED) == set(RESTRAINTS)


def test_a_gap_is_three_words_and_no_comma() -> None:
    caused = RESTRAINTS["caused"]

    assert caused.refuses("caused one two three asthma")
    assert not caused.refuses("caused one two three four asthma")
    assert not caused.refuses("the leak caused a puddle, asthma")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("narrative",), "You must rehouse them."),
        (("opinion",), {"level": "likely", "better_away_from_home": "yes", "basis": "your fault"}),
        (("diagnoses", 0, "severity"), "caused by the damp"),
        (("hazards", 0, "description"), "The room is uninhabitable."),
    ],
)
def test_every_free_field_of_the_clinician_is_read(path: tuple[str | int, ...], value: str) -> None:
    with pytest.raises(MayNotBeSaid):
        composed(changed(example(), path, value))


def test_what_others_report_is_theirs() -> None:
    document = changed(example(), ("hazards", 0, "description"), "A category 1 hazard.")
    document["hazards"][0]["source"] = "inspection_report"

    assert "A category 1 hazard." in all_text(composed(document).content)


def test_read_refuses_a_list_that_is_not_there(tmp_path: Path) -> None:
    rule = "{words: ['{ilness} ... caus*'], reason: why, source: pack}"
    path = tmp_path / "what_a_clinician_may_not_say.yaml"
    path.write_text(f"lists: {{illness: [asthma]}}\nrestraints:\n  caused: {rule}\n", "utf-8")

    with pytest.raises(LawFileError, match="there is no list ilness"):
        read_restraints(tmp_path)
