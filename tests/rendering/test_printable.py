"""Hidden characters are made visible, and nothing else changes."""

import pytest

from letters.rendering.printable import printable, printable_tree
from tests.rendering import samples


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, ŵ ŷ ½ ≥ £ “quoted” – it’s", "plain, ŵ ŷ ½ ≥ £ “quoted” – it’s"),  # noqa: RUF001
        ("no\u00a0break", "no\u00a0break"),
        ("one\r\ntwo\rthree\nfour\tfive", "one\ntwo\nthree\nfour five"),
        ("bell\x07", "bell[U+0007]"),
        ("next\x85line", "next[U+0085]line"),
        ("\u202egnp.exe", "[U+202E]gnp.exe"),
        ("\u2066isolated\u2069", "[U+2066]isolated[U+2069]"),
        ("soft\u00adhyphen", "soft[U+00AD]hyphen"),
        ("\ud800", "[U+D800]"),
        ("\U000e0041", "[U+E0041]"),
    ],
)
def test_printable_shows_what_hides(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_printable_keeps_a_plain_letter() -> None:
    assert printable_tree(samples.LETTER) == samples.LETTER


def test_printable_tree_reaches_every_text() -> None:
    seen = repr(printable_tree(samples.HOSTILE))

    assert "\\x07" not in seen
    assert "\\u202e" not in seen
    assert "[U+202E]evil" in seen
