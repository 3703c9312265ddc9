"""Law and wording as a reviewer works through them, unit by unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from letters.access.models import Partnership, User
from letters.access.queries import partnerships_of, partnerships_with
from letters.access.roles import Right
from letters.issuing.explorer import nations_with_law
from letters.issuing.models import SignOff
from letters.issuing.queries import sign_offs_visible_to
from letters.issuing.reviewing import (
    Reviewed,
    SigningStatus,
    Use,
    counted,
    history_of,
    reviewed_unit,
    reviewed_units,
    signed_as_a_whole,
    use_of,
    version_before,
)
from letters.issuing.worked_cases import WorkedCases, has_cases, worked_cases
from letters.law.cases import BASE_IN_WORDS
from letters.law.jurisdictions import Jurisdiction
from letters.law.periods import LONDON
from letters.law.units import Unit, UnitKind
from letters.web.differences import ChangedLine, changed_lines

_LENGTH = 25
_SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far one nation is signed in one partnership. `soon` are versions that begin by themselves
    in the days to come and for which nobody stands yet."""

    partnership: Partnership
    nation: Jurisdiction
    counts: Mapping[SigningStatus, int]
    soon: tuple[Unit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One nation's units in one partnership, a page at a time."""

    partnership: Partnership
    others: tuple[Partnership, ...]
    nation: Jurisdiction
    counts: Mapping[SigningStatus, int]
    units: Page[Reviewed]
    may_sign: bool
    query: str
    as_a_whole: tuple[SignOff, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """One unit: what it says, what changed, what uses it, and who has stood for it. `worked` are
    the cases of a law; None for any other unit."""

    partnership: Partnership
    nation: Jurisdiction
    reviewed: Reviewed
    before: Unit | None
    since_before: tuple[ChangedLine, ...]
    since_signed: tuple[ChangedLine, ...]
    worked: WorkedCases | None
    base_household: str
    use: Use
    history: QuerySet[SignOff]
    may_sign: bool


def standings_of(user: User, *, at: datetime) -> tuple[Standing, ...]:
    """Every partnership of the person, and every nation that has law."""
    return tuple(
        _standing(partnership, nation, day_of(at))
        for partnership in partnerships_of(user).order_by("name")
        for nation in nations_with_law()
    )


def _standing(partnership: Partnership, nation: Jurisdiction, day: date) -> Standing:
    reviewed = reviewed_units(partnership, nation, day)
    return Standing(
        partnership=partnership,
        nation=nation,
        counts=counted(reviewed),
        soon=tuple(each.unit for each in reviewed if _begins_soon(each, day)),
    )


def _begins_soon(reviewed: Reviewed, day: date) -> bool:
    starts_on = reviewed.unit.starts_on
    is_soon = starts_on is not None and day < starts_on <= day + _SOON
    return is_soon and reviewed.status is not SigningStatus.SIGNED


def listing_of(
    request: HttpRequest,
    user: User,
    nation: Jurisdiction,
    *,
    partnership_id: str,
    status: SigningStatus | None,
    kind: UnitKind | None,
    at: datetime,
) -> Listing:
    """The units that were asked for; those that want something done come first."""
    partnership, *others = partnerships_first(user, partnership_id)
    reviewed = reviewed_units(partnership, nation, day_of(at))
    wanted = [each for each in reviewed if status in (None, each.status)]
    wanted = [each for each in wanted if kind in (None, each.unit.kind)]
    wanted.sort(key=lambda each: each.status is SigningStatus.SIGNED)
    return Listing(
        partnership=partnership,
        others=tuple(others),
        nation=nation,
        counts=counted(reviewed),
        units=Paginator(wanted, _LENGTH).get_page(request.GET.get("page")),
        may_sign=may_sign_for(user, partnership),
        query=query_of(partnership, status, kind),
        as_a_whole=tuple(signed_as_a_whole(partnership)),
    )


def unit_page_of(
    request: HttpRequest, user: User, nation: Jurisdiction, unit_id: str, *, at: datetime
) -> UnitPage:
    """One unit for one partnership of the person."""
    partnership, *_ = partnerships_first(user, request.GET.get("partnership", ""))
    reviewed = reviewed_unit(partnership, nation, unit_id, day_of(at))
    if reviewed is None:
        raise Http404
    unit, earlier = reviewed.unit, reviewed.earlier
    before = version_before(unit, nation)
    return UnitPage(
        partnership=partnership,
        nation=nation,
        reviewed=reviewed,
        before=before,
        since_before=changed_lines(before.said, unit.said) if before else (),
        since_signed=changed_lines(earlier.said, unit.said) if earlier else (),
        worked=worked_cases(unit, nation) if has_cases(unit) else None,
        base_household=BASE_IN_WORDS,
        use=use_of(unit, partnership, nation, user),
        history=history_of(partnership, unit_id),
        may_sign=may_sign_for(user, partnership),
    )


def query_of(partnership: Partnership, status: SigningStatus | None, kind: UnitKind | None) -> str:
    """The same listing again."""
    asked = {"partnership": str(partnership.pk), "status": status or "", "kind": kind or ""}
    return urlencode({name: value for name, value in asked.items() if value})


def partnerships_first(user: User, wanted: str) -> list[Partnership]:
    """The person's partnerships, the wanted one first; those they may sign for otherwise."""
    mine = list(partnerships_of(user).order_by("name"))
    signing = set(partnerships_with(user, Right.SIGN_LAW).values_list("pk", flat=True))
    if (wanted and wanted not in {str(each.pk) for each in mine}) or not mine:
        raise Http404
    return sorted(mine, key=lambda each: (str(each.pk) != wanted, each.pk not in signing))


def partnership_to_sign_for(user: User, partnership_id: UUID) -> Partnership:
    """One in which the person may sign; any other is not found."""
    return get_object_or_404(partnerships_with(user, Right.SIGN_LAW), pk=partnership_id)


def may_sign_for(user: User, partnership: Partnership) -> bool:
    return partnerships_with(user, Right.SIGN_LAW).filter(pk=partnership.pk).exists()


def sign_off_of(user: User, sign_off_id: UUID) -> SignOff:
    """One of the person's partnerships, in which they are a legal reviewer."""
    return get_object_or_404(sign_offs_visible_to(user), pk=sign_off_id)


def day_of(at: datetime) -> date:
    return at.astimezone(LONDON).date()
