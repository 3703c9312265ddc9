"""The letter after a date has passed: it names the date, asks again and blames nobody."""

from letters.drafting.content import Force, Panel
from tests.drafting.case_files import (
    EMERGENCY,
    all_text,
    changed,
    example,
    items_of,
    panel,
    reminder,
    rows_of,
)


def test_reminder_says_which_letter_and_what_it_reported() -> None:
    content = reminder(example()).content

    text = all_text(content)

    assert content.heading == "Reminder of our report of a hazard affecting health: damp and mould"
    assert "We wrote to you on Monday 23 November 2026 about the home of Maya Sampleton" in text
    assert "and reported: damp and mould." in text


def test_reminder_tells_law_from_request() -> None:
    rows = rows_of(reminder(example()).content, "missed")

    cells = [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells) for row in rows]

    assert cells == [
        ("The investigation completed", "Monday 7 December 2026", "Law"),
        ("A written reply", "Monday 7 December 2026", "Our request"),
    ]


def test_reminder_does_not_say_that_nothing_was_done() -> None:
    text = all_text(reminder(example()).content)

    assert "We have no record that what was due by the dates below has been done." in text
    assert "If any of this has been done, please tell us what was done and when." in text
    assert "you did not" not in text
    assert "you have not" not in text


def test_reminder_asks_by_a_new_day_of_its_own() -> None:
    asked = panel(reminder(example()).content, "asked")

    assert "Tuesday 22 December 2026. This date is our request" in asked


def test_reminder_does_not_repeat_the_health_section() -> None:
    text = all_text(reminder(example()).content)

    assert "oral steroids" not in text
    assert "asthma" not in text.replace("A child with asthma", "").replace("whose asthma is", "")


def test_reminder_takes_free_words() -> None:
    text = all_text(reminder(changed(example(), ("narrative",), "She was admitted again")).content)

    assert "She was admitted again." in text


def test_reminder_names_only_the_steps_still_open() -> None:
    assert "a formal complaint under your complaints procedure" in all_text(
        reminder(example()).content
    )


def test_urgent_reminder_asks_to_act_today() -> None:
    content = reminder(example(EMERGENCY)).content

    assert content.heading.startswith("Urgent reminder of our report")
    assert "Make the home safe today" in panel(content, "asked")
    assert next(b.force for b in content.blocks if isinstance(b, Panel)) is Force.EMERGENCY


def test_reminder_numbers_its_requests() -> None:
    items = items_of(reminder(example()).content, "requests")

    assert len(items) == 5
