"""The law engine: the library read once, and one case answered.

The peers are well-kept libraries at like work on this machine in the same run, since machines
differ and are shared: PyYAML reading the same files with no check at all, and jsonschema holding
one case document against the published schema.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import yaml

from letters.drafting.case_document import CaseSchema, Document, read_case_schema
from letters.drafting.from_document import facts_from
from letters.law.clocks import clocks_of
from letters.law.grounds import grounds_for
from letters.law.library import Library, read_library
from letters.law.periods import LONDON, StartEvent
from letters.law.working_days import WorkingDays

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates_legal"
DAY = date(2026, 12, 1)
EVENTS = (StartEvent.AWARENESS, StartEvent.NOTICE_RECEIVED, StartEvent.INVESTIGATION_CONCLUDED)
STARTED = dict.fromkeys(EVENTS, datetime(2026, 12, 1, 9, tzinfo=LONDON))
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def main() -> int:
    """Print the middle of many runs, in milliseconds, and how often the peer fits into it."""
    files = sorted(TEMPLATES.glob("*/law/**/*.yaml"))
    _say(f"{len(files)} law files")
    ours = _middle(lambda: read_library(TEMPLATES), runs=15)
    peer = _middle(partial(_read_unchecked, files), runs=15)
    _tell("read, checked and digested", ours, "read by PyYAML, unchecked", peer)
    library, schema = read_library(TEMPLATES), read_case_schema(ROOT / "docs" / "case.schema.json")
    for path in sorted((ROOT / "docs" / "examples").glob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        ours = _middle(_answer(document, library), runs=60)
        peer = _middle(partial(_validate, document, schema), runs=60)
        _tell(f"{path.stem}: grounds and deadlines", ours, "jsonschema on the same case", peer)
    return 0


def _read_unchecked(files: Sequence[Path]) -> None:
    for path in files:
        yaml.load(path.read_bytes(), Loader=LOADER)  # noqa: S506 - one of the two safe loaders


def _validate(document: Document, schema: CaseSchema) -> None:
    for error in schema.validator.iter_errors(document):
        raise error


def _answer(document: Document, library: Library) -> Callable[[], object]:
    facts = facts_from(document, DAY)
    calendar = WorkingDays.of(facts.jurisdiction)
    return lambda: clocks_of(grounds_for(facts, DAY, library), STARTED, calendar)


def _middle(work: Callable[[], object], *, runs: int) -> float:
    taken = []
    for _ in range(runs):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken) * 1000


def _tell(what: str, ours: float, other: str, peer: float) -> None:
    _say(f"{what:<52} {ours:8.2f} ms   {ours / peer:6.2f} times {other} ({peer:.2f} ms)")


def _say(line: str) -> None:
    print(line)  # noqa: T201 - the terminal is the page here
