"""The whole service, started and stopped as a person does it, in a folder of its own."""

import socket
from pathlib import Path

import pytest

from hjp_letters.command import servers as command_servers
from tests import servers

UNSET = dict.fromkeys(("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PUBLIC_URL", "FIELD_KEYS"), "")
UNSET |= dict.fromkeys(("LOOKUP_KEY", "SECRET_KEY", "ALLOWED_HOSTS", "HTTPS", "MAIL_FROM"), "")
UNSET |= {"UNDO_SECONDS": ""}  # as a person has it, and not as the other tests do
START_SECONDS = 120.0
pytestmark = pytest.mark.xdist_group("up")


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the service keeps: laid out by the first start, found again by the next."""
    return tmp_path_factory.mktemp("var")


def up(var: Path, port: int) -> servers.Process:
    given = UNSET | {"VAR_DIR": str(var), "PORT": str(port)}
    given["DJANGO_SETTINGS_MODULE"] = "hjp_letters.settings"
    return servers.Process(str(servers.ROOT / "hjp"), "up", environment=given)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_up_starts_refuses_a_second_and_stops(var: Path) -> None:
    port = command_servers.free_port()
    first = up(var, port)
    try:
        first.wait_for_line("Ready: ", START_SECONDS)
        second = up(var, port)
        second.wait_for_line("running already")
        assert second.wait() == 1
        assert answers(port)
    finally:
        status = first.stop(60)

    assert status == 0
    assert not answers(port)
    assert not (var / "postgres" / "postmaster.pid").exists()


def test_up_stops_everything_when_one_part_dies(var: Path) -> None:
    port = command_servers.free_port()
    service = up(var, port)
    try:
        service.wait_for_line("Ready: ", START_SECONDS)
        service.kill_children("celery")
        status = service.wait(60)
    finally:
        service.stop(60)

    assert status == 1
    assert "ended by itself" in service.output
    assert not answers(port)
