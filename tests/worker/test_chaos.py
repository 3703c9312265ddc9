"""A short run of what `./hjp chaos` does at length: everything on a letter's way breaks."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_RUN = "import sys; from tests.chaos.run import main; sys.exit(main(sys.argv[1:]))"


def test_no_letter_is_lost_or_doubled_while_everything_breaks() -> None:
    words = ("--letters", "24", "--seconds", "8", "--seed", "11")
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _RUN, *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr[-4_000:]
    told = json.loads(done.stdout[done.stdout.index("{") :])
    assert told["dispatches"] == 24
    assert told["accepted_by_receivers"] + len(told["unknown_and_listed"]) >= 24
