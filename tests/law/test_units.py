"""What is signed of the law: all that a file says, and nothing that it does not."""

from dataclasses import dataclass, fields, replace
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.law.jurisdictions import Jurisdiction
from letters.law.library import read_library
from letters.law.periods import Unit as PeriodUnit
from letters.law.provision import Outcome, Provision, Version
from letters.law.units import (
    Unit,
    UnitKind,
    lines_of,
    units_of,
    units_of_provision,
    version_unit_id,
)
from tests.law.law_cases import TEMPLATES

LIBRARY = read_library(TEMPLATES)
NATIONS = tuple(LIBRARY.digests)
VERSIONS = [(p, v) for p in LIBRARY.provisions for v in p.versions]


def _unit(provision: Provision, version: Version) -> Unit:
    unit_id = version_unit_id(provision.jurisdiction, provision.id, version.starts_on)
    return next(each for each in units_of_provision(provision) if each.id == unit_id)


@pytest.mark.parametrize("nation", NATIONS)
def test_every_version_and_every_end_is_a_unit(nation: Jurisdiction) -> None:
    units = units_of(LIBRARY, nation)

    ids = [unit.id for unit in units]
    versions = [unit for unit in units if unit.kind is UnitKind.VERSION]
    ends = [unit for unit in units if unit.kind is UnitKind.ENDING]
    assert len(set(ids)) == len(ids)
    assert len(versions) == sum(len(p.versions) for p in LIBRARY.of(nation))
    assert len(ends) == sum(bool(p.gone_because) for p in LIBRARY.of(nation))
    assert f"{nation.value}/tenures" in ids
    assert max(len(unit_id) for unit_id in ids) <= 200  # what a row holds


@given(st.sampled_from(VERSIONS))
def test_a_unit_says_all_that_the_version_says(drawn: tuple[Provision, Version]) -> None:
    provision, version = drawn

    said = "\n".join(_unit(provision, version).said)

    told = [version.duty, version.remedy, version.forum, provision.citation]
    told += [doubt.says for doubt in version.doubts]
    told += [period.requires for period in version.periods]
    assert [words for words in told if " ".join(words.split()) not in said] == []
    assert provision.reference.href in said
    assert all(source in said for source in version.sources)


@given(st.sampled_from(VERSIONS), st.sampled_from(["duty", "remedy", "forum"]))
def test_every_word_counts(drawn: tuple[Provision, Version], name: str) -> None:
    provision, version = drawn
    words: dict[str, Any] = {name: f"{getattr(version, name)} More."}
    reworded = replace(version, **words)
    others = tuple(each for each in provision.versions if each is not version)
    changed = replace(provision, versions=tuple(sorted((*others, reworded), key=_day)))

    assert _unit(changed, reworded).digest != _unit(provision, version).digest


@given(st.sampled_from(VERSIONS))
def test_another_version_changes_nothing(drawn: tuple[Provision, Version]) -> None:
    provision, version = drawn
    later = replace(provision.versions[-1], starts_on=date(2040, 1, 1))
    longer = replace(provision, versions=(*provision.versions, later), ends_on=None)

    assert _unit(longer, version) == _unit(provision, version)


def _day(version: Version) -> date:
    return version.starts_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """As the engine has it today."""

    one: str
    many: tuple[Outcome, ...]
    at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLater:
    """As the engine has it once it has learnt another field, which stands first."""

    learnt: str = ""
    also: tuple[Outcome, ...] = ()
    at: time
    one: str
    many: tuple[Outcome, ...]


def test_a_field_that_the_engine_learns_unsigns_nothing() -> None:
    said: dict[str, Any] = {
        "one": "word",
        "many": (Outcome.APPLIES, Outcome.LEFT_OUT),
        "at": time(16, 30),
    }

    before = Unit(id="x", kind=UnitKind.WORDS, title="", said=tuple(lines_of(Said(**said))), of="")
    after = replace(before, said=tuple(lines_of(SaidLater(**said))))

    assert after.digest == before.digest
    assert (
        replace(after, said=tuple(lines_of(SaidLater(**said, learnt="x")))).digest != after.digest
    )


def test_all_of_a_closed_set_are_any() -> None:
    assert list(lines_of(tuple(Outcome), "if no")) == ["if no: any"]
    assert list(lines_of(tuple(Outcome)[:2], "if no")) == ["if no: applies; may apply"]
    assert list(lines_of(frozenset({PeriodUnit.WEEKS, PeriodUnit.HOURS}), "x")) == [
        "x: hours; weeks"
    ]


def test_texts_stand_in_their_order() -> None:
    assert list(lines_of(("b", "a"), "order")) == ["order, 1: b", "order, 2: a"]
    assert list(lines_of(frozenset({"b", "a"}), "named")) == ["named, 1: a", "named, 2: b"]
    assert list(lines_of(True, "is optional")) == ["is optional: yes"]  # noqa: FBT003
    assert list(lines_of(0, "length")) == ["length: 0"]
    assert list(lines_of("alone")) == ["alone"]


def test_every_kind_of_unit_has_words() -> None:
    assert all(kind.label for kind in UnitKind)
    assert {field.name for field in fields(Unit)} >= {"id", "said", "of"}
