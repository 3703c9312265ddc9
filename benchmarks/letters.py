"""Letters: processor time and memory of each way of making one, side by side in one run.

`./hjp bench letters` prints a table, and the same figures as JSON. All ways work on one letter of
two pages in turn, each in a process of its own, so that what else the machine does falls on all
alike; the figure of each is the middle of its turns, and what counts is how many times plain
WeasyPrint it takes.
"""

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks._letter_peers import PEERS, letter
from letters.rendering.word import docx

ROOT = Path(__file__).parents[1]
ROUNDS = 40
# For memory: letters made, and after how many of them it is first looked at. Plain WeasyPrint is
# stopped early: what it holds grows by as much with each letter, and its time with it.
MEMORY = {"our_pdf": (1_000, 3_000), "plain": (100, 400)}
OFFICE_COPIES = 10
# Tagged as ours is.
OFFICE_FORMAT = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'


def main() -> int:
    """Measure, print the table and the JSON; it judges nothing."""
    seconds, sizes = _in_turns(tuple(PEERS))
    seconds |= _office()
    figures = {
        "machine": _machine(),
        "milliseconds": {name: round(each * 1000, 2) for name, each in seconds.items()},
        "times_plain": {name: round(each / seconds["plain"], 3) for name, each in seconds.items()},
        "ratios": _ratios(seconds),
        "bytes": sizes,
        "memory": {name: _growth(name, *span) for name, span in MEMORY.items()},
    }
    _tell(figures)
    return 0


def _in_turns(names: Sequence[str]) -> tuple[dict[str, float], dict[str, int]]:
    taken: dict[str, list[float]] = {name: [] for name in names}
    sizes: dict[str, int] = {}
    with ExitStack() as stack:
        running = {name: stack.enter_context(_peer(name)) for name in names}
        for _ in range(ROUNDS):
            for name, process in running.items():
                answer = _turn(process)
                taken[name].append(answer["seconds"])
                sizes[name] = answer["size"]
    return {name: median(each) for name, each in taken.items()}, sizes


def _peer(name: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "benchmarks._letter_peers", name]
    return subprocess.Popen(
        words,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _turn(process: subprocess.Popen[str]) -> Any:  # what the peer answered, as JSON
    assert process.stdin is not None  # noqa: S101 tells the type checker: both are pipes
    assert process.stdout is not None  # noqa: S101 as above
    process.stdin.write("\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def _growth(name: str, first: int, last: int) -> dict[str, float]:
    """Megabytes held after so many letters, and what each letter between them added."""
    with _peer(name) as process:
        held = [_turn(process)["kilobytes"] for _ in range(last)]
    added = held[last - 1] - held[first - 1]
    return {
        f"megabytes_after_{first}": round(held[first - 1] / 1024, 1),
        f"megabytes_after_{last}": round(held[last - 1] / 1024, 1),
        "megabytes_more": round(added / 1024, 1),
        "kilobytes_a_letter": round(added / (last - first), 2),
    }


def _office() -> dict[str, float]:
    """LibreOffice making PDF of our Word letter: started for each, and kept running."""
    program = shutil.which("soffice")
    if program is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        made = docx.render(letter())
        files = [Path(folder) / f"{number}.docx" for number in range(OFFICE_COPIES + 1)]
        for path in files:
            path.write_bytes(made)
        _convert(program, files[:1], folder)  # makes its profile, which is no letter's time
        one = median(_convert(program, files[:1], folder) for _ in range(3))
        all_of_them = median(_convert(program, files, folder) for _ in range(3))
    return {"office_started": one, "office_running": (all_of_them - one) / OFFICE_COPIES}


def _convert(program: str, files: Sequence[Path], folder: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}",
            *("--headless", "--convert-to", OFFICE_FORMAT, "--outdir", folder),
            *files,
        ],
        check=True,
        capture_output=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _ratios(seconds: Mapping[str, float]) -> dict[str, float]:
    """What the docs speak of, each as one figure."""
    ours = seconds["our_pdf"]
    pairs = {
        "pdf_to_plain": ours / seconds["plain"],
        "pdf_and_word_to_plain": seconds["our_pdf_and_word"] / seconds["plain"],
        "preview_to_plain": seconds["our_preview"] / seconds["plain"],
        "photographs_to_none": seconds["our_pdf_with_photographs"] / ours,
        "pdf_to_typst": ours / seconds["typst"],
    }
    if "office_running" in seconds:
        pairs["pdf_to_office_running"] = ours / seconds["office_running"]
        pairs["pdf_to_office_started"] = ours / seconds["office_started"]
    return {name: round(each, 3) for name, each in pairs.items()}


def _machine() -> dict[str, object]:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {"processor": model, "cores": os.cpu_count(), "python": platform.python_version()}


def _tell(figures: Mapping[str, Any]) -> None:
    for name, each in figures["milliseconds"].items():
        _say(f"{name:<28} {each:9.2f} ms   {figures['times_plain'][name]:7.3f} times plain")
    for name, held in figures["memory"].items():
        first, last = MEMORY[name]
        _say(f"{name:<28} {held['megabytes_more']:9.1f} MB more from letter {first} to {last}")
    _say(json.dumps(figures, indent=2))


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the terminal is the page here
