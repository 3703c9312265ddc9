"""Where things lie, and how this command speaks."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
# What is made here and kept: data, logs, secrets of this machine.
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
PYTHON = VENV / "bin" / "python"


class CannotGoOn(Exception):
    """Something is missing; the message says what to do, in a line or two."""


def say(text: str) -> None:
    """One line to the person, above whatever the children write."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
