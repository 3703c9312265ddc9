"""Runs Celery under a clock that is wrong by so many seconds: `clocked.py SECONDS WORDS...`."""

import sys
from datetime import UTC, datetime, timedelta

import time_machine


def main(seconds: str, *words: str) -> None:
    # Before anything else is loaded, so that nobody keeps the right time.
    shown = datetime.now(UTC) + timedelta(seconds=int(seconds))
    time_machine.travel(shown, tick=True).start()
    from celery.__main__ import main as celery

    sys.argv = ["celery", *words]
    celery()


if __name__ == "__main__":
    main(*sys.argv[1:])
