"""Delivery: how soon a letter is accepted, how many a second, and what a long queue costs.

`./hjp bench delivery` starts PostgreSQL, Valkey, a mail server and the real worker of its own,
tells each figure as it is measured, and prints them all as JSON. What counts are ratios: the whole
way against two processes that only render the same letters; letters whose files are there against
two processes that take rows and send the same message with none of our code; a queue of 100,000
against one of 1,000.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import django

from hjp_letters.command import servers
from hjp_letters.command.local_settings import like_production
from tests.servers import Process

ROOT = Path(__file__).parents[1]
PROCESSES = 2
ONE_BY_ONE = 100  # letters sent to an idle queue
RENDERED = 200  # letters on the whole way, and by those that only render
HANDED_OVER = 600  # letters whose files are there
SHORT, LONG = 1_000, 100_000
ROUNDS = 50
_MOST_SECONDS = 300.0


def main() -> int:
    """Measure, print the table and the JSON; it judges nothing."""
    with tempfile.TemporaryDirectory(prefix="hjp-bench-") as folder:
        Path(folder).chmod(0o711)
        with servers.running(Path(folder)) as addresses, _receiver(Path(folder)) as mail:
            os.environ |= like_production(addresses) | {
                "DJANGO_SETTINGS_MODULE": "hjp_letters.settings",
                "HTTPS": "false",
                "EMAIL_URL": mail,
                "MAIL_FROM": "letters@partnership.example",
                "UNDO_SECONDS": "0",
                "VAR_DIR": folder,
            }
            django.setup()
            _say(json.dumps(_figures(Path(folder)), indent=2))
    return 0


def _figures(folder: Path) -> dict[str, Any]:
    from benchmarks import _deliveries as deliveries  # needs the settings

    deliveries.make_ready()
    content = deliveries.write_content(folder / "content.json")
    found: dict[str, Any] = {"cores": os.cpu_count()}
    with _workers():
        soon = deliveries.seconds_one_by_one(ONE_BY_ONE)
        found["approval_to_acceptance_seconds"] = _told(
            {
                "median": round(median(soon), 3),
                "95_percent": round(quantiles(soon, n=100)[94], 3),
                "99_percent": round(quantiles(soon, n=100)[98], 3),
                "slowest": round(max(soon), 3),
            }
        )
        whole = RENDERED / deliveries.seconds_for(RENDERED, with_files=False)
        handed = HANDED_OVER / deliveries.seconds_for(HANDED_OVER, with_files=True)
    only = RENDERED / _two_at_once("benchmarks._rendering", str(content), RENDERED)
    message = deliveries.write_message(folder / "message.eml")
    bare = HANDED_OVER / _two_at_once("benchmarks._bare", str(message), HANDED_OVER)
    found["letters_a_second"] = _told(
        {
            "whole_way": round(whole, 2),
            "rendering_only": round(only, 2),
            "whole_way_to_rendering_only": round(whole / only, 3),
            "files_there": round(handed, 1),
            "bare": round(bare, 1),
            "files_there_to_bare": round(handed / bare, 3),
        }
    )
    short = deliveries.long_queue(SHORT, ROUNDS)
    long = deliveries.long_queue(LONG, ROUNDS)
    found["queue"] = _told(
        {
            "claim_ms_at_1000": round(short.claim_ms, 2),
            "claim_ms_at_100000": round(long.claim_ms, 2),
            "claim_long_to_short": round(long.claim_ms / short.claim_ms, 2),
            "sweep_ms_at_100000": round(long.sweep_ms, 2),
        }
    )
    return found


def _told(figures: dict[str, float]) -> dict[str, float]:
    """Said at once, apart from the JSON: the whole run takes minutes."""
    print(json.dumps(figures), file=sys.stderr, flush=True)  # noqa: T201 - the terminal is the page
    return figures


@contextmanager
def _receiver(folder: Path) -> Iterator[str]:
    port = servers.free_port()
    words = ("-m", "tests.chaos.receiver", str(port), str(folder / "accepted.txt"))
    process = Process(sys.executable, *words, environment={})
    try:
        process.wait_for_line("listening")
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.kill()


@contextmanager
def _workers() -> Iterator[None]:
    words = ("worker", "--without-gossip", "--without-mingle", f"--concurrency={PROCESSES}")
    worker = Process(sys.executable, "-m", "celery", "-A", "worker.app", *words, environment={})
    try:
        worker.wait_for_line("ready.", seconds=90)
        yield
    finally:
        worker.kill()


def _two_at_once(program: str, path: str, count: int) -> float:
    """Seconds of two processes side by side, from the first letter of either to the last."""
    words = [sys.executable, "-m", program, path, str(count // PROCESSES)]
    running = [
        subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    for process in running:
        (process.stdout or sys.stdin).readline()  # it is ready
    began = time.monotonic()
    for process in running:
        print("go", file=process.stdin, flush=True)
    for process in running:
        process.communicate(timeout=_MOST_SECONDS)
    return time.monotonic() - began


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the terminal is the page here
