"""The same content, the same bytes: in another process, on another day, in another place."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from letters.rendering import pdf
from letters.rendering.word import docx
from tests.rendering import random_contents

NUMBERS = range(3, 9)
AGAIN = """
import time_machine
with time_machine.travel("2031-02-28 23:59:59", tick=True):
    from tests.rendering.test_same_bytes import digests
    print("\\n".join(digests()))
"""


def digests() -> list[str]:
    """Of random letters, pictures and all their scripts, and of one in large print."""
    shown = random_contents.pictures()
    made = [
        render(random_contents.content_of(number), shown)
        for number in NUMBERS
        for render in (pdf.render, docx.render)
    ]
    made.append(pdf.render_large(random_contents.content_of(NUMBERS[0]), shown))
    return [hashlib.sha256(each).hexdigest() for each in made]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_render_gives_the_same_bytes_elsewhere(seed: str) -> None:
    elsewhere = {"PYTHONHASHSEED": seed, "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    other = subprocess.run(  # noqa: S603 our own interpreter
        [sys.executable, "-c", AGAIN],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | elsewhere,
        text=True,
    )

    assert other.stdout.split() == digests()
