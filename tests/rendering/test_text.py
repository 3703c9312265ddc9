"""The plain text."""

from letters.rendering import text
from letters.rendering.text import WIDTH
from tests.rendering import samples


def test_render_keeps_lines_short() -> None:
    assert max(len(line) for line in text.render(samples.LETTER).splitlines()) <= WIDTH


def test_render_leaves_a_long_address_whole() -> None:
    address = samples.HOSTILE_TEXTS[10]

    assert address in text.render(samples.HOSTILE)


def test_render_labels_each_cell() -> None:
    shown = text.render(samples.LETTER)

    assert "Room: Bathroom\nWhat was found: Extractor fan does not run" in shown


def test_render_tells_panels_apart() -> None:
    shown = text.render(samples.LETTER)

    assert "!" * WIDTH + "\nEmergency: make the home safe" in shown
    assert "=" * WIDTH + "\nWhat the law requires" in shown
    assert "-" * WIDTH + "\nWhat we ask besides" in shown


def test_render_opens_with_the_mark() -> None:
    shown = text.render(samples.DEMONSTRATION)

    assert shown.startswith("Demonstration: invented people, not for sending\n")
