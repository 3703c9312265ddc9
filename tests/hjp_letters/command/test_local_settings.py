"""The secrets that this machine makes for itself."""

from pathlib import Path

import pytest

from hjp_letters import env
from hjp_letters.command import local_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(local_settings, "FILE", tmp_path / "local.env")
    return tmp_path / "local.env"


def test_generated_keeps_what_it_made(file: Path) -> None:
    assert local_settings.generated() == local_settings.generated()


def test_generated_can_be_read_by_the_owner_alone(file: Path) -> None:
    local_settings.generated()

    assert file.stat().st_mode & 0o777 == 0o600


def test_generated_survives_a_torn_first_attempt(file: Path) -> None:
    file.with_suffix(".new").write_text("SECRET_KEY=ha")

    assert set(local_settings.generated()) == {"SECRET_KEY", "FIELD_KEYS", "LOOKUP_KEY"}


def test_generated_satisfies_the_settings(file: Path) -> None:
    rest = {
        "ALLOWED_HOSTS": "localhost",
        "PUBLIC_URL": "http://localhost",
        "DATABASE_URL": "postgresql:///letters",
        "REDIS_URL": "redis://localhost",
    }

    assert env.read(local_settings.generated() | rest).field_keys
