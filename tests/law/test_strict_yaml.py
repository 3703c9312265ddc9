"""A corpus of files that could be read two ways, each refused with its line."""

from pathlib import Path

import pytest

from letters.law.errors import LawFileError
from letters.law.facts import Severity
from letters.law.strict_yaml import Entry, read

REFUSED = {
    "a key there twice": ("a: x\nb: w\na: z\n", 3, "twice"),
    "a key there twice inside": ("a:\n  b: x\n  b: y\n", 3, "twice"),
    "a day there twice": ("a:\n  2026-11-30: x\n  2026-11-30: y\n", 3, "twice"),
    "a bare yes": ("a: x\nb: yes\n", 2, "quote it"),
    "a bare no in a list": ("a:\n  - x\n  - no\n", 3, "quote it"),
    "a bare on": ("a: on\n", 1, "quote it"),
    "a bare Off": ("a: Off\n", 1, "quote it"),
    "a bare true": ("a: true\n", 1, "quote it"),
    "a bare no as a key": ("a:\n  no: x\n", 2, "quote it"),
    "a clock time": ("a: x\nb: 16:30\n", 2, "clock time"),
    "a clock time with seconds": ("a: 16:30:00\n", 1, "clock time"),
    "a day the British way": ("a: 27/10/2025\n", 1, "looks like a day"),
    "a day without its noughts": ("a: 2025-1-5\n", 1, "looks like a day"),
    "a day with a time": ("a: 2025-10-27T10:00:00Z\n", 1, "looks like a day"),
    "a day that is not": ("a: 2025-02-30\n", 1, "no day 2025-02-30"),
    "a fraction": ("a: 1.5\n", 1, "whole number"),
    "a number in another base": ("a: 0x10\n", 1, "whole number"),
    "a number with a nought before": ("a: 010\n", 1, "whole number"),
    "an anchor": ("a: &x y\nb: z\n", 1, "anchors"),
    "an alias": ("a: &x y\nb: *x\n", 1, "anchors"),
    "a tag": ("a: x\nb: !!str y\n", 2, "tags"),
    "a tag that runs code": ("a: !!python/object/apply:os.system [x]\n", 1, "tags"),
    "an empty value": ("a: x\nb:\n", 2, "missing"),
    "a tilde": ("a: ~\n", 1, "missing"),
    "two documents": ("a: x\n---\nb: y\n", 2, "one document"),
    "a list where keys are expected": ("- a\n- b\n", 1, "keys and values"),
    "nothing at all": ("", 1, "keys and values"),
    "a tab": ("a:\n\tb: x\n", 2, ""),
    "an open bracket": ("a: [x\nb: y\n", 2, ""),
    "a merge": ("a: x\n<<: {b: y}\nb: *z\n", 3, "anchors"),
    "a control character": ("a: \x07\n", 1, "not YAML"),
    "a list as a key": ("? [a, b]\n: x\n", 1, "word or a day"),
    "a number as a key": ("1: x\n", 1, "word or a day"),
}


def entry_of(folder: Path, text: str) -> Entry:
    path = folder / "law.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize("name", REFUSED)
def test_read_refuses(name: str, tmp_path: Path) -> None:
    text, line, says = REFUSED[name]

    with pytest.raises(LawFileError) as refusal:
        entry_of(tmp_path, text)

    assert str(refusal.value).startswith(f"{tmp_path / 'law.yaml'}:{line}: ")
    assert says in refusal.value.says


def test_read_refuses_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "law.yaml"
    path.write_bytes("a: £\n".encode("latin-1"))

    with pytest.raises(LawFileError, match="UTF-8"):
        read(path)


def test_read_keeps_quoted_text(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, 'a: "yes"\nb: "16:30"\nc: "2026-11-30"\n')

    assert [entry.text(key) for key in "abc"] == ["yes", "16:30", "2026-11-30"]


def test_allow_names_the_unknown_key(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, "a: x\nduty_om: w\n")

    with pytest.raises(LawFileError, match=r":2: unknown key duty_om; the keys here are a"):
        entry.allow(["a"], ["duty_on"])


def test_allow_names_the_missing_key(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, "a: x\n")

    with pytest.raises(LawFileError, match="the key duty is missing"):
        entry.allow(["a", "duty"])


def test_choice_names_the_members(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, "a: x\nseverity: awful\n")

    with pytest.raises(LawFileError, match=r":2: severity: awful is not one of present, severe"):
        entry.choice("severity", Severity)


def test_choices_refuses_one_named_twice(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, "severities: [severe, severe]\n")

    with pytest.raises(LawFileError, match="twice"):
        entry.choices("severities", Severity)


def test_days_out_of_order(tmp_path: Path) -> None:
    entry = entry_of(tmp_path, "2026-11-30: x\n2025-10-27: w\n")

    with pytest.raises(LawFileError, match=":2: 2025-10-27 stands after 2026-11-30"):
        list(entry.days())


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("a: 3\n", "text"),
        ("a: x\n", "number"),
        ("a: x\n", "day"),
        ("a: x\n", "entry"),
        ("a: x\n", "entries"),
        ("a: x\n", "texts"),
        ("a: [{b: c}]\n", "texts"),
        ("a: [x]\n", "entries"),
        ("a: []\n", "texts"),
        ("b: x\n", "text"),
    ],
)
def test_reading_what_is_not_there(text: str, reading: str, tmp_path: Path) -> None:
    entry = entry_of(tmp_path, text)

    with pytest.raises(LawFileError, match=":1: "):
        getattr(entry, reading)("a")


def test_days_where_a_name_stands(tmp_path: Path) -> None:
    with pytest.raises(LawFileError, match="must be a day"):
        list(entry_of(tmp_path, "soon: x\n").days())


def test_names_where_a_day_stands(tmp_path: Path) -> None:
    with pytest.raises(LawFileError, match="where a name is expected"):
        entry_of(tmp_path, "2026-11-30: x\n").names()
