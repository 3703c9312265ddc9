"""The few things that no wheel brings: found, installed where we may, else the one line to type."""

import os
import platform
import shutil
import subprocess
from ctypes.util import find_library
from dataclasses import dataclass
from typing import Final

from hjp_letters.command.places import CannotGoOn, say

CHROMIUM_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemPart:
    """A shared library, or a program, and the packages that bring it."""

    debian: str
    brew: str
    library: str = ""
    programs: tuple[str, ...] = ()

    def is_there(self) -> bool:
        if self.library:
            return find_library(self.library) is not None or _in_brew(self.library)
        return any(shutil.which(program) for program in self.programs)


LETTERS: Final = (
    SystemPart(library="pangoft2-1.0", debian="libpangoft2-1.0-0", brew="pango"),
    SystemPart(library="harfbuzz-subset", debian="libharfbuzz-subset0", brew="harfbuzz"),
)
TESTS: Final = (
    *LETTERS,
    SystemPart(programs=CHROMIUM_PROGRAMS, debian="chromium", brew="--cask chromium"),
    SystemPart(
        programs=("clamd", "/usr/sbin/clamd"), debian="clamav-daemon", brew="clamav"
    ),  # the virus scanner; the tests bring their own signature
    SystemPart(programs=("soffice",), debian="libreoffice-writer-nogui", brew="--cask libreoffice"),
)


def ensure(parts: tuple[SystemPart, ...]) -> None:
    """Have every part, or say what to type and go no further."""
    missing = [part for part in parts if not part.is_there()]
    if not missing:
        return
    if platform.system() == "Darwin":
        lines = " && ".join(f"brew install {part.brew}" for part in missing)
        raise CannotGoOn(f"System parts are missing. Type: {lines}")
    packages = [part.debian for part in missing]
    if "chromium" in packages and _is_ubuntu():
        raise CannotGoOn(
            "The tests need Chromium, a snap on Ubuntu. Type: sudo snap install chromium"
        )
    _install(packages)
    left = [part.debian for part in missing if not part.is_there()]
    if left:
        raise CannotGoOn(f"Installed, yet not found: {' '.join(left)}. Install them by hand.")


def chromium() -> str:
    """The path of the system's own browser."""
    found = next(filter(None, map(shutil.which, CHROMIUM_PROGRAMS)), None)
    if found is None:
        raise CannotGoOn("Chromium is not installed: run ./hjp test, which installs it.")
    return found


def _install(packages: list[str]) -> None:
    typed = f"sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise CannotGoOn(f"System parts are missing. On Debian or Ubuntu: {typed}")
    before = _as_root()
    if before is None:
        raise CannotGoOn(f"System parts are missing. Type: {typed}")
    say(f"Installing system packages: {' '.join(packages)}.")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*before, *quiet, "update"], check=False, stdout=subprocess.DEVNULL)
    install = [*before, *quiet, "install", "-y", "--no-install-recommends", *packages]
    if subprocess.run(install, check=False, stdout=subprocess.DEVNULL).returncode:
        raise CannotGoOn(f"apt-get could not install them. Type: {typed}")


def _as_root() -> list[str] | None:
    """The words that make a command run as root, or None where that needs a password."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    may = subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    return ["sudo", "-n"] if may else None


def _is_ubuntu() -> bool:
    return platform.freedesktop_os_release().get("ID") == "ubuntu"


def _in_brew(library: str) -> bool:
    """Python of the system does not look where brew puts libraries on Apple's processors."""
    return any(
        os.path.exists(f"{folder}/lib/lib{library}.dylib")  # noqa: PTH110  # shorter than a Path
        for folder in ("/opt/homebrew", "/usr/local")
    )
