"""What a reviewer sees: every unit of a nation, who stands for it, what changed, what uses it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import QuerySet

from letters.access.models import Partnership, User
from letters.drafting.kinds import KindHere
from letters.drafting.stages import Stage
from letters.issuing.models import Letter, LetterStatus, SignOff
from letters.issuing.queries import visible_to
from letters.issuing.sources import nations, wording
from letters.issuing.units import WHOLE_NATION, a_clinician_may_sign, units_of
from letters.law.jurisdictions import Jurisdiction
from letters.law.provision import DutyOn
from letters.law.units import Unit, UnitKind


class SigningStatus(StrEnum):
    """Where a unit stands in one partnership, as it is now."""

    UNSIGNED = "unsigned"
    CHANGED = "changed"
    WAITING = "waiting"
    OVERDUE = "overdue"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    SigningStatus.UNSIGNED: "not signed",
    SigningStatus.CHANGED: "changed since it was signed",
    SigningStatus.WAITING: "signed, waits for a second person",
    SigningStatus.OVERDUE: "past its review day",
    SigningStatus.SIGNED: "signed and confirmed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One unit in one partnership: the signature that stands for it, one that waits for a second
    person, and the last one for other words."""

    unit: Unit
    status: SigningStatus
    standing: SignOff | None
    waiting: SignOff | None
    earlier: SignOff | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What rests on a unit in one partnership; `letters` are those the person may open."""

    kinds: tuple[str, ...]
    letter_count: int
    case_count: int
    letters: tuple[Letter, ...]


def reviewed_units(
    partnership: Partnership, jurisdiction: Jurisdiction, day: date
) -> tuple[Reviewed, ...]:
    """Every unit of the nation, in the order of the files."""
    by_unit: dict[str, list[SignOff]] = {}
    for row in _live(partnership).defer("said"):
        by_unit.setdefault(row.unit, []).append(row)
    units = units_of(jurisdiction).values()
    return tuple(_reviewed(unit, by_unit.get(unit.id, ()), day) for unit in units)


def reviewed_unit(
    partnership: Partnership, jurisdiction: Jurisdiction, unit_id: str, day: date
) -> Reviewed | None:
    """One unit; None where the nation has none of this id."""
    unit = units_of(jurisdiction).get(unit_id)
    return None if unit is None else _reviewed(unit, _live(partnership).filter(unit=unit_id), day)


def counted(reviewed: Iterable[Reviewed]) -> Mapping[SigningStatus, int]:
    """How many units stand where; every status is there."""
    found = Counter(each.status for each in reviewed)
    return {status: found[status] for status in SigningStatus}


def history_of(partnership: Partnership, unit_id: str) -> QuerySet[SignOff]:
    """Every signature that was ever given for the unit, the latest first."""
    rows = SignOff.objects.filter(partnership=partnership, unit=unit_id)
    return rows.select_related("signed_by", "confirmed_by", "withdrawn_by").order_by("-signed_at")


def signed_as_a_whole(partnership: Partnership) -> QuerySet[SignOff]:
    """Signatures from before units were signed one by one; nothing goes on their strength."""
    return history_of(partnership, WHOLE_NATION).defer("said")


def version_before(unit: Unit, jurisdiction: Jurisdiction) -> Unit | None:
    """The version of the same provision that this one followed; None for the first."""
    same = [
        each
        for each in units_of(jurisdiction).values()
        if each.kind is UnitKind.VERSION and each.of == unit.of and unit.kind is UnitKind.VERSION
    ]
    place = same.index(unit) if unit in same else 0
    return same[place - 1] if place else None


def use_of(unit: Unit, partnership: Partnership, jurisdiction: Jurisdiction, by: User) -> Use:
    """Which letter kinds can rest on the unit, and which letters of open cases do."""
    resting = Letter.objects.filter(
        case__team__organisation__partnership=partnership,
        case__closed_at__isnull=True,
        units__has_key=unit.id,
    ).exclude(status=LetterStatus.WITHDRAWN)
    seen = visible_to(by).filter(pk__in=resting.values("pk")).order_by("-drafted_at")
    return Use(
        kinds=tuple(_kinds(unit, jurisdiction)),
        letter_count=resting.count(),
        case_count=resting.order_by().values("case").distinct().count(),
        letters=tuple(seen),
    )


def _kinds(unit: Unit, jurisdiction: Jurisdiction) -> Iterable[str]:
    here = wording(jurisdiction).here if jurisdiction in nations() else {}
    return (
        stage.label for stage, kind in here.items() if _may_rest(unit, jurisdiction, stage, kind)
    )


def _may_rest(unit: Unit, jurisdiction: Jurisdiction, stage: Stage, kind: KindHere) -> bool:
    """A law is cited by the kinds that name it, or that tell every duty of the landlord."""
    if unit.kind is UnitKind.LETTER:
        return unit.of == stage.value
    if unit.kind is UnitKind.RESTRAINT:
        return a_clinician_may_sign(jurisdiction, stage)
    if unit.kind is not UnitKind.VERSION:
        return unit.kind not in (UnitKind.ENDING, UnitKind.POSTCODES)
    if kind.cites is None:
        return _is_landlords(unit)
    return unit.of in kind.cites


def _is_landlords(unit: Unit) -> bool:
    return f"duty on: {DutyOn.LANDLORD.value}" in unit.said


def _live(partnership: Partnership) -> QuerySet[SignOff]:
    return (
        SignOff.objects.filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("signed_by", "confirmed_by")
        .order_by("-signed_at")
    )


def _reviewed(unit: Unit, live: Iterable[SignOff], day: date) -> Reviewed:
    rows = tuple(live)
    same = [row for row in rows if row.digest == unit.digest]
    standing = next((row for row in same if row.confirmed_at is not None), None)
    waiting = next((row for row in same if row.confirmed_at is None), None)
    earlier = next((row for row in rows if row.digest != unit.digest), None)
    return Reviewed(
        unit=unit,
        status=_status(standing, waiting, earlier, day),
        standing=standing,
        waiting=waiting,
        earlier=earlier,
    )


def _status(
    standing: SignOff | None, waiting: SignOff | None, earlier: SignOff | None, day: date
) -> SigningStatus:
    if standing is not None and standing.review_by >= day:
        return SigningStatus.SIGNED
    if waiting is not None:
        return SigningStatus.WAITING
    if standing is not None:
        return SigningStatus.OVERDUE
    return SigningStatus.UNSIGNED if earlier is None else SigningStatus.CHANGED
