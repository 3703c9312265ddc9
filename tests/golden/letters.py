"""The plain text of each kind of letter in each nation, kept to be read by reviewers and to be
compared by a test.

After a change of wording or law: `python -m tests.golden.letters` writes them again, and the
difference is read before it is committed.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from letters.drafting.compose import Composition
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.law.jurisdictions import Jurisdiction
from letters.rendering import text
from tests.drafting.case_files import (
    COLD,
    DAY,
    EMERGENCY,
    LATER,
    LICENCE,
    MOULD,
    PRIVATE,
    Json,
    composed,
    example,
    owner,
    together,
    wording,
    written_later,
)

FOLDER = Path(__file__).parent
# a case for each way of holding a home that has letters of its own, by nation
CASES: Mapping[Jurisdiction, tuple[str | Callable[[], Json], ...]] = {
    Jurisdiction.ENGLAND: (MOULD, PRIVATE, LICENCE, owner),
    Jurisdiction.WALES: ("wales-council-mould", "wales-private-cold"),
    Jurisdiction.SCOTLAND: ("scotland-council-mould", "scotland-private-mould"),
    Jurisdiction.NORTHERN_IRELAND: (
        "northern-ireland-executive-mould",
        "northern-ireland-private-mould",
    ),
}


def _first(name: str, day: date = DAY) -> Callable[[], Composition]:
    return partial(composed, example(name), day=day)


def _of_every_kind() -> Iterator[tuple[str, Callable[[], Composition]]]:
    """Each kind of letter, for each case whose home it is for."""
    for nation, cases in CASES.items():
        for stage, here in wording(nation).here.items():
            for case in cases:
                document = example(case) if isinstance(case, str) else case()
                tenure = document["tenancy"]["tenure"]
                reader = wording(nation).kinds[stage].reader
                is_to_nobody = reader is Recipient.LANDLORD and document["landlord"] is None
                if tenure not in here.tenures or stage is Stage.PORTFOLIO or is_to_nobody:
                    continue
                hazard = document["hazards"][0]["hazard"]
                if stage is Stage.NUISANCE_NOTICE and hazard == "excess_cold":
                    continue  # refused: cold is no statutory nuisance
                name = f"{nation.value}/{stage.value}-{tenure}-{hazard}"
                yield name, partial(_letter, document, stage)


def _letter(document: Json, stage: Stage) -> Composition:
    if stage is Stage.FIRST_LETTER:
        return composed(document, day=DAY)
    return composed(written_later(document, stage), day=LATER, stage=stage)


# <nation>/<kind>-<tenure>-<hazard>, and the side of a change in the law where there are two
LETTERS: Mapping[str, Callable[[], Composition]] = {
    **dict(_of_every_kind()),
    "england/first_letter-housing_association_tenancy-carbon_monoxide": _first(EMERGENCY),
    "england/first_letter-council_tenancy-excess_cold-2026-11-29": _first(COLD, date(2026, 11, 29)),
    "england/first_letter-council_tenancy-excess_cold-2026-11-30": _first(COLD, date(2026, 11, 30)),
    "scotland/first_letter-private_tenancy-damp_and_mould-2026-10-05": partial(
        composed, example("scotland-private-mould"), day=date(2026, 10, 5)
    ),
    **{f"{nation.value}/portfolio": partial(together, nation) for nation in Jurisdiction},
}


def said(name: str) -> str:
    return text.render(LETTERS[name]().content)


def kept(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def refresh() -> None:
    """Write every letter as it is now; what is no letter any more goes."""
    for path in FOLDER.glob("*/*.txt"):
        path.unlink()
    for name in LETTERS:
        kept(name).parent.mkdir(exist_ok=True)
        kept(name).write_text(said(name), encoding="utf-8")


if __name__ == "__main__":
    refresh()
