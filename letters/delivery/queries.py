"""Reads about dispatches."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from letters.access.models import User
from letters.cases.models import Case, Landlord, ResponsibleBody
from letters.delivery.codes import NotACode, code_of, ids_between, normal_code
from letters.delivery.models import LEFT, Channel, Dispatch, DispatchStatus, Receipt
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.drafting.vocabulary import Recipient
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.queries import WORDS
from letters.issuing.queries import visible_to as visible_letters
from letters.issuing.sources import wording
from letters.law.periods import LONDON
from letters.law.working_days import WorkingDays

_MAY_HAVE_LEFT = (DispatchStatus.HANDED_OVER, DispatchStatus.UNKNOWN)
TO_SETTLE = (DispatchStatus.FAILED, DispatchStatus.UNKNOWN, DispatchStatus.RETURNED)


def visible_to(user: User) -> QuerySet[Dispatch]:
    """The dispatches of letters the person may see."""
    return Dispatch.objects.filter(letter__in=visible_letters(user)).select_related("letter__case")


def dispatches_of(letter: Letter) -> QuerySet[Dispatch]:
    """Every dispatch of a letter, the latest first."""
    return Dispatch.objects.filter(letter=letter).order_by("-queued_at")


def sent_by(user: User, *, since: datetime) -> QuerySet[Dispatch]:
    """What left since then of the letters that the person approved or sent, and may see now; copies
    for the patient or the record apart."""
    theirs = Q(queued_by=user) | Q(letter__approved_by=user)
    left = visible_to(user).filter(theirs, status__in=LEFT, sent_at__gte=since)
    return left.exclude(letter__recipient__in=WITHOUT_ADDRESS)


def to_settle(user: User) -> QuerySet[Dispatch]:
    """Those of them that the person may see, the oldest first."""
    return visible_to(user).filter(pk__in=unsettled().values("pk")).order_by("queued_at")


def to_send(user: User) -> QuerySet[Letter]:
    """Approved letters that nobody has asked to be sent, the oldest first; copies for the patient
    or the record apart."""
    approved = visible_letters(user).filter(status=LetterStatus.APPROVED)
    waiting = approved.filter(~Exists(Dispatch.objects.filter(letter=OuterRef("pk"))))
    found = _for_a_list(waiting.exclude(recipient__in=WITHOUT_ADDRESS))
    return found.select_related("approved_by").order_by("approved_at")


def unsettled() -> QuerySet[Dispatch]:
    """What waits for a person: refused, come back, or not known whether it went; until another of
    the same letter has taken its place, or somebody has dealt with it."""
    waiting = Dispatch.objects.filter(status__in=TO_SETTLE, settled_at=None)
    newer = Dispatch.objects.filter(letter=OuterRef("letter"), queued_at__gt=OuterRef("queued_at"))
    return waiting.filter(~Exists(newer))


def may_still_leave(user: User) -> QuerySet[Letter]:
    """The letters that the person may see and that may still go out: drafts, and what is approved
    and has not left; the oldest first."""
    gone = Dispatch.objects.filter(letter=OuterRef("pk"), status__in=(*LEFT, *_MAY_HAVE_LEFT))
    rows = visible_letters(user).filter(case__closed_at=None)
    found = _for_a_list(rows.exclude(status=LetterStatus.WITHDRAWN).filter(~Exists(gone)))
    return found.order_by("drafted_at")


def _for_a_list(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """These letters without their words. Which they are is asked alone, before what stands beside
    them: of more than eight tables the database no longer looks for the best order."""
    found = Letter.objects.filter(pk__in=list(letters.values_list("pk", flat=True)))
    beside = ("case__tenancy__landlord", "case__team__organisation__partnership", "case__patient")
    return found.select_related(*beside).defer(*WORDS)


def goes_by_hand_alone(letter: Letter) -> bool:
    """Whether it is a copy for the patient or for the record, which no letter shows an address
    for: it is printed or filed, and never mailed."""
    return letter.recipient in WITHOUT_ADDRESS


def reader_of(letter: Letter) -> Landlord | ResponsibleBody | None:
    """Whose address a letter goes to; None for a copy, or while nobody knows the landlord."""
    if letter.recipient == Recipient.LANDLORD:
        return letter.case.tenancy.landlord
    return letter.responsible_body


def due(at: datetime) -> QuerySet[Dispatch]:
    """What a worker takes up: queued and due, or unknown with a carrier to be asked now; what has
    been due for longest first."""
    waiting = (DispatchStatus.QUEUED, DispatchStatus.UNKNOWN)
    return Dispatch.objects.filter(status__in=waiting, next_try_at__lte=at).order_by("next_try_at")


def sent(dispatch: Dispatch) -> bool:
    """Whether the letter has certainly left, and is not known to have missed its reader. What is
    printed for us leaves when the printer says that it was posted, some days later."""
    waits_for_printer = (dispatch.channel, dispatch.status) == (
        Channel.POST,
        DispatchStatus.ACCEPTED,
    )
    return dispatch.status in LEFT and not waits_for_printer


def sent_to_landlord(case_ids: Iterable[UUID]) -> tuple[Letter, ...]:
    """The letters of these cases that went to a landlord, the earliest first."""
    rows = Dispatch.objects.filter(
        letter__case__in=tuple(case_ids), letter__recipient=Recipient.LANDLORD
    ).select_related("letter__case")
    found = {row.letter_id: row.letter for row in rows if sent(row)}
    return tuple(sorted(found.values(), key=lambda letter: (letter.day, letter.pk)))


def presumed_receipt(letter: Letter, channel: Channel, sent_at: datetime) -> datetime:
    """When a letter is taken to arrive by the rules of its nation. Only an e-mail is there as soon
    as it was sent; somebody who prints a letter posts it on that day."""
    nation = letter.case_facts.jurisdiction
    rules, calendar = wording(nation).receipt, WorkingDays.of(nation)
    if channel == Channel.EMAIL:
        return rules.of_email(sent_at, calendar)
    return rules.of_post(sent_at.astimezone(LONDON).date(), calendar)


def receipts_of(dispatch: Dispatch) -> QuerySet[Receipt]:
    """What was heard of it since it left, the earliest first."""
    return Receipt.objects.filter(dispatch=dispatch).order_by("happened_at", "recorded_at")


def receipts_about(case: Case) -> QuerySet[Receipt]:
    """What was heard of every letter of a case, with who of us noted it."""
    rows = Receipt.objects.filter(dispatch__letter__case=case)
    return rows.select_related("dispatch", "recorded_by")


def dispatch_of(dispatch_id: UUID) -> Dispatch:
    """With all that is looked at before it leaves, in one query."""
    return Dispatch.objects.select_related(
        "letter__case__team__organisation__partnership",
        "letter__case__tenancy__landlord",
        "letter__case__tenancy__home",
        "letter__responsible_body",
    ).get(pk=dispatch_id)


def dispatch_by_code(text: str, *, by: User) -> Dispatch | None:
    """The dispatch whose short code was scanned or typed, as far as the person may see it; None for
    no code, for nobody's, and should two have the same one."""
    try:
        code = normal_code(text)
    except NotACode:
        return None
    lowest, highest = ids_between(code)
    near = visible_to(by).filter(pk__gte=lowest, pk__lte=highest)
    found = [dispatch for dispatch in near if code_of(dispatch.pk) == code]
    return found[0] if len(found) == 1 else None


def letter_id_of(dispatch_id: UUID) -> UUID:
    """The letter that a dispatch carries."""
    return Dispatch.objects.values_list("letter", flat=True).get(pk=dispatch_id)


def dispatches_about(case: Case) -> QuerySet[Dispatch]:
    """Every dispatch of a case's letters, the latest first."""
    return Dispatch.objects.filter(letter__case=case).order_by("-queued_at")
