"""A version's worked cases, as written and as the engine answers them now."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from letters.issuing.errors import CaseFails, CasesUnreadable
from letters.issuing.sources import library
from letters.law.cases import LawCase, cases_of
from letters.law.errors import LawFileError
from letters.law.jurisdictions import Jurisdiction
from letters.law.proving import said_otherwise, version_on
from letters.law.units import Unit, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """A case with everything in which the engine says otherwise; nothing where it holds."""

    case: LawCase
    otherwise: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedCases:
    """`unreadable` names file and line where the cases cannot be read; then there are none."""

    cases: tuple[Worked, ...]
    unreadable: str = ""

    @property
    def failing(self) -> tuple[Worked, ...]:
        return tuple(each for each in self.cases if each.otherwise)


def has_cases(unit: Unit) -> bool:
    """Whether the unit is of a kind that has worked cases: law, or its end."""
    return unit.kind in (UnitKind.VERSION, UnitKind.ENDING)


def worked_cases(unit: Unit, jurisdiction: Jurisdiction) -> WorkedCases:
    """The cases that this version answers, or those of the days since its end."""
    if not has_cases(unit):
        return WorkedCases(cases=())
    root = settings.TEMPLATES_LEGAL
    try:
        worked = _worked(root, jurisdiction, unit.of, library().digest_of(jurisdiction))
    except LawFileError as refusal:
        place = refusal.path.relative_to(root)
        return WorkedCases(cases=(), unreadable=f"{place}:{refusal.line}: {refusal.says}")
    return WorkedCases(cases=tuple(each for each in worked if _is_of(unit, each.case)))


def refuse_failing(units: Iterable[Unit], jurisdiction: Jurisdiction) -> None:
    """CaseFails or CasesUnreadable for the first unit whose cases do not hold."""
    for unit in units:
        found = worked_cases(unit, jurisdiction)
        if found.unreadable:
            raise CasesUnreadable(unit.title, found.unreadable)
        if found.failing:
            raise CaseFails(unit.title, found.failing[0].case.name)


@cache
def _worked(
    root: Path, jurisdiction: Jurisdiction, provision_id: str, law: str
) -> tuple[Worked, ...]:
    """Worked once for each digest of the law; what cannot be read is read again next time."""
    alone = library().only(library().provision(jurisdiction, provision_id))
    return tuple(
        Worked(case=case, otherwise=said_otherwise(case, alone))
        for case in cases_of(root, jurisdiction, provision_id)
    )


def _is_of(unit: Unit, case: LawCase) -> bool:
    version = version_on(library().provision(case.jurisdiction, case.provision_id), case.day)
    if version is None:
        return unit.kind is UnitKind.ENDING
    return unit.kind is UnitKind.VERSION and unit.starts_on == version.starts_on
