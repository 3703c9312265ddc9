"""The files that a service is run with: well formed, and together they leave no queue unserved."""

import configparser
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from hjp_letters.env import WHAT_TO_SET
from letters import jobs

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PROGRAMS = Path(sys.executable).parent
_COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
_CLUSTER: list[dict[str, Any]] = [
    *yaml.safe_load_all((DEPLOY / "kubernetes" / "service.yaml").read_text())
]
_UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


@pytest.mark.parametrize(
    "words",
    [
        ("hadolint", "Containerfile"),
        ("yamllint", "--strict", "-c", "yamllint.yaml", "."),
        ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "compose.yaml"),
        ("kubernetes-validate", "--strict", "kubernetes/service.yaml"),
        ("caddy", "validate", "--config", "Caddyfile", "--adapter", "caddyfile"),
    ],
    ids=lambda words: words[0],
)
def test_a_file_is_as_its_program_wants_it(words: tuple[str, ...], tmp_path: Path) -> None:
    told = os.environ | {"SITE": "letters.partnership.example", "HOME": str(tmp_path)}
    done = subprocess.run(  # noqa: S603 - programs of our own environment
        [str(PROGRAMS / words[0]), *words[1:]],
        cwd=DEPLOY,
        env=told,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def _queues(words: list[str]) -> set[str]:
    return set(words[words.index("-Q") + 1].split(",")) if "-Q" in words else set()


def test_every_queue_has_a_worker_on_one_machine() -> None:
    served = [
        _queues(service.get("command") or []) for service in _COMPOSE.values() if _is_list(service)
    ]

    assert set().union(*served) == set(jobs.QUEUES)


def _is_list(service: dict[str, Any]) -> bool:
    return isinstance(service.get("command"), list)


def test_every_queue_has_a_worker_in_a_cluster() -> None:
    containers = [
        container
        for entry in _CLUSTER
        for container in entry["spec"].get("template", {}).get("spec", {}).get("containers", [])
    ]
    served = [_queues(container.get("command", [])) for container in containers]

    assert set().union(*served) == set(jobs.QUEUES)


@pytest.mark.parametrize("path", _UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_a_program_that_there_is(path: Path) -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their case
    unit.read(path)

    program = Path(shlex.split(unit["Service"]["ExecStart"])[0])

    assert program.parent == Path("/srv/hjp_letters/.venv/bin")
    assert (PROGRAMS / program.name).exists()


def test_units_name_every_queue() -> None:
    named = re.findall(
        r"hjp-worker@(\w+)", (DEPLOY / "systemd" / "hjp-worker@.service").read_text()
    )

    assert set(named) == set(jobs.QUEUES)


def test_the_example_names_all_that_must_be_set() -> None:
    lines = (DEPLOY / "environment.example").read_text().splitlines()
    named = {line.partition("=")[0] for line in lines if "=" in line and not line.startswith("#")}
    made = {"DATABASE_URL", "REDIS_URL"}  # by compose.yaml, of their passwords

    assert set(WHAT_TO_SET) - made <= named
