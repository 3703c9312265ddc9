"""The letter as a whole: what it says of people and home, and what it never says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.content import Force, ListKind, Mark, Panel
from letters.drafting.errors import BlankPlace
from letters.drafting.vocabulary import GivenBy, Source
from letters.rendering import text as plain_text
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
    items_of,
    panel,
    reminder,
    rows_of,
)

NEVER = (
    "caused by",
    "to whom it may concern",
    "in breach",
    "breach of",
    "you have failed",
    "failure to",
    "letter before action",
    "without prejudice",
    "category 1",
    "we will sue",
    "compensation",
    "section 82",
    "lifestyle",
)


def says(document: Json) -> str:
    return all_text(composed(document).content)


@pytest.mark.parametrize("words", NEVER)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_letter_says(name: str, words: str) -> None:
    document = example(name)

    for letter in (composed(document), reminder(document)):
        assert words not in all_text(letter.content).casefold()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_letter_is_marked_and_unsigned(name: str) -> None:
    content = composed(example(name)).content

    assert content.mark is Mark.PREVIEW
    assert content.sign_off.signed_on is None
    assert "is not a letter of claim and begins no proceedings" in content.small_print[0]


@pytest.mark.parametrize("name", EXAMPLES)
def test_first_words_say_who_what_and_what_is_asked(name: str) -> None:
    document = example(name)
    content = composed(document).content

    first, second = content.blocks[0], content.blocks[1]

    assert document["patient"]["name"] in str(first)
    assert "I report to you, as the landlord: " in str(second)


@pytest.mark.parametrize("name", EXAMPLES)
def test_requests_are_numbered_in_a_panel_of_their_own(name: str) -> None:
    content = composed(example(name)).content

    (asked,) = (b for b in content.blocks if isinstance(b, Panel) and b.force is Force.REQUEST)

    assert asked.title == "What we ask you to do"
    assert ListKind.NUMBERED.value in str(asked.blocks[0])
    assert len(items_of(content, "requests")) >= 5


def test_told_stands_only_where_it_is_known() -> None:
    document = changed(example(), ("hazards", 0, "landlord_response"), "")

    assert "you were told about the damp and mould on 14 September 2026." in says(document)
    silent = says(changed(document, ("hazards", 0, "landlord_told_on"), None))
    assert "you were told" not in silent


def test_answer_is_not_told_without_its_day() -> None:
    text = says(changed(example(), ("hazards", 0, "landlord_told_on"), None))

    assert "An inspector came" not in text


def test_answer_is_told_as_the_household_reports_it() -> None:
    assert "The answer, as the household reports it: An inspector came" in says(example())


@pytest.mark.parametrize("source", Source)
def test_conditions_say_how_each_is_known(source: Source) -> None:
    content = composed(changed(example(), ("hazards", 0, "source"), source.value)).content

    (row,) = rows_of(content, "conditions")

    assert row.cells[2] == source.label


def test_conditions_say_what_is_not_known() -> None:
    content = composed(changed(example(), ("hazards", 0, "first_noticed_on"), None)).content

    (row,) = rows_of(content, "conditions")

    assert row.cells[3] == "Not known"


def test_limits_follow_whether_the_clinician_saw_it() -> None:
    unseen = says(example())
    seen = says(changed(example(), ("hazards", 0, "source"), "seen_by_clinician"))

    assert "I have not inspected the home and I am not a surveyor" in unseen
    assert "I have not inspected" not in seen
    assert "I am not a surveyor" in seen


@pytest.mark.parametrize("given_by", GivenBy)
def test_authority_says_who_consented(given_by: GivenBy) -> None:
    text = says(changed(example(), ("consent", "given_by"), given_by.value))

    assert "12 November 2026" in text
    assert ("explicit consent" in text) is (given_by is not GivenBy.BEST_INTERESTS)


def test_optional_words_leave_no_trace_when_empty() -> None:
    document = changed(example(), ("household_measures",), [])
    document = changed(document, ("access_offered",), "")
    document = changed(document, ("tenancy", "tenancy_reference"), "")
    document = changed(document, ("opinion",), None)
    document = changed(document, ("exacerbations",), [])
    document = changed(document, ("occupants",), [])

    content = composed(document).content

    text = all_text(content)
    assert "offers access" not in text
    assert "already does" not in text
    assert "Others who live" not in text
    assert "Over the" not in text
    assert "Your reference" not in [label for label, _ in content.subject]


@pytest.mark.parametrize("agreement", ["licence", "not_known"])
def test_nobody_is_called_a_tenant_who_may_not_be(agreement: str) -> None:
    document = changed(example(LICENCE), ("tenancy", "agreement"), agreement)

    content = composed(document).content

    assert ("Occupier", "Samira Specimen") in content.subject
    assert "Tenant" not in [label for label, _ in content.subject]


def test_salutation_names_the_department_or_the_landlord() -> None:
    assert composed(example()).content.salutation == "Dear Housing Repairs and Damp Team"
    assert composed(example(PRIVATE)).content.salutation.startswith("Dear Smith & Sons <Lettings>")


def test_reply_day_is_said_to_be_a_request() -> None:
    asked = panel(composed(example()).content, "asked")

    assert "Monday 7 December 2026. This date is our request; the law does not set it." in asked


def test_access_asks_for_notice_on_a_tenancy() -> None:
    assert "24 hours' notice in writing" in says(example(MOULD))
    assert "24 hours' notice in writing" not in says(example(LICENCE))


def test_urgent_letter_asks_for_no_notice() -> None:
    text = says(example(EMERGENCY))

    assert "The household offers access: at any time today or tonight" in text
    assert "notice in writing" not in text


def test_urgent_letter_asks_to_act_today() -> None:
    content = composed(example(EMERGENCY)).content

    assert content.heading.startswith("Urgent report of a hazard")
    first = panel(content, "asked")
    assert "Make the home safe today, and telephone us on 020 7946 0102" in first
    assert "Reported as dangerous now: carbon monoxide" in panel(content, "danger")


def test_danger_names_only_what_is_unsafe() -> None:
    assert "excess cold" not in panel(composed(example(EMERGENCY)).content, "danger")


def test_letter_without_urgency_has_no_danger_panel() -> None:
    forces = [b.force for b in composed(example(COLD)).content.blocks if isinstance(b, Panel)]

    assert forces == [Force.REQUEST, Force.LAW]


def test_possible_emergency_of_a_child_with_asthma() -> None:
    content = composed(example()).content

    danger = panel(content, "danger")

    assert "This may be an emergency: please decide today" in danger
    assert "A child with asthma lives with damp or mould." in danger
    assert content.heading.startswith("Report of a hazard")


def test_adjustment_is_asked_for_only_when_requested() -> None:
    assert "request for a reasonable adjustment" in says(example(LICENCE))
    assert "reasonable adjustment" not in says(example(MOULD))


def test_damp_guidance_is_said_to_be_guidance() -> None:
    assert "Government guidance on damp and mould asks landlords" in says(example())
    assert "Government guidance on damp" not in says(example(COLD))


HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "**strong** @name # note",
    "=HYPERLINK('x')",
    "+1-1",
    "a\x07b\x1b[31m",
    "\u202eevil\u202c",
    "&amp; <b> ' \"",
    "{{ patient.__class__ }}",
]
WRITTEN: list[tuple[str | int, ...]] = [
    ("patient", "name"),
    ("tenancy", "tenant_name"),
    ("tenancy", "tenancy_reference"),
    ("landlord", "name"),
    ("landlord", "department"),
    ("home", "address", 0),
    ("hazards", 0, "rooms", 0),
    ("hazards", 0, "description"),
    ("hazards", 0, "landlord_response"),
    ("diagnoses", 0, "basis"),
    ("diagnoses", 0, "severity"),
    ("diagnoses", 0, "treatment"),
    ("narrative",),
    ("household_measures", 0),
    ("access_offered",),
    ("writer", "organisation"),
    ("writer", "role"),
    ("writer", "telephone"),
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_markup_in_any_field_stays_text(hostile: str) -> None:
    document = example()
    for number, path in enumerate(WRITTEN):
        document = changed(document, path, f"x{number}{hostile}x{number}x")

    text = says(document)

    unsaid = [p for n, p in enumerate(WRITTEN) if f"{n}{hostile}x{n}x" not in text]
    assert unsaid == []


@given(st.text(min_size=1, max_size=40).filter(lambda t: any(c.isalnum() for c in t)))
def test_any_words_make_a_letter(words: str) -> None:
    document = changed(example(), ("hazards", 0, "description"), words)

    text = plain_text.render(composed(document).content)

    assert text.startswith("Preview: not reviewed, not for sending")


def test_blank_name_is_refused_and_not_printed() -> None:
    with pytest.raises(BlankPlace, match="nothing for patient"):
        composed(changed(example(), ("patient", "name"), " \u200b"))


def test_whole_number_written_with_a_point_prints_without() -> None:
    text = says(changed(example(), ("exacerbations", 0, "count"), 3.0))

    assert "3 courses of oral steroids" in text


@pytest.mark.parametrize("name", EXAMPLES)
def test_writer_without_a_code_or_registration_is_taken(name: str) -> None:
    document = changed(example(name), ("writer", "registration"), "")

    assert composed(document).content.sign_off.registration is None


def test_same_case_makes_the_same_letter() -> None:
    assert composed(example()) == composed(example())
