"""Servers of our own, and what is left of them."""

import signal
import stat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from hjp_letters.command import servers
from hjp_letters.command.places import CannotGoOn
from tests.servers import wait_until


def test_postgres_keeps_rows_over_a_restart(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    with servers.postgres(data, servers.FLEETING) as url, psycopg.connect(url) as rows:
        rows.execute("create table kept (word text)")

    with servers.postgres(data, servers.FLEETING) as url, psycopg.connect(url) as rows:
        found = rows.execute("select count(*) from kept").fetchone()

    assert found == (0,)


def test_postgres_can_be_reached_by_its_owner_alone(tmp_path: Path) -> None:
    with servers.postgres(tmp_path / "postgres", servers.FLEETING) as url:
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])
        with psycopg.connect(url) as rows:
            listening = rows.execute("show listen_addresses").fetchone()

        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert listening == ("",)
    assert not folder.exists()


def test_postgres_takes_over_from_a_killed_run(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    with servers.postgres(data, servers.FLEETING):
        left_over = (data / "postmaster.pid").read_text().split()[0]
        with servers.postgres(data, servers.FLEETING) as url, psycopg.connect(url) as rows:
            rows.execute("select 1")
            serving = (data / "postmaster.pid").read_text().split()[0]

    assert serving != left_over


def test_postgres_tells_why_it_did_not_start(tmp_path: Path) -> None:
    with (
        pytest.raises(CannotGoOn, match="did not start"),
        servers.postgres(tmp_path / "postgres", {"no_such_setting": "1"}),
    ):
        pass


def test_valkey_wants_its_password(tmp_path: Path) -> None:
    with servers.valkey(tmp_path / "valkey") as url:
        assert urlsplit(url).password
        assert stat.S_IMODE((tmp_path / "valkey" / "valkey.conf").stat().st_mode) == 0o600


def test_stop_ends_what_does_not_listen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(servers, "STOP_SECONDS", 0.2)
    log = tmp_path / "log"
    deaf = servers._start(["sh", "-c", "trap '' TERM; echo deaf; while :; do :; done"], log=log)
    wait_until(lambda: "deaf" in log.read_text(), "the process to stop listening")

    servers.stop(deaf, signal.SIGTERM)

    assert deaf.returncode == -signal.SIGKILL
