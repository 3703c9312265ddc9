"""Reads about evidence; every read for a person starts at a visible_to. The bytes are read one
picture at a time, never with a list."""

import hashlib
from collections.abc import Collection

from django.db.models import Q, QuerySet

from letters.access.models import User
from letters.access.queries import teams_of
from letters.access.roles import Role
from letters.cases.models import Case
from letters.cases.queries import advised_of
from letters.cases.queries import visible_to as visible_cases
from letters.drafting.vocabulary import DataItem
from letters.evidence.errors import AlteredInStore
from letters.evidence.models import Enclosure, Photograph, PreparedCopy, Redaction
from letters.rendering.pictures import Rectangle


def photographs_visible_to(user: User) -> QuerySet[Photograph]:
    """The photographs of the cases the person may see; an adviser sees those of patients who
    agreed to it, and what they added themselves."""
    return Photograph.objects.filter(_told(user), case__in=visible_cases(user)).defer("original")


def redactions_visible_to(user: User) -> QuerySet[Redaction]:
    """What is hidden now in the photographs that the person may see."""
    seen = photographs_visible_to(user).filter(removed_at__isnull=True)
    rows = Redaction.objects.filter(photograph__in=seen.values("pk"), lifted__isnull=True)
    return rows.select_related("photograph__case__patient").defer("photograph__original")


def enclosures_visible_to(user: User) -> QuerySet[Enclosure]:
    """The documents of the cases the person may see, with the same limit."""
    seen = Enclosure.objects.filter(_told(user), case__in=visible_cases(user))
    return seen.defer("original", "pdf")


def sees_photographs_of(user: User, case: Case) -> bool:
    """Whether the person may see every picture of the case."""
    shared = advised_of(DataItem.PHOTOGRAPHS).filter(pk=case.pk)
    return teams_of(user, Role.CLINICIAN).filter(pk=case.team_id).exists() or shared.exists()


def _told(user: User) -> Q:
    return (
        Q(case__team__in=teams_of(user, Role.CLINICIAN))
        | Q(case__in=advised_of(DataItem.PHOTOGRAPHS))
        | Q(added_by=user)
    )


def photographs_of(case: Case) -> QuerySet[Photograph]:
    """Those that have not been removed, in the order in which they came."""
    return (
        Photograph.objects.filter(case=case, removed_at__isnull=True)
        .defer("original")
        .select_related("hazard_report")
        .order_by("number")
    )


def enclosures_of(case: Case) -> QuerySet[Enclosure]:
    """Those that have not been removed, in the order in which they came."""
    rows = Enclosure.objects.filter(case=case, removed_at__isnull=True)
    return rows.defer("original", "pdf").order_by("received_at", "id")


def latest_copy(photograph: Photograph) -> PreparedCopy:
    """What letters print of it now, its bytes not read."""
    copies = PreparedCopy.objects.filter(photograph=photograph).defer("data")
    return copies.order_by("-number")[0]


def redactions_of(photograph: Photograph) -> QuerySet[Redaction]:
    """What is hidden in it now."""
    rows = Redaction.objects.filter(photograph=photograph, lifted__isnull=True)
    return rows.order_by("made_at", "top", "left")


def hidden_in(photograph: Photograph) -> tuple[Rectangle, ...]:
    """The same, as rendering takes it."""
    return tuple(
        Rectangle(left=each.left, top=each.top, width=each.width, height=each.height)
        for each in redactions_of(photograph)
    )


def bytes_by_digest(digests: Collection[str]) -> dict[str, bytes]:
    """The prepared copies with these digests, whichever photographs they are of."""
    rows = PreparedCopy.objects.filter(digest__in=set(digests)).distinct("digest")
    return {row.digest: bytes(row.data) for row in rows.order_by("digest", "number")}


def original_of(kept: Photograph | Enclosure) -> bytes:
    """The bytes as they came; AlteredInStore where what is stored is anything else."""
    data = bytes(kept.original)
    if hashlib.sha256(data).hexdigest() != kept.original_digest:
        raise AlteredInStore
    return data


def pdf_of(enclosure: Enclosure) -> bytes:
    """The document as it is bound in; AlteredInStore where what is stored is anything else."""
    data = bytes(enclosure.pdf)
    if hashlib.sha256(data).hexdigest() != enclosure.pdf_digest:
        raise AlteredInStore
    return data
