"""The design system and the fonts: installed by npm out of a wheel, prepared as static files."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from hjp_letters.command.places import ROOT, VENV, CannotGoOn, say

LOCKED = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
MODULES = ROOT / "node_modules"
STAMP = MODULES / ".hjp"
DESIGN_SYSTEM = MODULES / "nhsuk-frontend" / "dist" / "nhsuk"
SOURCES = ROOT / "var" / "static_sources"
PREPARED = SOURCES / "nhsuk"

# They fetch a font from another site, licensed to registered NHS bodies; Arial is the fallback.
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
# Hashed names need paths that are relative to the style sheet.
ABSOLUTE_ASSET = re.compile(r"url\((['\"]?)/assets/")
SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$")


def install() -> None:
    """Have what package-lock.json lists, and the static files made from it."""
    digest = _digest()
    if STAMP.exists() and STAMP.read_text() == digest and PREPARED.exists():
        return
    say("Installing the design system and the fonts.")
    _npm_ci()
    prepare_static()
    STAMP.write_text(digest)


def prepare_static() -> None:
    """Copy the compiled style, script and pictures, so changed that nothing leaves the site."""
    shutil.rmtree(PREPARED, ignore_errors=True)
    shutil.copytree(DESIGN_SYSTEM / "assets", PREPARED / "assets")
    style = (DESIGN_SYSTEM / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    (PREPARED / "nhsuk-frontend.min.css").write_text(local_style(style), encoding="utf-8")
    script = (DESIGN_SYSTEM / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (PREPARED / "nhsuk-frontend.min.js").write_text(SOURCE_MAP.sub("", script), encoding="utf-8")


def local_style(style: str) -> str:
    """The style sheet without fonts from elsewhere, absolute paths and the map we do not serve."""
    return SOURCE_MAP.sub("", ABSOLUTE_ASSET.sub(r"url(\1assets/", FONT_FACE.sub("", style)))


def _npm_ci() -> None:
    """Scripts of packages are never run."""
    command = [str(VENV / "bin" / "npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    path = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [*command, "--no-update-notifier", "--loglevel=error"],
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise CannotGoOn("npm could not install package-lock.json; what it said stands above.")


def _digest() -> str:
    """This file counts too: it decides what the prepared files look like."""
    files = (*LOCKED, Path(__file__))
    return hashlib.sha256(
        b"".join(file.read_bytes() for file in files if file.exists())
    ).hexdigest()
