"""A wrong case document is refused as a whole, each fault with a pointer and what to do."""

import json
from contextlib import suppress
from datetime import date
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.case_document import check, granted_items, parse
from letters.drafting.case_shape import _ADVICE
from letters.drafting.errors import DocumentRefused
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import (
    ConsentMethod,
    DataItem,
    Event,
    GivenBy,
    Happening,
    OpinionLevel,
    Purpose,
    Recipient,
    Source,
)
from letters.law.facts import Answer, HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure
from tests.drafting.case_files import (
    DAY,
    EXAMPLES,
    LICENCE,
    MOULD,
    ROOT,
    Json,
    changed,
    example,
    faults_of,
    library,
    places_in,
    pointer,
    schema,
    without,
)

SCHEMA: Json = json.loads((ROOT / "docs" / "case.schema.json").read_text(encoding="utf-8"))
# `writer` is not required: the service takes it from who is signed in. Nor is `safety`: a letter
# waits until somebody has recorded it.
REQUIRED = [
    (name, path)
    for name in EXAMPLES
    for path in places_in(example(name))
    if isinstance(path[-1], str) and path not in (("writer",), ("safety",))
]


def says_of(text: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        parse(text)
    (fault,) = refused.value.faults
    assert fault.pointer == ""
    return fault.says


@pytest.mark.parametrize("name", EXAMPLES)
def test_check_takes_every_example(name: str) -> None:
    assert faults_of(example(name)) == {}


@given(st.sampled_from(REQUIRED))
def test_check_points_at_any_key_taken_away(taken: tuple[str, tuple[str | int, ...]]) -> None:
    name, path = taken

    faults = faults_of(without(example(name), path))

    assert faults == {pointer(path): "Add this; nothing is assumed in its place"}


WRONG: st.SearchStrategy[object] = st.sampled_from(
    [None, True, 7, -1, 3.5, 10**30, "", " ", "x" * 2000, "\ud800", [], {}, [[]], [{}], {"a": 1}]
)


@given(st.sampled_from(EXAMPLES), st.data(), WRONG)
def test_check_of_any_wrong_value_only_refuses(name: str, data: Any, wrong: object) -> None:
    document = example(name)
    path = data.draw(st.sampled_from(list(places_in(document))))

    faults = faults_of(changed(document, path, wrong))

    assert all(says.strip() for says in faults.values())
    assert all(at == "" or at.startswith("/") for at in faults)


@pytest.mark.parametrize("wrong", [[], "Council", 7, True])
@pytest.mark.parametrize("name", ["landlord", "opinion"])
def test_check_refuses_what_is_neither_object_nor_null(name: str, wrong: object) -> None:
    assert faults_of(changed(example(), (name,), wrong))[f"/{name}"].startswith(
        "Write this as an object or null"
    )


SHAPES: list[tuple[tuple[str | int, ...], object, str]] = [
    (("patient", "name"), "", "Fill this in. Full name"),
    (("patient", "name"), "\u200b", "Fill this in: nothing in it can be seen"),
    (("landlord", "department"), "  ", "Fill this in: nothing in it can be seen"),
    (("patient", "name"), "x" * 121, "Shorten this to 120 characters. Full name"),
    (("patient", "name"), "A\ud800", "Mend this: it holds half of a character (a surrogate)"),
    (("patient", "date_of_birth"), "04/03/2019", "Write this as a day, like 2026-11-23"),
    (("patient", "date_of_birth"), "20190304", "Write this as a day, like 2026-11-23"),
    (("patient", "date_of_birth"), "2019-02-29", "Write this as a day, like 2026-11-23"),
    (("writer", "email"), "nobody", "Write this as an e-mail address"),
    (("writer", "ods_code"), "rj1", "Write this in the form asked for. The organisation's ODS"),
    (("writer", "address"), [], "Add at least one"),
    (("hazards", 0, "rooms"), "bedroom", "Write this as a list"),
    (("hazards", 0, "rooms"), ["a"] * 11, "Keep to 10"),
    (("hazards",), [], "Add at least one"),
    (("diagnoses",), [], "Add at least one"),
    (("consent", "grants", 0, "items"), ["opinion", "opinion"], "Keep each only once"),
    (("consent", "grants"), [], "Add at least one"),
    (("exacerbations", 0, "count"), "3", "Write this as a whole number"),
    (("exacerbations", 0, "count"), -1, "Enter 0 or more"),
    (("exacerbations", 0, "count"), 401, "Enter 400 or less"),
    (("exacerbations", 0, "months"), 0, "Enter 1 or more"),
    (("occupants", 0, "age"), 2.5, "Write this as a whole number or null"),
    (("narrative",), None, "Write this as text"),
]


@pytest.mark.parametrize(("path", "wrong", "says"), SHAPES)
def test_check_says_what_to_do(path: tuple[str | int, ...], wrong: object, says: str) -> None:
    faults = faults_of(changed(example(), path, wrong))

    assert list(faults) == [pointer(path)]
    assert faults[pointer(path)].startswith(says)


@pytest.mark.parametrize(
    "path",
    [
        ("jurisdiction",),
        ("tenancy", "tenure"),
        ("tenancy", "agreement"),
        ("tenancy", "landlord_kind"),
        ("hazards", 0, "hazard"),
        ("hazards", 0, "severity"),
        ("hazards", 0, "source"),
        ("diagnoses", 0, "condition"),
        ("consent", "given_by"),
        ("consent", "grants", 0, "recipient"),
    ],
)
def test_check_refuses_an_unknown_value_by_name(path: tuple[str | int, ...]) -> None:
    says = faults_of(changed(example(), path, "dampness"))[pointer(path)]

    assert says.startswith('"dampness" is not known here; choose one of ')


def test_check_names_the_known_tenures() -> None:
    says = faults_of(changed(example(), ("tenancy", "tenure"), "Council"))["/tenancy/tenure"]

    assert all(tenure.value in says for tenure in Tenure)


def test_check_refuses_a_key_it_does_not_know() -> None:
    faults = faults_of(changed(example(), ("patient", "nhsNumber"), "1"))

    assert faults["/patient/nhsNumber"] == (
        "Take this out or mend its name; known here are name, date_of_birth, nhs_number"
    )


def test_check_escapes_a_key_in_its_pointer() -> None:
    assert list(faults_of(changed(example(), ("a/b~c",), 1))) == ["/a~1b~0c"]


def test_check_tells_every_fault_at_once() -> None:
    document = changed(example(), ("tenancy", "tenure"), "x")
    document = changed(document, ("hazards", 0, "rooms"), [])

    assert set(faults_of(document)) == {"/tenancy/tenure", "/hazards/0/rooms"}


@pytest.mark.parametrize("top", [None, [], "case", 7])
def test_check_refuses_what_is_no_object(top: object) -> None:
    assert faults_of(top) == {"": "Write this as an object"}


def test_refusal_repeats_nothing_of_the_document() -> None:
    with pytest.raises(DocumentRefused) as refused:
        check(
            changed(example(), ("patient", "nhs_number"), "123"),
            schema(),
            day=DAY,
            library=library(),
        )

    assert str(refused.value) == "The case document has 1 fault"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b'{"a": 1, "a": 2}', 'Keep one of the keys "a": it is there twice'),
        (b'{"b": {"a": 1, "a": 1}}', 'Keep one of the keys "a": it is there twice'),
        (b'{"a": NaN}', "Write a number instead of NaN"),
        (b'{"a": -Infinity}', "Write a number instead of -Infinity"),
        (b'{"a": "\xe9"}', "Save the file as UTF-8"),
        (b'{"a":\n1,}', "Mend the JSON at line 2: Expecting property name enclosed in double"),
        (b"", "Mend the JSON at line 1: Expecting value"),
        (b"[" * 200_000, "Mend the JSON: it is nested too deeply"),
        (b'{"a": ' + b"1" * 5000 + b"}", "Mend the JSON: it holds a number of more than 4,000"),
    ],
)
def test_parse_refuses_what_can_be_misread(text: bytes, says: str) -> None:
    assert says_of(text).startswith(says)


def test_parse_takes_a_byte_order_mark() -> None:
    assert parse(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace")))
def test_parse_only_refuses(text: bytes) -> None:
    with suppress(DocumentRefused):
        parse(text)


MEANINGS: list[tuple[tuple[str | int, ...], object, str]] = [
    (("patient", "nhs_number"), "999 000 0019", "Check the NHS number"),
    (("patient", "nhs_number"), "9999999999", "Check the NHS number"),
    (("patient", "nhs_number"), "999000001", "Check the NHS number"),
    (("home", "postcode"), "Exampl", "Enter a full UK postcode"),
    (("patient", "date_of_birth"), "2026-11-24", "Enter a day that is not after 2026-11-23"),
    (("patient", "date_of_birth"), "0201-03-04", "Check the year: nobody is older than 120"),
    (("hazards", 0, "first_noticed_on"), "2026-11-24", "Enter a day that is not after"),
    (("hazards", 0, "landlord_told_on"), "2026-11-24", "Enter a day that is not after"),
    (("exacerbations", 0, "until"), "2026-11-24", "Enter a day that is not after"),
    (("consent", "given_on"), "2026-11-24", "Enter a day that is not after"),
    (("consent", "expires_on"), "2026-11-22", "Ask the patient again: this consent has run out"),
    (("consent", "capacity_basis"), "", "Say why this person may consent for the patient"),
]


@pytest.mark.parametrize(("path", "wrong", "says"), MEANINGS)
def test_check_refuses_what_cannot_be(
    path: tuple[str | int, ...], wrong: object, says: str
) -> None:
    faults = faults_of(changed(example(), path, wrong))

    assert list(faults) == [pointer(path)]
    assert faults[pointer(path)].startswith(says)


@pytest.mark.parametrize(
    ("path", "edge"),
    [
        (("consent", "expires_on"), "2026-11-23"),
        (("consent", "given_on"), "2026-11-23"),
        (("hazards", 0, "first_noticed_on"), "2026-11-23"),
        (("patient", "nhs_number"), ""),
    ],
)
def test_check_takes_the_edge(path: tuple[str | int, ...], edge: str) -> None:
    assert faults_of(changed(example(), path, edge)) == {}


def test_check_refuses_likely_without_a_basis() -> None:
    opinion = {"level": "likely", "better_away_from_home": "yes", "basis": ""}

    faults = faults_of(changed(example(), ("opinion",), opinion))

    assert faults == {"/opinion/basis": "Give the basis of the opinion, or choose consistent_with"}


def test_check_refuses_an_adjustment_without_what() -> None:
    adjustment = {"requested": "yes", "what": ""}

    faults = faults_of(changed(example(), ("adjustment",), adjustment))

    assert faults == {"/adjustment/what": "Say which adjustment is asked for"}


@pytest.mark.parametrize(
    ("key", "other"),
    [("agreement", "licence"), ("agreement", "none"), ("landlord_kind", "private_landlord")],
)
def test_check_refuses_a_contradiction(key: str, other: str) -> None:
    faults = faults_of(changed(example(), ("tenancy", key), other))

    assert list(faults) == ["/tenancy"]
    assert "cannot both be right; change one" in faults["/tenancy"]
    assert "_" not in faults["/tenancy"]


def test_check_takes_what_is_not_known() -> None:
    document = changed(example(), ("tenancy", "agreement"), "not_known")

    assert faults_of(changed(document, ("tenancy", "landlord_kind"), "not_known")) == {}


def test_check_refuses_one_hazard_twice() -> None:
    document = example(LICENCE)
    document["hazards"][1]["hazard"] = document["hazards"][0]["hazard"]

    assert faults_of(document) == {"/hazards/1/hazard": "Report each hazard once, with its rooms"}


def test_granted_items_keeps_purposes_apart() -> None:
    document = example()
    for grant in document["consent"]["grants"]:
        if (grant["recipient"], grant["purpose"]) == ("landlord", "letter"):
            grant["items"] = ["housing_conditions"]

    items = granted_items(document, Recipient.LANDLORD, Purpose.LETTER)

    assert items == {DataItem.HOUSING_CONDITIONS}


def test_granted_items_without_a_grant_is_nothing() -> None:
    assert granted_items(example(), Recipient.COUNCIL, Purpose.LETTER) == frozenset()


def enum_at(*path: str) -> list[str]:
    found: Any = SCHEMA  # walks through the schema's dicts
    for key in path:
        found = found[key]
    values: list[str] = found["enum"]
    return values


def of_list(name: str, *path: str) -> tuple[str, ...]:
    return ("properties", name, "items", "properties", *path)


GRANT = ("properties", "consent", "properties", "grants", "items", "properties")
CLOSED: list[tuple[type[StrEnum], tuple[str, ...]]] = [
    (Jurisdiction, ("properties", "jurisdiction")),
    (Tenure, ("properties", "tenancy", "properties", "tenure")),
    (Agreement, ("properties", "tenancy", "properties", "agreement")),
    (LandlordKind, ("properties", "tenancy", "properties", "landlord_kind")),
    (Hazard, of_list("hazards", "hazard")),
    (Severity, of_list("hazards", "severity")),
    (Source, of_list("hazards", "source")),
    (HealthCondition, of_list("diagnoses", "condition")),
    (HealthCondition, of_list("occupants", "conditions", "items")),
    (Event, of_list("exacerbations", "event")),
    (GivenBy, ("properties", "consent", "properties", "given_by")),
    (ConsentMethod, ("properties", "consent", "properties", "method")),
    (Purpose, (*GRANT, "purpose")),
    (DataItem, (*GRANT, "items", "items")),
    (Answer, ("$defs", "answer")),
]


@pytest.mark.parametrize(("closed", "path"), CLOSED)
def test_schema_spells_the_closed_sets(closed: type[StrEnum], path: tuple[str, ...]) -> None:
    assert enum_at(*path) == [member.value for member in closed]


def test_schema_spells_whom_consent_can_name() -> None:
    # the patient needs nobody's permission to read about themself
    named = [member.value for member in Recipient if member is not Recipient.PATIENT]

    assert enum_at(*GRANT, "recipient") == named


def test_schema_spells_what_went_before() -> None:
    so_far = SCHEMA["properties"]["correspondence"]["properties"]
    (letter,) = (o for o in so_far["earlier_letter"]["oneOf"] if o["type"] == "object")
    happened = so_far["history"]["items"]["properties"]["what"]["enum"]

    assert letter["properties"]["kind"]["enum"] == [stage.value for stage in Stage]
    assert happened == [member.value for member in Happening]


def test_schema_spells_the_levels_of_opinion() -> None:
    (told,) = (o for o in SCHEMA["properties"]["opinion"]["oneOf"] if o["type"] == "object")

    assert told["properties"]["level"]["enum"] == [level.value for level in OpinionLevel]


def test_schema_has_no_default_and_allows_no_more_keys() -> None:
    objects = [s for s in _schemas(SCHEMA) if s.get("type") == "object"]

    assert all(s["additionalProperties"] is False for s in objects)
    assert not any("default" in s for s in _schemas(SCHEMA))


def test_schema_requires_every_key_but_what_compose_alone_reads() -> None:
    for found in _schemas(SCHEMA):
        if found.get("type") == "object":
            assert set(found["properties"]) - set(found["required"]) <= {
                "writer",
                "correspondence",
                "safety",
            }


def test_every_keyword_of_the_schema_has_its_advice() -> None:
    plain = {"$schema", "$defs", "$ref", "title", "description", "properties", "items"}
    told_apart = {"required", "additionalProperties", "enum"}

    keywords = {key for found in _schemas(SCHEMA) for key in found}

    assert keywords <= plain | told_apart | set(_ADVICE)


def _schemas(found: Any) -> list[Json]:
    """The schema and every schema in it."""
    inner = [*found.get("properties", {}).values(), *found.get("$defs", {}).values()]
    inner += [found["items"]] if "items" in found else []
    inner += found.get("oneOf", [])
    return [found, *(deeper for each in inner for deeper in _schemas(each))]


def test_check_depends_on_the_day_it_is_asked_for() -> None:
    document = example(MOULD)

    assert faults_of(document, day=date(2027, 11, 11)) == {}
    assert list(faults_of(document, day=date(2027, 11, 12))) == ["/consent/expires_on"]
