"""Reads about dispatches."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from letters.access.models import User
from letters.cases.models import Case, Landlord, ResponsibleBody
from letters.delivery.models import Dispatch, DispatchStatus
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.drafting.vocabulary import Recipient
from letters.issuing.models import Letter
from letters.issuing.queries import visible_to as visible_letters


def visible_to(user: User) -> QuerySet[Dispatch]:
    """The dispatches of letters the person may see."""
    return Dispatch.objects.filter(letter__in=visible_letters(user)).select_related("letter__case")


def dispatches_of(letter: Letter) -> QuerySet[Dispatch]:
    """Every dispatch of a letter, the latest first."""
    return Dispatch.objects.filter(letter=letter).order_by("-queued_at")


def to_settle(user: User) -> QuerySet[Dispatch]:
    """Those that wait for a person: refused, or not known whether they went."""
    waiting = (DispatchStatus.FAILED, DispatchStatus.UNKNOWN)
    return visible_to(user).filter(status__in=waiting).order_by("queued_at")


def goes_by_hand_alone(letter: Letter) -> bool:
    """Whether it is a copy for the patient or for the record, which no letter shows an address
    for: it is printed or filed, and never mailed."""
    return letter.recipient in WITHOUT_ADDRESS


def reader_of(letter: Letter) -> Landlord | ResponsibleBody | None:
    """Whose address a letter goes to; None for a copy, or while nobody knows the landlord."""
    if letter.recipient == Recipient.LANDLORD:
        return letter.case.tenancy.landlord
    return letter.responsible_body


def due(at: datetime) -> tuple[UUID, ...]:
    """Queued dispatches whose next try is due."""
    queued = Dispatch.objects.filter(status=DispatchStatus.QUEUED, next_try_at__lte=at)
    return tuple(queued.order_by("next_try_at").values_list("pk", flat=True))


def sent(dispatch: Dispatch) -> bool:
    """Whether the letter has certainly left."""
    return dispatch.status in (DispatchStatus.ACCEPTED, DispatchStatus.POSTED)


def letter_id_of(dispatch_id: UUID) -> UUID:
    """The letter that a dispatch carries."""
    return Dispatch.objects.values_list("letter", flat=True).get(pk=dispatch_id)


def dispatches_about(case: Case) -> QuerySet[Dispatch]:
    """Every dispatch of a case's letters, the latest first."""
    return Dispatch.objects.filter(letter__case=case).order_by("-queued_at")
