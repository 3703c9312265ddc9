"""When the virtual environment counts as ready."""

import json
import sys
from pathlib import Path

import pytest

from hjp_letters.command import environment


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "requirements").mkdir()
    for group in environment.GROUPS:
        (tmp_path / "requirements" / f"{group}.txt").write_text(f"{group}==1\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    return tmp_path


def stamp(place: Path, *groups: str) -> None:
    digests = {group: environment._digest(group) for group in groups}
    (place / "stamp.json").write_text(json.dumps(digests))


def test_satisfied_by_nothing_at_first(place: Path) -> None:
    assert not environment.satisfied("base")


def test_satisfied_by_a_wider_group(place: Path) -> None:
    stamp(place, "test")

    assert environment.satisfied("base")
    assert environment.satisfied("local")


def test_satisfied_not_by_a_narrower_group(place: Path) -> None:
    stamp(place, "base")

    assert not environment.satisfied("local")


def test_satisfied_no_more_once_the_list_changed(place: Path) -> None:
    stamp(place, "base")
    (place / "requirements" / "base.txt").write_text("base==2\n")

    assert not environment.satisfied("base")


def test_satisfied_not_by_a_torn_stamp(place: Path) -> None:
    (place / "stamp.json").write_text('{"base": ')

    assert not environment.satisfied("base")


def test_satisfied_not_without_its_python(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp(place, "base")
    monkeypatch.setattr(environment, "PYTHON", place / "gone")

    assert not environment.satisfied("base")
