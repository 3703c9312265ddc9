"""The house keeps its shape: rooms, rows, addresses, decisions."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

import letters.models
from letters.access.roles import RIGHTS, Role

ROOT = Path(__file__).resolve().parents[2]
TOP = {
    *("letters", "templates_legal", "hjp_letters", "worker", "tests", "manage.py"),
    *("pyproject.toml", "README.md", "hjp", "package.json", "package-lock.json", ".npmrc"),
    *(".ci", "docs", "requirements", "benchmarks", "deploy", ".gitignore"),
}


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_top_level_holds_the_rooms_and_nothing_else() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in _tracked()} <= TOP


def test_every_model_is_registered() -> None:
    rows = {model.__name__ for model in apps.get_app_config("letters").get_models()}

    assert rows == set(letters.models.__all__)


@pytest.mark.parametrize("edge", ["web", "api"])
def test_edges_never_reach_for_rows_themselves(edge: str) -> None:
    reaching = [
        path.name
        for path in (ROOT / "letters" / edge).rglob("*.py")
        if path.name != "models.py" and re.search(r"\.objects\b", path.read_text())
    ]

    assert reaching == []


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]

    assert sorted(numbers) == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_every_role_has_its_rights() -> None:
    assert set(RIGHTS) == set(Role)


def test_addresses_hold_no_room_for_a_name() -> None:
    for route in _routes():
        assert not re.search(r"<(str|slug|path)?:?(name|nhs|postcode)", str(route.pattern))


def test_migrations_have_one_line() -> None:
    names = sorted(path.name for path in (ROOT / "letters" / "migrations").glob("0*.py"))

    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]


def _routes() -> list[URLPattern]:
    def below(resolver: URLResolver) -> list[URLPattern]:
        routes: list[URLPattern] = []
        for entry in resolver.url_patterns:
            routes.extend(below(entry) if isinstance(entry, URLResolver) else [entry])
        return routes

    return below(get_resolver())
