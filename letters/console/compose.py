"""./hjp compose: one case file into a letter, its reasons and its deadlines; no server, no rows."""

import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from letters.console.arguments import BAD_INPUT, Arguments, day, moment
from letters.console.places import CASE_SCHEMA, TEMPLATES_LEGAL
from letters.console.portfolio import portfolio_brief
from letters.drafting.case_document import (
    CaseSchema,
    Document,
    check,
    parse,
    read_case_schema,
)
from letters.drafting.compose import Brief, Composition, compose
from letters.drafting.content import Mark
from letters.drafting.errors import (
    BlankPlace,
    DocumentRefused,
    DraftingError,
    Fault,
    MayNotBeSaid,
    NotConsented,
    NothingToFollow,
)
from letters.drafting.from_document import (
    addressee_pointer,
    earlier_from,
    facts_from,
    given_addressee,
    particulars_from,
)
from letters.drafting.frozen import to_json
from letters.drafting.portfolio import compose_portfolio
from letters.drafting.stages import Stage
from letters.drafting.times import clocks_for
from letters.drafting.wording import Wording, read_wording, refuse_unknown_citations
from letters.law.clocks import Clock
from letters.law.errors import LawError
from letters.law.grounds import grounds_for
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import Library, read_library
from letters.law.periods import LONDON
from letters.rendering import pdf, text
from letters.rendering.errors import RenderingFailed
from letters.rendering.word import docx

# When the letter is supposed to be read, unless --received says otherwise: the start of the
# working day of its date. The deadlines file says so.
_READ_AT = time(9)
_REFERENCE = "PREVIEW"
# Where a case document holds what a passage had nothing for, or what may not be said.
_POINTERS = {
    "adjustment": "/adjustment/what",
    "narrative": "/narrative",
    "opinion": "/opinion/basis",
    "diagnosis": "/diagnoses",
    "description": "/hazards",
    **dict.fromkeys(
        ("earlier_on", "earlier_to", "earlier_by", "earlier_kind"), "/correspondence/earlier_letter"
    ),
}
_MISSING = "Add this: a letter cannot be written without it"


def main(arguments: Sequence[str]) -> int:
    """Write the letter's files; 2 with one line per fault, and nothing written, on bad input."""
    options = _parser().parse_args(arguments)
    try:
        received_at = _received_at(options.received, options.day)
        cases = [(path, _read(path, options.day)) for path in options.case]
        files = _letter(cases, options.letter, options.day, received_at)
        _write(options.out, files)
    except DocumentRefused as refusal:
        return _tell(refusal.faults)
    except NotConsented as refusal:
        return _tell((Fault(pointer="/consent/grants", says=str(refusal)),))
    except BlankPlace as refusal:
        return _tell((Fault(pointer=_POINTERS.get(refusal.place, ""), says=str(refusal)),))
    except NothingToFollow as refusal:
        return _tell((Fault(pointer="/correspondence", says=str(refusal)),))
    except MayNotBeSaid as refusal:
        return _tell((Fault(pointer=_POINTERS[refusal.field], says=str(refusal)),))
    except (DraftingError, LawError, RenderingFailed) as refusal:
        return _tell((Fault(pointer="", says=str(refusal)),))
    print(f"Wrote {', '.join(files)} to {options.out}")  # noqa: T201 - the terminal is the page here
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="hjp compose", description=__doc__)
    parser.add_argument(
        "case",
        type=Path,
        nargs="+",
        help="the case, as docs/case.schema.json describes it; several of one landlord for the "
        "portfolio letter",
    )
    parser.add_argument("--day", type=day, required=True, help="day of the letter")
    parser.add_argument(
        "--letter",
        type=Stage,
        choices=list(Stage),
        default=Stage.FIRST_LETTER,
        metavar="KIND",
        help=f"which letter: {', '.join(Stage)}",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the files")
    parser.add_argument(
        "--received", type=moment, help="when the landlord learns of it, if not 9 am that day"
    )
    return parser


@cache
def _library() -> Library:
    return read_library(TEMPLATES_LEGAL)


@cache
def _schema() -> CaseSchema:
    return read_case_schema(CASE_SCHEMA)


@cache
def _wording(jurisdiction: Jurisdiction) -> Wording:
    wording = read_wording(TEMPLATES_LEGAL, jurisdiction)
    refuse_unknown_citations(wording, _library(), TEMPLATES_LEGAL)
    return wording


def _received_at(received: datetime | None, written_on: date) -> datetime:
    if received is None:
        return datetime.combine(written_on, _READ_AT, tzinfo=LONDON)
    if received.astimezone(LONDON).date() < written_on:
        raise _refused("", f"Give --received a moment that is not before {written_on.isoformat()}")
    return received


def _read(path: Path, written_on: date) -> Document:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _refused("", f"Name a file that can be read: {error.strerror}") from None
    document = check(
        parse(raw),
        _schema(),
        day=written_on,
        library=_library(),
    )
    if document.get("writer") is None:
        raise _refused("/writer", _MISSING)
    return document


def _wording_for(document: Document, stage: Stage) -> Wording:
    """The nation's words, once the document says who reads a letter of this kind and what it
    follows."""
    jurisdiction = Jurisdiction(document["jurisdiction"])
    wording = _wording(jurisdiction)
    reader = wording.kinds[stage].reader
    pointer = addressee_pointer(reader)
    if pointer and given_addressee(document, reader) is None:
        raise _refused(pointer, _MISSING)
    return wording


def _refused(pointer: str, says: str) -> DocumentRefused:
    return DocumentRefused((Fault(pointer=pointer, says=says),))


def _letter(
    cases: Sequence[tuple[Path, Document]], stage: Stage, written_on: date, received_at: datetime
) -> dict[str, bytes]:
    document = cases[0][1]
    wording = _wording_for(document, stage)
    if stage is Stage.PORTFOLIO:
        return _together(cases, wording, written_on, received_at)
    if len(cases) > 1:
        raise _refused("", "Give one case: only the portfolio letter is about several")
    return _files(document, wording, stage, written_on, received_at)


def _together(
    cases: Sequence[tuple[Path, Document]],
    wording: Wording,
    written_on: date,
    received_at: datetime,
) -> dict[str, bytes]:
    brief = portfolio_brief(
        cases,
        kind=wording.kinds[Stage.PORTFOLIO],
        law_digest=_library().digest_of(wording.jurisdiction),
        day=written_on,
        reference=_REFERENCE,
    )
    return _rendered(compose_portfolio(brief, wording), (), received_at)


def _files(
    document: Document, wording: Wording, stage: Stage, written_on: date, received_at: datetime
) -> dict[str, bytes]:
    """Everything that will be written, made before anything is. The letter counts from its own
    date, the file of deadlines from when it is received."""
    facts, earlier = facts_from(document, written_on), earlier_from(document)
    grounds = grounds_for(facts, written_on, _library())
    read_on_the_day = datetime.combine(written_on, _READ_AT, tzinfo=LONDON)
    brief = Brief(
        facts=facts,
        grounds=grounds,
        clocks=clocks_for(
            stage, earlier, grounds=grounds, received_at=read_on_the_day, wording=wording
        ),
        particulars=particulars_from(document, kind=wording.kinds[stage], reference=_REFERENCE),
        stage=stage,
        day=written_on,
        mark=Mark.PREVIEW,
        narrative=document["narrative"],
        earlier=earlier,
        signed_on=None,
    )
    clocks = clocks_for(stage, earlier, grounds=grounds, received_at=received_at, wording=wording)
    return _rendered(compose(brief, wording), clocks, received_at)


def _rendered(
    composition: Composition, clocks: Sequence[Clock], received_at: datetime
) -> dict[str, bytes]:
    content = composition.content
    deadlines = {
        "supposed": "The letter is received at the moment given.",
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
        "hazard": clock.hazard.value if clock.hazard else None,
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
    if clock.waits_for:
        return f"Waits for {clock.waits_for}."
    if clock.period.length is None:
        return f"The law gives no number: {clock.period.unit.label}."
    return f"Runs from when {clock.period.start_event.label}, which has not happened yet."


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Each file appears whole or not at all, and for its owner's eyes only."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as unfinished:
            for name, data in files.items():
                made = Path(unfinished) / name
                made.touch(mode=0o600)
                made.write_bytes(data)
            for name in files:
                (Path(unfinished) / name).replace(folder / name)
    except OSError as error:
        raise _refused("", f"Name a folder that can be written: {error.strerror}") from None


def _tell(faults: Sequence[Fault]) -> int:
    for fault in faults:
        print(_in_one_line(f"{fault.pointer or '/'}: {fault.says}"), file=sys.stderr)  # noqa: T201
    return BAD_INPUT


def _in_one_line(words: str) -> str:
    """A key of the document stands in a pointer, and may hold a line break or a control."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in words)
