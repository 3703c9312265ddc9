"""`./hjp verify`, run as a person runs it."""

import fcntl
import os
from pathlib import Path

import pytest
from django.db import connection

from hjp_letters.command import servers as command_servers
from hjp_letters.command import verify
from hjp_letters.command.places import CannotGoOn
from letters.issuing.files import make_files
from letters.issuing.models import LetterFile
from tests import factories, servers
from tests.factories import NOW


@pytest.fixture
def letter_file(transactional_db: None) -> LetterFile:
    house = factories.a_house()
    factories.law_signed(house)
    letter = factories.an_approved_letter(house)
    make_files(letter_id=letter.pk, at=NOW)
    return LetterFile.objects.get(letter=letter, file_format="pdf")


def _asked(*files: Path, var: Path) -> servers.Process:
    """Of the database of this test, as of one that somebody named."""
    host = connection.settings_dict["OPTIONS"]["host"]
    address = f"postgresql://postgres@/{connection.settings_dict['NAME']}?host={host}"
    given = {"DATABASE_URL": address, "VAR_DIR": str(var)}
    names = ("FIELD_KEYS", "LOOKUP_KEY", "SECRET_KEY")
    keys = {name: os.environ[name] for name in names}
    hjp = str(servers.ROOT / "hjp")
    return servers.Process(hjp, "verify", *map(str, files), environment=given | keys)


def test_a_letter_of_the_service_is_known(letter_file: LetterFile, tmp_path: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(letter_file.data)

    asked = _asked(copy, var=tmp_path / "var")

    assert asked.wait(60) == 0
    assert f"this is the PDF of a letter, {letter_file.letter.case.reference}" in asked.output


def test_another_file_is_not(transactional_db: None, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"%PDF-1.7 of somebody else")

    asked = _asked(other, var=tmp_path / "var")

    assert asked.wait(60) == 1
    assert "not a file that this service made" in asked.output


@pytest.mark.parametrize("words", [[], ["--help"]])
def test_it_asks_for_files(words: list[str]) -> None:
    with pytest.raises(CannotGoOn, match="name the files"):
        verify.main(words)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder such as `./hjp up` keeps, with a database in it that does not run."""
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(verify, "VAR", tmp_path)
    monkeypatch.setattr(verify, "DATA", tmp_path / "postgres")
    tmp_path.chmod(0o711)  # PostgreSQL may run as another account, in a folder of its own
    with command_servers.postgres(verify.DATA, command_servers.FLEETING):
        pass
    return tmp_path


def test_a_service_that_runs_is_asked(own: Path) -> None:
    running = command_servers.postgres(verify.DATA, command_servers.FLEETING)
    with (own / "up.lock").open("w") as lock, running as address:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with verify._database() as found:
            assert found == {"DATABASE_URL": address}


def test_one_that_does_not_run_is_started_meanwhile(own: Path) -> None:
    with verify._database() as found:
        assert (verify.DATA / "postmaster.pid").exists()

    assert found["DATABASE_URL"].startswith("postgresql://")
    assert not (verify.DATA / "postmaster.pid").exists()


def test_without_a_service_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(verify, "DATA", tmp_path / "postgres")

    with pytest.raises(CannotGoOn, match="no letters here yet"):
        verify.main([str(tmp_path)])
