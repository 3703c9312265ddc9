"""Reads a case document: the JSON that ./hjp compose takes from a file and the API from a request.

Its shape is docs/case.schema.json. Everything wrong with it is found in one reading and told as
faults, each with a JSON pointer and what to do; nothing is guessed and nothing has a default.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Never

from jsonschema import Draft202012Validator, FormatChecker

from letters.drafting.case_shape import shape_faults, text_faults
from letters.drafting.errors import DocumentRefused, Fault
from letters.drafting.identifiers import (
    NotAnNhsNumber,
    NotAPostcode,
    normal_nhs_number,
    normal_postcode,
)
from letters.drafting.phrases import age_on
from letters.drafting.vocabulary import DataItem, Purpose, Recipient
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import Library
from letters.law.tenures import Agreement, LandlordKind, Tenure

Document = Mapping[str, Any]  # as docs/case.schema.json describes it
_OLDEST = 120


@dataclass(frozen=True, slots=True)
class CaseSchema:
    """The published schema, compiled once."""

    validator: Draft202012Validator


def read_case_schema(path: Path) -> CaseSchema:
    """Compile docs/case.schema.json."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return CaseSchema(Draft202012Validator(schema, format_checker=FormatChecker()))


def parse(text: bytes) -> Any:  # whatever JSON holds
    """The JSON in the bytes; DocumentRefused where it can be read two ways or not at all."""
    try:
        return json.loads(
            text.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError:
        raise _refused("", "Save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise _refused("", f"Mend the JSON at line {error.lineno}: {error.msg}") from None
    except ValueError:  # the reader's own limit on digits
        raise _refused("", "Mend the JSON: it holds a number of more than 4,000 digits") from None
    except RecursionError:
        raise _refused("", "Mend the JSON: it is nested too deeply") from None


def check(document: object, schema: CaseSchema, *, day: date, library: Library) -> Document:
    """The document itself, once nothing is wrong with it on that day; `library` says how a home can
    be held in its nation."""
    # an empty text breaks two rules of the schema at once and is told once
    faults = tuple(dict.fromkeys(shape_faults(document, schema.validator)))
    if not faults:
        faults = tuple(text_faults(document))
    if not faults and isinstance(document, dict):
        faults = tuple(_meaning_faults(document, day, library))
    if faults or not isinstance(document, dict):
        raise DocumentRefused(faults)
    return document


def granted_items(
    document: Document, recipient: Recipient, purpose: Purpose
) -> frozenset[DataItem]:
    """What the document's consent allows this recipient to be told for this purpose."""
    return frozenset(
        DataItem(item)
        for grant in document["consent"]["grants"]
        if grant["recipient"] == recipient.value and grant["purpose"] == purpose.value
        for item in grant["items"]
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise _refused("", f"Keep one of the keys {json.dumps(key)}: it is there twice")
    return dict(pairs)


def _refuse_constant(name: str) -> Never:
    raise _refused("", f"Write a number instead of {name}")


def _refused(pointer: str, says: str) -> DocumentRefused:
    return DocumentRefused((Fault(pointer=pointer, says=says),))


def _meaning_faults(document: Document, day: date, library: Library) -> Iterator[Fault]:
    """What a shape cannot say: check digits, dates to come, answers that cannot both be right."""
    yield from _identifier_faults(document, library)
    yield from _tenancy_faults(document, library)
    yield from _hazard_faults(document, day)
    yield from _health_faults(document, day)
    yield from _consent_faults(document, day)
    yield from _correspondence_faults(document, day)


def _correspondence_faults(document: Document, day: date) -> Iterator[Fault]:
    so_far = document.get("correspondence")
    if so_far is None:
        return
    pointer = "/correspondence"
    if so_far["earlier_letter"] is not None:
        written_on = so_far["earlier_letter"]["written_on"]
        yield from _future(written_on, f"{pointer}/earlier_letter/written_on", day)
    for name, key in (("missed", "due_on"), ("history", "on")):
        for number, each in enumerate(so_far[name]):
            yield from _future(each[key], f"{pointer}/{name}/{number}/{key}", day)


def _identifier_faults(document: Document, library: Library) -> Iterator[Fault]:
    try:
        normal_nhs_number(document["patient"]["nhs_number"])
    except NotAnNhsNumber as refusal:
        yield Fault(pointer="/patient/nhs_number", says=str(refusal))
    try:
        postcode = normal_postcode(document["home"]["postcode"])
    except NotAPostcode as refusal:
        yield Fault(pointer="/home/postcode", says=str(refusal))
        return
    nation, said = library.nation_of(postcode), Jurisdiction(document["jurisdiction"])
    if nation is not None and nation is not said:
        says = f"This postcode lies in {nation.label}, not in {said.label}; change one"
        yield Fault(pointer="/home/postcode", says=says)


def _tenancy_faults(document: Document, library: Library) -> Iterator[Fault]:
    tenancy = document["tenancy"]
    clash = library.tenure_rules_of(Jurisdiction(document["jurisdiction"])).contradiction(
        Tenure(tenancy["tenure"]),
        Agreement(tenancy["agreement"]),
        LandlordKind(tenancy["landlord_kind"]),
    )
    if clash:
        yield Fault(pointer="/tenancy", says=clash)
    adjustment = document["adjustment"]
    if adjustment["requested"] == "yes" and not adjustment["what"].strip():
        yield Fault(pointer="/adjustment/what", says="Say which adjustment is asked for")


def _hazard_faults(document: Document, day: date) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, hazard in enumerate(document["hazards"]):
        pointer = f"/hazards/{number}"
        if hazard["hazard"] in seen:
            yield Fault(pointer=f"{pointer}/hazard", says="Report each hazard once, with its rooms")
        seen.add(hazard["hazard"])
        for name in ("first_noticed_on", "landlord_told_on"):
            yield from _future(hazard[name], f"{pointer}/{name}", day)


def _health_faults(document: Document, day: date) -> Iterator[Fault]:
    born = document["patient"]["date_of_birth"]
    yield from _future(born, "/patient/date_of_birth", day)
    if age_on(date.fromisoformat(born), day) > _OLDEST:
        says = f"Check the year: nobody is older than {_OLDEST}"
        yield Fault(pointer="/patient/date_of_birth", says=says)
    yield from _twice(document["diagnoses"], "condition", "/diagnoses")
    yield from _twice(document["exacerbations"], "event", "/exacerbations")
    for number, counted in enumerate(document["exacerbations"]):
        yield from _future(counted["until"], f"/exacerbations/{number}/until", day)
    opinion = document["opinion"]
    if opinion and opinion["level"] == "likely" and not opinion["basis"].strip():
        says = "Give the basis of the opinion, or choose consistent_with"
        yield Fault(pointer="/opinion/basis", says=says)


def _twice(entries: Sequence[Document], key: str, pointer: str) -> Iterator[Fault]:
    there: set[str] = set()
    for number, entry in enumerate(entries):
        if entry[key] in there:
            says = "Keep one of these: it is there twice"
            yield Fault(pointer=f"{pointer}/{number}/{key}", says=says)
        there.add(entry[key])


def _consent_faults(document: Document, day: date) -> Iterator[Fault]:
    consent = document["consent"]
    yield from _future(consent["given_on"], "/consent/given_on", day)
    if date.fromisoformat(consent["expires_on"]) < day:
        says = f"Ask the patient again: this consent has run out by {day.isoformat()}"
        yield Fault(pointer="/consent/expires_on", says=says)
    if consent["given_by"] != "self" and not consent["capacity_basis"].strip():
        says = "Say why this person may consent for the patient"
        yield Fault(pointer="/consent/capacity_basis", says=says)


def _future(text: str | None, pointer: str, day: date) -> Iterator[Fault]:
    if text is not None and date.fromisoformat(text) > day:
        yield Fault(pointer=pointer, says=f"Enter a day that is not after {day.isoformat()}")
