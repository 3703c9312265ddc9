"""Several case documents of one landlord into what one letter about all of them is made from."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from letters.drafting.case_document import Document
from letters.drafting.content import Mark
from letters.drafting.errors import DocumentRefused, Fault
from letters.drafting.from_document import earlier_from, particulars_from
from letters.drafting.identifiers import normal_postcode
from letters.drafting.kinds import LetterKind
from letters.drafting.portfolio import HomeReported, PortfolioBrief
from letters.law.hazards import Hazard


def portfolio_brief(
    cases: Sequence[tuple[Path, Document]],
    *,
    kind: LetterKind,
    law_digest: str,
    day: date,
    reference: str,
) -> PortfolioBrief:
    """The homes as they count; refused where they are not different homes of one landlord in one
    nation, each of which a letter has told of."""
    faults = [*_not_alike(cases), *_not_told_of(cases), *_twice(cases)]
    if faults:
        raise DocumentRefused(tuple(faults))
    particulars = particulars_from(cases[0][1], kind=kind, reference=reference)
    return PortfolioBrief(
        homes=tuple(_home(document) for _, document in cases),
        letterhead=particulars.letterhead,
        signatory=particulars.clinician,
        landlord=particulars.addressee,
        reference=reference,
        day=day,
        mark=Mark.PREVIEW,
        law_digest=law_digest,
        signed_on=None,
    )


def _home(document: Document) -> HomeReported:
    earlier = earlier_from(document)
    assert earlier is not None  # noqa: S101 - refused before
    return HomeReported(
        hazards=frozenset(Hazard(hazard["hazard"]) for hazard in document["hazards"]),
        written_on=earlier.written_on,
    )


def _not_alike(cases: Sequence[tuple[Path, Document]]) -> list[Fault]:
    first = cases[0][1]
    return [
        Fault(pointer=pointer, says=f"{path.name}: give cases of one landlord in one nation")
        for path, document in cases
        for pointer in ("/landlord", "/jurisdiction")
        if document[pointer[1:]] != first[pointer[1:]] or document[pointer[1:]] is None
    ]


def _not_told_of(cases: Sequence[tuple[Path, Document]]) -> list[Fault]:
    return [
        Fault(
            pointer="/correspondence/earlier_letter",
            says=f"{path.name}: add the letter that told the landlord of this home",
        )
        for path, document in cases
        if earlier_from(document) is None
    ]


def _twice(cases: Sequence[tuple[Path, Document]]) -> list[Fault]:
    seen: set[tuple[str, ...]] = set()
    faults: list[Fault] = []
    for path, document in cases:
        home = document["home"]
        key = (normal_postcode(home["postcode"]), *(line.casefold() for line in home["address"]))
        if key in seen:
            faults.append(Fault(pointer="/home", says=f"{path.name}: give each home once"))
        seen.add(key)
    return faults
