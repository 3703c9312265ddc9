"""The reasons for a letter: every block has one, and none of them stands in the letter."""

from datetime import date
from typing import Protocol

import pytest

from letters.drafting.compose import Composition
from letters.drafting.frozen import to_json
from letters.law.provision import Letters
from tests.drafting.case_files import (
    DAY,
    EXAMPLES,
    LICENCE,
    Json,
    all_text,
    block_ids,
    brief_of,
    composed,
    example,
    library,
    reminder,
    with_landlord_told,
)


class Compose(Protocol):
    def __call__(self, document: Json, *, day: date) -> Composition: ...


@pytest.mark.parametrize("compose", [composed, reminder])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_block_has_its_reason(name: str, compose: Compose) -> None:
    letter = compose(example(name), day=DAY)
    traced = {entry.block_id for entry in letter.trace.entries}

    untraced = [
        block_id
        for block_id in block_ids(letter.content)
        if not any(block_id == each or block_id.startswith(f"{each}.") for each in traced)
    ]

    assert untraced == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_reason_is_of_a_block_that_stands(name: str) -> None:
    letter = composed(example(name))
    standing = block_ids(letter.content)

    # sentences of one diagnosis make one paragraph, under the name of the first
    parts = {
        entry.block_id
        for entry in letter.trace.entries
        if entry.passage not in {"basis", "severity", "treatment"}
    }

    assert not [p for p in parts if not any(s == p or s.startswith(f"{p}.") for s in standing)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_block_ids_are_told_apart(name: str) -> None:
    ids = block_ids(composed(example(name)).content)

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("compose", [composed, reminder])
@pytest.mark.parametrize("name", EXAMPLES)
def test_every_provision_cited_applies(name: str, compose: Compose) -> None:
    applying = brief_of(example(name)).grounds.applying

    cited = {
        (each.provision_id, each.strength)
        for entry in compose(example(name), day=DAY).trace.entries
        for each in entry.provisions
    }

    assert cited
    assert cited <= {(ground.provision_id, ground.strength) for ground in applying}


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_provision_for_advisers_only_is_cited(name: str) -> None:
    letter = composed(example(name))
    reserved = {
        provision.id
        for provision in library().provisions
        if any(v.letters is Letters.ADVISER_ONLY for v in provision.versions)
    }

    cited = {each.provision_id for entry in letter.trace.entries for each in entry.provisions}

    assert not cited & reserved


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_provision_left_out_has_its_reason(name: str) -> None:
    trace = composed(example(name)).trace

    assert trace.left_out
    assert all(each.reason.strip() for each in trace.left_out)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_provision_is_accounted_for(name: str) -> None:
    trace = composed(example(name)).trace
    grounds = brief_of(example(name)).grounds
    known = {provision.id for provision in library().of(trace.jurisdiction)}

    accounted = (
        {each.provision_id for each in trace.left_out}
        | {each.provision_id for each in trace.for_adviser}
        | {ground.provision_id for ground in grounds.applying}
    )

    assert known <= accounted


def test_trace_says_why_and_what_is_doubtful() -> None:
    (duty,) = (e for e in composed(example(LICENCE)).trace.entries if e.block_id == "duty_for.1")

    (cited,) = duty.provisions

    assert cited.provision_id == "defective_premises_act_1972/section_4"
    assert "agreement is licence" in " ".join(cited.because)
    assert cited.doubts[0].startswith("L12: ")


def test_trace_names_law_and_wording_by_digest() -> None:
    trace = composed(example()).trace

    assert len(trace.law_digest) == 64
    assert len(trace.wording_digest) == 64
    assert trace.law_digest != trace.wording_digest


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_reason_stands_in_the_letter(name: str) -> None:
    letter = composed(example(name))
    stored = str(to_json(letter.content))

    assert letter.trace.law_digest not in stored
    assert "doubt" not in stored
    assert "verification" not in stored
    for entry in letter.trace.entries:
        for cited in entry.provisions:
            assert cited.provision_id not in stored
            assert not [doubt for doubt in cited.doubts if doubt in stored]


def test_trace_may_hold_what_the_letter_does_not() -> None:
    letter = composed(with_landlord_told(example(), ["housing_conditions"]))

    assert "asthma" not in all_text(letter.content)
    assert letter.trace.potential_emergencies
