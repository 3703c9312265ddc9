"""A thousand random cases over all nations: what every letter keeps to, and how bad ones end."""

import re
from pathlib import Path

import pytest

from letters.drafting.case_document import check
from letters.drafting.compose import Composition, compose
from letters.drafting.content import LetterContent, Panel
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import Unit
from letters.law.tenures import Tenure
from letters.rendering import text
from tests.drafting.case_files import Json, all_text, brief_of, library, panel, schema, wording
from tests.drafting.random_cases import broken_case, day_of, run, valid_case

BATCHES = [range(first, first + 100) for first in range(0, 1000, 100)]
_LENGTH = re.compile(
    r"\b(\d+)[\s\N{NO-BREAK SPACE}]+(hours?|working days?|days?|weeks?|months?|years?)"
)
_UNITS = {
    Unit.HOURS: "hour",
    Unit.WORKING_DAYS: "working day",
    Unit.CALENDAR_DAYS: "day",
    Unit.CLEAR_DAYS: "day",
    Unit.WEEKS: "week",
    Unit.MONTHS: "month",
    Unit.YEARS: "year",
}
# what a letter that went wrong would print: a hole, a value's own name, or a mark of the template
_HOLES = re.compile(
    r"\bNone\b|\bnull\b|\bnan\b|[{}@]|_\w+_|\bterm_|not_known|\(\)|\.\.|,\s*[.,]|\s[.,;:](\s|$)"
)
ADDRESS = re.compile(r"\S+@exampleton\S*")


def composed(number: int) -> tuple[Json, Composition]:
    document, stage = valid_case(number)
    day = day_of(number)
    check(document, schema(), day=day, library=library())
    brief = brief_of(document, day=day, stage=stage)
    return document, compose(brief, wording(brief.facts.jurisdiction))


@pytest.mark.no_cover  # they take the ways that the golden letters take; it is slow
@pytest.mark.parametrize("numbers", BATCHES, ids=str)
def test_valid_case_keeps_what_every_letter_keeps_to(numbers: range) -> None:
    for number in numbers:
        document, composition = composed(number)

        _prints_no_hole(number, composition.content)
        _cites_law_of_its_day_nation_and_home(number, document, composition)
        _prints_only_lengths_of_its_law(number, document, composition)


def _prints_no_hole(number: int, content: LetterContent) -> None:
    hole = _HOLES.search(ADDRESS.sub("", text.render(content)))
    assert not hole, (number, hole)


def _cites_law_of_its_day_nation_and_home(
    number: int, document: Json, composition: Composition
) -> None:
    nation, day = Jurisdiction(document["jurisdiction"]), day_of(number)
    tenure = Tenure(document["tenancy"]["tenure"])
    for entry in composition.trace.entries:
        for each in entry.provisions:
            version = library().provision(nation, each.provision_id).on(day)
            assert version.starts_on == each.version_starts_on
            assert tenure in version.applies.homes.tenures


def _prints_only_lengths_of_its_law(number: int, document: Json, composition: Composition) -> None:
    nation = Jurisdiction(document["jurisdiction"])
    printed = set(_LENGTH.findall(_law_panel(composition.content)))
    assert {(int(n), unit.rstrip("s")) for n, unit in printed} <= _lengths(nation, number)


def _law_panel(content: LetterContent) -> str:
    is_there = any(isinstance(block, Panel) and block.id == "law" for block in content.blocks)
    return panel(content, "law") if is_there else ""


def _lengths(nation: Jurisdiction, number: int) -> set[tuple[int, str]]:
    """Every length that the law of the nation has on the day, in periods."""
    found: set[tuple[int, str]] = set()
    for provision in library().of(nation):
        for version in provision.versions:
            if version.starts_on <= day_of(number):
                found |= {(p.length, _UNITS[p.unit]) for p in version.periods if p.length}
    return found


@pytest.mark.parametrize("numbers", BATCHES, ids=str)
def test_broken_case_is_refused_with_a_pointer(numbers: range, tmp_path: Path) -> None:
    for number in numbers:
        document, stage = broken_case(number)

        code, told = run(document, stage, day_of(number), tmp_path)

        assert (code, told[:1]) == (2, "/"), (number, told)
        assert "Traceback" not in told
        assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("number", range(8))
def test_valid_case_becomes_files(number: int, tmp_path: Path) -> None:
    code, told = run(*valid_case(number), day_of(number), tmp_path)

    assert (code, told) == (0, "")
    assert (tmp_path / "made" / "letter.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.no_cover
def test_cases_reach_every_nation_and_most_kinds() -> None:
    cases = [valid_case(number) for number in range(1000)]

    assert {document["jurisdiction"] for document, _ in cases} == set(Jurisdiction)
    assert len({stage for _, stage in cases}) >= 15
    assert all_text(composed(0)[1].content)
