"""./hjp compose: one case file into a letter, its reasons and its deadlines; no server, no rows."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

from letters.console.places import CASE_SCHEMA, TEMPLATES_LEGAL
from letters.drafting.case_document import Document, check, parse, read_case_schema
from letters.drafting.compose import Brief, Composition, compose
from letters.drafting.content import Mark
from letters.drafting.errors import DocumentRefused, DraftingError, Fault
from letters.drafting.from_document import facts_from, particulars_from
from letters.drafting.frozen import to_json
from letters.drafting.stages import Stage
from letters.drafting.wording import read_wording
from letters.law.clocks import Clock, clocks_of
from letters.law.errors import LawError
from letters.law.grounds import grounds_for
from letters.law.library import read_library
from letters.law.periods import LONDON, StartEvent
from letters.law.working_days import WorkingDays
from letters.rendering import docx, pdf, text
from letters.rendering.errors import RenderingFailed

_BAD_INPUT = 2
# When the letter is supposed to be read, unless --received says otherwise: the start of the
# working day of its date. The deadlines file says so.
_READ_AT = time(9)
_REFERENCE = "PREVIEW"


def main(arguments: Sequence[str]) -> int:
    """Write the letter's files; 2 with one line per fault, and nothing written, on bad input."""
    options = _parser().parse_args(arguments)
    try:
        document = _read(options.case, options.day)
        received_at = options.received or datetime.combine(options.day, _READ_AT, tzinfo=LONDON)
        files = _files(document, options.day, received_at)
    except DocumentRefused as refusal:
        return _tell(refusal.faults)
    except (DraftingError, LawError, RenderingFailed) as refusal:
        return _tell((Fault(pointer="", says=str(refusal)),))
    _write(options.out, files)
    print(f"Wrote {', '.join(files)} to {options.out}")  # noqa: T201 - the terminal is the page here
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hjp compose", description=__doc__)
    parser.add_argument("case", type=Path, help="the case, as docs/case.schema.json describes it")
    parser.add_argument("--day", type=date.fromisoformat, required=True, help="day of the letter")
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument(
        "--received", type=_moment, help="when the landlord learns of it, if not 9 am that day"
    )
    return parser


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _read(path: Path, day: date) -> Document:
    try:
        raw = path.read_bytes()
    except OSError as error:
        says = f"Name a file that can be read: {error.strerror}"
        raise DocumentRefused((Fault(pointer="", says=says),)) from None
    document = check(parse(raw), read_case_schema(CASE_SCHEMA), day=day)
    missing = tuple(
        Fault(pointer=f"/{name}", says="Add this: a letter cannot be written without it")
        for name in ("writer", "landlord")
        if document.get(name) is None
    )
    if missing:
        raise DocumentRefused(missing)
    return document


def _files(document: Document, day: date, received_at: datetime) -> dict[str, bytes]:
    """Everything that will be written, made before anything is."""
    facts = facts_from(document, day)
    wording = read_wording(TEMPLATES_LEGAL, facts.jurisdiction)
    grounds = grounds_for(facts, day, read_library(TEMPLATES_LEGAL))
    calendar = WorkingDays.of(facts.jurisdiction)
    started = {StartEvent.AWARENESS: received_at, StartEvent.NOTICE_RECEIVED: received_at}
    clocks = clocks_of(grounds, started, calendar)
    brief = Brief(
        facts=facts,
        grounds=grounds,
        clocks=clocks,
        particulars=particulars_from(document, reference=_REFERENCE),
        stage=Stage.FIRST_LETTER,
        day=day,
        mark=Mark.PREVIEW,
        narrative=document["narrative"],
        earlier=None,
        signed_on=None,
    )
    return _rendered(compose(brief, wording), clocks, received_at)


def _rendered(
    composition: Composition, clocks: Sequence[Clock], received_at: datetime
) -> dict[str, bytes]:
    content = composition.content
    deadlines = {
        "supposed": "The landlord learns of the hazard from this letter at the moment given.",
        "received_at": received_at.isoformat(),
        "deadlines": [_deadline(clock) for clock in clocks],
    }
    return {
        "letter.pdf": pdf.render(content),
        "letter.docx": docx.render(content),
        "letter.txt": text.render(content).encode(),
        "content.json": _json(to_json(content)),
        "trace.json": _json(to_json(composition.trace)),
        "deadlines.json": _json(deadlines),
    }


def _deadline(clock: Clock) -> dict[str, object]:
    """A clock as its file shows it; `due_at` is null while its start event has not happened."""
    due = clock.due
    return {
        "provision": clock.ground.provision_id,
        "strength": clock.ground.strength.value,
        "hazard": clock.hazard.value,
        "requires": clock.period.requires,
        "basis": clock.period.basis.value,
        "start_event": clock.period.start_event.value,
        "started_at": due.started_at.isoformat() if due else None,
        "length": clock.period.length,
        "unit": clock.period.unit.value,
        "due_at": due.due_at.isoformat() if due else None,
        "counted": [day.isoformat() for day in due.counted] if due else [],
        "skipped": to_json(due.skipped) if due else [],
        "explanation": due.explanation if due else _why_open(clock),
    }


def _why_open(clock: Clock) -> str:
    if clock.period.length is None:
        return f"The law gives no number: {clock.period.unit.label}."
    return f"Runs from when {clock.period.start_event.label}, which has not happened yet."


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Each file appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as unfinished:
            unfinished.write(data)
        os.chmod(unfinished.name, 0o600)  # noqa: PTH101 - a letter is for its owner's eyes
        os.replace(unfinished.name, folder / name)  # noqa: PTH105


def _tell(faults: Sequence[Fault]) -> int:
    for fault in faults:
        print(f"{fault.pointer or '/'}: {fault.says}", file=sys.stderr)  # noqa: T201
    return _BAD_INPUT
