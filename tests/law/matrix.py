"""The law as one table a lawyer can read: `python -m tests.law.matrix [--write]`.

Nation by home, hazard and day, asked of the engine with the facts that the text names.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from letters.law.grounds import Strength
from letters.law.jurisdictions import Jurisdiction
from letters.law.library import Library, read_library
from letters.law.periods import day_in_words
from letters.law.provision import DutyOn, Provision
from tests.law.law_cases import TEMPLATES
from tests.law.matrix_rows import FIRST_DAY, Home, Row, homes_of, of_tenure, rows_of
from tests.law.matrix_words import Cells, cells_of, lists_of, names, own_name

MATRIX = Path(__file__).parents[2] / "docs" / "law-matrix.md"
_DUTIES = tuple(DutyOn)
_INTRO = f"""\
# What applies, by nation, home, hazard and day

Written by `python -m tests.law.matrix --write` from the files in `templates_legal`; a test fails
when the two part. It says what the files say, and no lawyer has reviewed them. How each provision
was checked, its duty in words, its times and its doubts stand in its file.

**Assumed throughout:** the hazard comes from disrepair, of something that the landlord is
responsible for; the heating works; a reasonable adjustment has been asked for; nobody in the home
is known to be ill; and it is known how the home is held. What other answers change stands at the
end of each nation. Days before {day_in_words(FIRST_DAY)} are not shown.

**Severe** is the answer where the hazard is reported as severe, or as present: no file tells these
two apart. **Unsafe now** is the answer where it is reported as unsafe now. No day means: on every
day since {day_in_words(FIRST_DAY)}. *At the latest* means that the day on which it began was not
read. **†** marks what only an adviser's or a solicitor's letter may cite.
"""
_COLUMNS = ("Duty on", "Provision", "Hazards", "Where", "Severe", "Unsafe now")


def matrix(library: Library) -> str:
    """The whole document."""
    parts = [_INTRO]
    for nation in Jurisdiction:
        if nation in library.digests:
            parts.extend(_nation(library, nation))
    return "\n".join(parts)


def _nation(library: Library, nation: Jurisdiction) -> Iterable[str]:
    rows = rows_of(library, nation)
    homes = homes_of(library, nation)
    everywhere = [row for row in rows if row.homes == set(homes)]
    yield f"## {nation.label}\n"
    lists = lists_of(rows)
    if lists:
        named = "".join(f"- {name}: {names(hazards)}\n" for hazards, name in lists.items())
        yield f"Long lists of hazards, named here once:\n\n{named}"
    yield f"### {nation.label}: however the home is held\n"
    yield _table(library, nation, everywhere, homes, rows)
    rules = library.tenure_rules_of(nation)
    for tenure in rules.ways:
        yield f"### {nation.label}: {tenure.label}\n"
        here = [home for home in homes if home.tenure is tenure]
        yield _table(library, nation, tuple(of_tenure(rows, tenure, everywhere)), here, rows)
    for tenure, why in rules.not_here.items():
        yield f"*{tenure.label}*: {why}.\n"
    yield from _turns_on(library, nation)
    yield from _not_law(library, nation)


def _table(
    library: Library,
    nation: Jurisdiction,
    rows: Sequence[Row],
    homes: Sequence[Home],
    all_rows: Sequence[Row],
) -> str:
    if not rows:
        return "Nothing besides what holds however the home is held.\n"
    lists = lists_of(all_rows)
    provisions = {provision.id: provision for provision in library.of(nation)}
    cells = [cells_of(row, provisions[row.provision_id], homes=homes, lists=lists) for row in rows]
    return _lines(_COLUMNS, _merged(cells))


def _merged(cells: Iterable[Cells]) -> Iterable[tuple[str, ...]]:
    """One line for provisions that are cited alike and differ in nothing else."""
    for key, group in groupby(sorted(cells, key=_alike), key=_alike):
        duty, citation, *others = key
        yield (_DUTIES[duty].label, _together(citation, [c.name for c in group]), *others)


def _alike(cells: Cells) -> tuple[int, str, str, str, str, str]:
    duty = _DUTIES.index(cells.duty_on)
    return duty, cells.citation, cells.hazards, cells.where, cells.severe, cells.unsafe


def _together(citation: str, named: Iterable[str]) -> str:
    own = ", ".join(sorted(set(named) - {""}))
    return f"{citation}: {own}" if own else citation


def _lines(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A Markdown table, without a column that says nothing in any line."""
    said = [columns, *lines]
    kept = [at for at in range(len(columns)) if any(line[at] for line in said[1:])]
    head, *body = (" | ".join(line[at] for at in kept) for line in said)
    rule = "|".join("---" for _ in kept)
    return f"| {head} |\n|{rule}|\n" + "".join(f"| {line} |\n" for line in body)


def _turns_on(library: Library, nation: Jurisdiction) -> Iterable[str]:
    yield f"### {nation.label}: what the answers turn on\n"
    found: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for provision in library.of(nation):
        for turns_on in _facts_of(provision):
            found[provision.citation, *turns_on].append(own_name(provision))
    if not found:
        yield "Nothing besides home, hazard and day.\n"
        return
    lines = [
        (_together(citation, named), *turns_on) for (citation, *turns_on), named in found.items()
    ]
    yield _lines(("Provision", "Fact", "If no", "If not known"), sorted(lines))


def _facts_of(provision: Provision) -> Iterable[tuple[str, str, str]]:
    for version in provision.versions[-1:]:
        for condition in version.applies.conditions:
            yield condition.fact.label, condition.if_no.label, condition.if_not_known.label
        if version.applies.open_question:
            yield version.applies.open_question, "a person judges", Strength.MAY_APPLY.label


def _not_law(library: Library, nation: Jurisdiction) -> Iterable[str]:
    gone = [provision for provision in library.of(nation) if provision.gone_because]
    if gone:
        yield f"### {nation.label}: not law, or no more\n"
        yield "".join(
            f"- {_together(p.citation, [own_name(p)])}{_since(p)}: {p.gone_because}\n" for p in gone
        )


def _since(provision: Provision) -> str:
    if provision.ends_on is None:
        return ""
    return f", ended on {day_in_words(provision.ends_on)}"


def main() -> None:
    """Print the matrix, or write it where it belongs."""
    parser = argparse.ArgumentParser(description="The law by nation, home, hazard and day.")
    parser.add_argument("--write", action="store_true", help=f"write {MATRIX.name} in docs")
    text = matrix(read_library(TEMPLATES))
    if parser.parse_args().write:
        MATRIX.write_text(text, encoding="utf-8")
    else:
        print(text)  # noqa: T201 - what the command is for


if __name__ == "__main__":
    main()
