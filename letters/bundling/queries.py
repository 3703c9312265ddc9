"""Reads about bundles; every read for a person starts at visible_to. The bytes are read one volume
at a time, never with a list."""

import hashlib
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from letters.access.models import User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.bundling.errors import NotMadeYet, NotToBeTold
from letters.bundling.models import Bundle, BundleStatus, BundleVolume
from letters.bundling.offering import allowed_to
from letters.cases.models import Case
from letters.cases.queries import advised_of
from letters.cases.queries import visible_to as visible_cases
from letters.drafting.vocabulary import DataItem, Recipient
from letters.evidence.errors import AlteredInStore


def visible_to(user: User) -> QuerySet[Bundle]:
    """The bundles of the cases that the person advises on, or whose team they are in; those that
    show photographs or documents only while they may see these."""
    told = (
        Q(shows_evidence=False)
        | Q(case__team__in=teams_of(user, Role.CLINICIAN))
        | Q(case__in=advised_of(DataItem.PHOTOGRAPHS))
    )
    rows = Bundle.objects.filter(told, case__in=visible_cases(user))
    return rows.select_related("case__patient", "case__tenancy__home", "asked_by")


def bundles_of(case: Case, *, by: User) -> QuerySet[Bundle]:
    """Those of one case that the person may see, the latest first."""
    return visible_to(by).filter(case=case).order_by("-asked_at")


def bundle_ids_of(case: Case) -> tuple[UUID, ...]:
    """Whoever may see them: for the history of the case."""
    return tuple(Bundle.objects.filter(case=case).values_list("pk", flat=True))


def volumes_of(bundle: Bundle) -> QuerySet[BundleVolume]:
    """In order, without their bytes."""
    return BundleVolume.objects.filter(bundle=bundle).defer("data").order_by("number")


def may_still_be_told(bundle: Bundle, day: date) -> bool:
    """Whether consent covers, on that day, all that the bundle tells its reader."""
    return bundle.told <= allowed_to(bundle.case, Recipient(bundle.reader), day)


def refuse_withheld(bundle: Bundle, day: date) -> None:
    """Nobody takes a bundle out of here that is not there, or may no longer be sent."""
    if bundle.status != BundleStatus.MADE:
        raise NotMadeYet
    if not may_still_be_told(bundle, day):
        raise NotToBeTold


def volume_bytes(volume: BundleVolume) -> bytes:
    """AlteredInStore where what is stored is not what was made."""
    data = bytes(volume.data)
    if hashlib.sha256(data).hexdigest() != volume.sha256:
        raise AlteredInStore
    return data


def due(at: datetime) -> tuple[UUID, ...]:
    """Those that wait for a worker, their nudge lost or their worker dead."""
    waiting = Bundle.objects.filter(status=BundleStatus.ASKED)
    free = waiting.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=at))
    return tuple(free.order_by("asked_at").values_list("pk", flat=True))
