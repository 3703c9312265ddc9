"""What may not stand in the project's files."""

import json
import re
import stat
import subprocess
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent.parent
OWN_MACHINE = re.compile(r"(?<![\w.~-])/(work|root|home/\w+|Users/\w+)/\w")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607  # whichever git the person has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_locked_packages_have_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    pins = re.findall(r"^[\w.\[\],-]+==\S+.*$", text, re.MULTILINE)

    assert pins
    assert all(pin.endswith("\\") for pin in pins)
    assert "://" not in text
    assert not re.search(r"^--", text, re.MULTILINE)


def test_locked_design_system_has_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    installed = [package for place, package in packages.items() if place]
    assert all("integrity" in package for package in installed)
    assert not any("resolved" in package for package in installed)


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    found = [
        str(file.relative_to(ROOT))
        for file in tracked()
        if OWN_MACHINE.search(file.read_bytes().decode("utf-8", errors="replace"))
    ]

    assert found == []


def test_entry_script_is_short_and_can_be_run() -> None:
    script = ROOT / "hjp"

    assert script.stat().st_mode & stat.S_IXUSR
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 20


def test_continuous_integration_runs_the_one_check() -> None:
    commands = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[2:]

    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "exec ./hjp test"]


def test_migrations_form_one_line() -> None:
    graph = MigrationLoader(None).graph

    assert len(graph.leaf_nodes("letters")) == 1
