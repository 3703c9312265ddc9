"""Asking for a bundle, and taking a volume of it out of the house."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from letters import jobs
from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.bundling.errors import (
    NothingChosen,
    PagesOutOfRange,
    PartGone,
    SizeOutOfRange,
    TitleMissing,
)
from letters.bundling.limits import (
    FEWEST_MEGABYTES,
    FEWEST_PAGES,
    MEGABYTE,
    MOST_MEGABYTES,
    MOST_PAGES,
)
from letters.bundling.models import Bundle, BundleStatus, BundleVolume
from letters.bundling.offering import Offered, chosen_of, offer_for
from letters.bundling.queries import refuse_withheld, volume_bytes
from letters.cases.models import Case
from letters.drafting.phrases import says_something
from letters.drafting.vocabulary import Recipient
from letters.law.periods import LONDON


@transaction.atomic
def ask_for_bundle(
    *,
    case: Case,
    reader: Recipient,
    title: str,
    parts: Collection[str],
    most_pages: int,
    most_megabytes: int,
    by: User,
    at: datetime,
) -> Bundle:
    """Freeze what goes into a bundle, by the keys of the parts that were offered, and have a worker
    make it. The same again, while it is being made, is the same bundle."""
    require(by, Right.MAKE_BUNDLE)
    _refuse_limits(most_pages, most_megabytes)
    if not says_something(title):
        raise TitleMissing
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)  # two clicks wait for each other
    chosen = _chosen(case, reader, parts, by=by, day=_day(at))
    bundle = Bundle(
        case=case,
        reader=reader,
        title=title.strip(),
        parts=[_frozen(part) for part in chosen],
        tells=sorted({item.value for part in chosen for item in part.tells}),
        shows_evidence=any(part.is_evidence for part in chosen),
        most_pages=most_pages,
        most_bytes=most_megabytes * MEGABYTE,
        asked_by=by,
        asked_at=at,
    )
    return _same_being_made(bundle) or _asked(bundle, by=by)


def _asked(bundle: Bundle, *, by: User) -> Bundle:
    bundle.save(force_insert=True)
    record("ask_for_bundle", bundle, by=by, case=bundle.case_id, reader=bundle.reader)
    jobs.enqueue(jobs.MAKE_BUNDLE, bundle.pk)
    return bundle


def _same_being_made(bundle: Bundle) -> Bundle | None:
    """One that was asked for already and differs in nothing; titles are compared as people read
    them, being encrypted."""
    waiting = Bundle.objects.filter(
        case=bundle.case,
        reader=bundle.reader,
        status=BundleStatus.ASKED,
        asked_by=bundle.asked_by,
        parts=bundle.parts,
        most_pages=bundle.most_pages,
        most_bytes=bundle.most_bytes,
    )
    return next((each for each in waiting if each.title == bundle.title), None)


def _chosen(
    case: Case, reader: Recipient, keys: Collection[str], *, by: User, day: date
) -> tuple[Offered, ...]:
    offer = offer_for(case, reader=reader, by=by, day=day)
    chosen = tuple(chosen_of(offer, keys))
    if not keys:
        raise NothingChosen
    if len(chosen) != len(set(keys)):
        raise PartGone
    return chosen


def _frozen(part: Offered) -> dict[str, str]:
    return {"kind": part.kind.value, "id": str(part.row_id), "digest": part.digest}


def _refuse_limits(pages: int, megabytes: int) -> None:
    if not FEWEST_PAGES <= pages <= MOST_PAGES:
        raise PagesOutOfRange(FEWEST_PAGES, MOST_PAGES)
    if not FEWEST_MEGABYTES <= megabytes <= MOST_MEGABYTES:
        raise SizeOutOfRange(FEWEST_MEGABYTES, MOST_MEGABYTES)


@transaction.atomic
def take_volume(*, volume: BundleVolume, by: User, at: datetime) -> bytes:
    """The bytes of a volume, for whoever sends it on; written down, since it leaves the house."""
    require(by, Right.MAKE_BUNDLE)
    refuse_withheld(volume.bundle, _day(at))
    data = volume_bytes(volume)
    record("download_bundle", volume.bundle, by=by, volume=volume.number, sha256=volume.sha256)
    return data


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
