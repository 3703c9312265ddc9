"""Case documents to change and to compose: the published examples, as plain values."""

import copy
import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from letters.drafting.case_document import CaseSchema, check, read_case_schema
from letters.drafting.compose import Brief, Composition, compose
from letters.drafting.content import Item, ItemList, LetterContent, Mark, Panel, Row, Table
from letters.drafting.errors import DocumentRefused
from letters.drafting.from_document import earlier_from, facts_from, particulars_from
from letters.drafting.frozen import to_json
from letters.drafting.history import Earlier, Missed
from letters.drafting.kinds import Signatory
from letters.drafting.material import Material
from letters.drafting.portfolio import HomeReported, PortfolioBrief, compose_portfolio
from letters.drafting.stages import Stage
from letters.drafting.times import clocks_for
from letters.drafting.vocabulary import DataItem, Recipient
from letters.drafting.wording import Wording, read_wording
from letters.law.grounds import Strength, grounds_for
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import Library, read_library
from letters.law.periods import LONDON, Basis, Bound

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates_legal"
DAY = date(2026, 11, 23)
LATER = date(2026, 12, 22)
MOULD, PRIVATE, LICENCE, EMERGENCY, COLD = (
    "mould-asthma",
    "private",
    "licence",
    "emergency",
    "excess-cold",
)
EXAMPLES = (MOULD, PRIVATE, LICENCE, EMERGENCY, COLD)
EARLIER = Earlier(
    stage=Stage.FIRST_LETTER,
    written_on=date(2026, 11, 23),
    reference="PREVIEW",
    addressee="Exampleton Borough Council (invented)",
    written_by="Children's Respiratory Clinic, Exampleton Hospitals NHS Trust (invented)",
    missed=(
        Missed(
            requires="the investigation completed",
            due_on=date(2026, 12, 7),
            basis=Basis.LAW,
            is_certain=True,
        ),
        Missed(
            requires="a written reply",
            due_on=date(2026, 12, 7),
            basis=Basis.SERVICE,
            is_certain=True,
        ),
    ),
    history=(),
)

_OTHER_NATIONS = ("wales", "scotland", "northern-ireland")
ITEMS = [item.value for item in DataItem]
# what a case has behind it when a later letter is written
SO_FAR: Mapping[str, Any] = {  # as the schema's correspondence has it
    "earlier_letter": {
        "kind": "first_letter",
        "written_on": "2026-11-23",
        "reference": "PREVIEW",
        "addressee": "the landlord",
        "written_by": "Children's Respiratory Clinic, Exampleton Hospitals NHS Trust (invented)",
    },
    "history": [
        {"on": "2026-11-23", "what": "letter_sent", "says": "Report of a hazard affecting health"},
        {"on": "2026-12-01", "what": "reply", "says": "It wrote that it would look."},
    ],
}
ADVISER = {
    "organisation": "Exampleton Law Centre (invented)",
    "team": "Housing advice",
    "address": ["3 Sample Arcade", "Exampleton", "ZZ99 2BB"],
    "telephone": "020 7946 0199",
    "email": "housing@exampleton-law-centre.example",
    "name": "Jo Specimen",
    "role": "housing adviser",
    "registration": "",
}
MENDED = {"on": "2026-12-07", "what": "work_done", "says": "The wall was dried and replastered."}
BODIES = {
    Recipient.COUNCIL: ("Exampleton District Council (invented)", "Environmental Health"),
    Recipient.COUNCIL_HOUSING: ("Exampleton District Council (invented)", "Housing Options"),
    Recipient.OMBUDSMAN: ("Ombudsman or tribunal of the example (invented)", ""),
}

Json = dict[str, Any]  # a case document, as docs/case.schema.json describes it


@cache
def _text_of(name: str) -> str:
    found = name if name.startswith(_OTHER_NATIONS) else f"england-{name}"
    return (ROOT / "docs" / "examples" / f"{found}.json").read_text(encoding="utf-8")


def example(name: str = MOULD) -> Json:
    """A copy of a published example, to change at will."""
    document: Json = json.loads(_text_of(name))
    return document


@cache
def schema() -> CaseSchema:
    return read_case_schema(ROOT / "docs" / "case.schema.json")


@cache
def wording(jurisdiction: Jurisdiction = Jurisdiction.ENGLAND) -> Wording:
    return read_wording(TEMPLATES, jurisdiction)


@cache
def library() -> Library:
    return read_library(TEMPLATES)


def places_in(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every key and element, however deep."""
    members: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        members = list(value.items())
    elif isinstance(value, list):
        members = list(enumerate(value))
    for key, inner in members:
        yield (*path, key)
        yield from places_in(inner, (*path, key))


def changed(document: Json, path: tuple[str | int, ...], value: object) -> Json:
    """A copy of the document with another value at the path."""
    made = copy.deepcopy(document)
    found: Any = made  # walks through dicts and lists alike
    for key in path[:-1]:
        found = found[key]
    found[path[-1]] = value
    return made


def without(document: Json, path: tuple[str | int, ...]) -> Json:
    """A copy of the document with nothing at the path."""
    made = copy.deepcopy(document)
    found: Any = made  # walks through dicts and lists alike
    for key in path[:-1]:
        found = found[key]
    del found[path[-1]]
    return made


def pointer(path: tuple[str | int, ...]) -> str:
    return "".join(f"/{key}" for key in path)


def faults_of(document: object, *, day: date = DAY) -> dict[str, str]:
    """What is wrong with the document, by pointer; empty where it is taken."""
    try:
        check(document, schema(), day=day, library=library())
    except DocumentRefused as refusal:
        return {fault.pointer: fault.says for fault in refusal.faults}
    return {}


def brief_of(
    document: Json,
    *,
    day: date = DAY,
    stage: Stage = Stage.FIRST_LETTER,
    earlier: Earlier | None = None,
) -> Brief:
    """What the terminal edge hands to compose."""
    facts = facts_from(document, day)
    grounds = grounds_for(facts, day, library())
    read_at = datetime.combine(day, time(9), tzinfo=LONDON)
    words = wording(facts.jurisdiction)
    earlier = earlier or earlier_from(document)
    return Brief(
        facts=facts,
        grounds=grounds,
        clocks=clocks_for(stage, earlier, grounds=grounds, received_at=read_at, wording=words),
        particulars=particulars_from(document, kind=words.kinds[stage], reference="PREVIEW"),
        stage=stage,
        day=day,
        mark=Mark.PREVIEW,
        narrative=document["narrative"],
        earlier=earlier,
        signed_on=None,
    )


def brief_values() -> Mapping[str, str]:
    """What any passage of a letter may say."""
    brief = brief_of(example())
    return Material(brief=brief, particulars=brief.particulars, wording=wording()).values


def composed(document: Json, *, day: date = DAY, stage: Stage = Stage.FIRST_LETTER) -> Composition:
    brief = brief_of(document, day=day, stage=stage)
    return compose(brief, wording(brief.facts.jurisdiction))


def written_later(document: Json, stage: Stage) -> Json:
    """A copy with what went before, a reader for the letter, and the consent it rests on."""
    made = copy.deepcopy(document)
    kind = wording(Jurisdiction(made["jurisdiction"])).kinds[stage]
    so_far = copy.deepcopy(dict(SO_FAR))
    so_far["missed"] = _missed(made)
    so_far["earlier_letter"]["written_by"] = (
        f"{made['writer']['team']}, {made['writer']['organisation']}"
    )
    if made["landlord"]:
        so_far["earlier_letter"]["addressee"] = made["landlord"]["name"]
    if stage is Stage.CLOSING:
        so_far["history"].append(MENDED)
    if kind.signs in (Signatory.ADVISER, Signatory.TENANT):
        made["writer"] |= ADVISER
    made["correspondence"] = {**so_far, "addressed_to": _body(kind.reader)}
    if stage is Stage.ADJUSTMENT:
        what = "Please put a dehumidifier in the bedroom and pay for the electricity it uses."
        made["adjustment"] = {"requested": "yes", "what": what}
    if kind.reader not in (Recipient.PATIENT, Recipient.LANDLORD):
        grant = {"recipient": kind.reader, "purpose": kind.purpose, "items": ITEMS}
        made["consent"]["grants"].append(grant)
    return made


def _missed(document: Json) -> list[Json]:
    """What the first letter's own clocks say was due before the later letter is written."""
    if document["landlord"] is None:
        return []
    due = {
        (
            clock.due.due_on,
            clock.period.requires,
            clock.period.basis.value,
            "yes" if clock.ground.strength is Strength.APPLIES else "no",
        )
        for clock in brief_of(document).clocks
        if clock.due and clock.due.due_on < LATER and clock.due.bound is Bound.NO_LATER_THAN
    }
    return [
        {
            "requires": requires,
            "due_on": due_on.isoformat(),
            "basis": basis,
            "is_certain": is_certain,
        }
        for due_on, requires, basis, is_certain in sorted(due)
    ]


def _body(reader: Recipient) -> Json | None:
    if reader not in BODIES:
        return None
    name, department = BODIES[reader]
    address = ["1 Specimen Square", "Exampleton", "ZZ99 1AA"]
    return {"name": name, "department": department, "address": address, "email": ""}


def owner() -> Json:
    """A household that owns its home, with nobody to write to but the council."""
    document = example(COLD)
    document["tenancy"] |= {
        "tenure": "owner_occupation",
        "agreement": "none",
        "landlord_kind": "none",
        "tenancy_reference": "",
    }
    document["landlord"] = None
    return document


def portfolio_of(
    count: int, *, cold: int = 0, nation: Jurisdiction = Jurisdiction.ENGLAND
) -> LetterContent:
    """A letter about so many homes of one landlord, all damp and some cold."""
    return together(nation, count=count, cold=cold).content


def together(nation: Jurisdiction, *, count: int = 6, cold: int = 1) -> Composition:
    """A letter about several homes of one landlord, with its reasons."""
    particulars = brief_of(example(MOULD)).particulars
    damp = frozenset({Hazard.DAMP_AND_MOULD})
    homes = tuple(
        HomeReported(
            hazards=damp | {Hazard.EXCESS_COLD} if number <= cold else damp,
            written_on=date(2026, 9, number),
        )
        for number in range(1, count + 1)
    )
    brief = PortfolioBrief(
        homes=homes,
        letterhead=particulars.letterhead,
        signatory=particulars.clinician,
        landlord=particulars.addressee,
        reference="PREVIEW",
        day=DAY,
        mark=Mark.PREVIEW,
        law_digest=library().digest_of(nation),
        signed_on=None,
    )
    return compose_portfolio(brief, wording(nation))


def reminder(document: Json, *, day: date = date(2026, 12, 8)) -> Composition:
    brief = brief_of(document, day=day, stage=Stage.MISSED_DEADLINE, earlier=EARLIER)
    return compose(brief, wording(brief.facts.jurisdiction))


def with_landlord_told(document: Json, items: list[str]) -> Json:
    """A copy in which the landlord may be told these items and no other."""
    made = copy.deepcopy(document)
    for grant in made["consent"]["grants"]:
        if grant["recipient"] == "landlord":
            grant["items"] = items
    return made


def all_text(content: LetterContent) -> str:
    """Every word of the content, in one line; also of what only some formats print."""
    return " ".join(_texts(to_json(content)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value.replace("\N{NO-BREAK SPACE}", " ")
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        # the runs of one sentence are no more parted here than in print
        pieces = list(value)
        if pieces and all(isinstance(p, dict) and p.get("type") == "Span" for p in pieces):
            yield "".join(p["text"] for p in pieces).replace("\N{NO-BREAK SPACE}", " ")
            return
        for inner in pieces:
            yield from _texts(inner)


def block_ids(content: LetterContent) -> tuple[str, ...]:
    """The id of every block, item and row, panels and what stands in them."""
    return tuple(_ids(content.blocks))


def _ids(blocks: object) -> Iterator[str]:
    if not isinstance(blocks, tuple):
        return
    for block in blocks:
        yield block.id
        if isinstance(block, Panel):
            yield from _ids(block.blocks)
        elif isinstance(block, ItemList):
            yield from _ids(block.items)
        elif isinstance(block, Table):
            yield from _ids(block.rows)
        else:
            assert not isinstance(block, list), "blocks are tuples"


def panel(content: LetterContent, block_id: str) -> str:
    """The words of one panel."""
    (found,) = (b for b in content.blocks if isinstance(b, Panel) and b.id == block_id)
    return " ".join(_texts(to_json(found)))


def items_of(content: LetterContent, block_id: str) -> tuple[Item, ...]:
    """The items of the list whose id begins so, wherever it stands."""
    blocks = [
        inner for b in content.blocks for inner in (b.blocks if isinstance(b, Panel) else (b,))
    ]
    lists = [b for b in blocks if isinstance(b, ItemList) and b.id.startswith(block_id)]
    return tuple(item for each in lists for item in each.items)


def rows_of(content: LetterContent, table_id: str) -> tuple[Row, ...]:
    """The rows of a table, () where it is not in the letter."""
    blocks = [
        inner for b in content.blocks for inner in (b.blocks if isinstance(b, Panel) else (b,))
    ]
    return tuple(row for b in blocks if isinstance(b, Table) and b.id == table_id for row in b.rows)
