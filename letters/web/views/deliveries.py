"""How a letter leaves, and settling what became of it."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.delivery import actions as delivery
from letters.delivery import signed_for
from letters.delivery.models import DispatchStatus
from letters.delivery.queries import goes_by_hand_alone
from letters.web.forms.form import Confirmation, sent
from letters.web.forms.letters import AGAIN, ARRIVED, PostedForm, SettleForm, SignedForForm
from letters.web.reading import send_form_of
from letters.web.sent_letter import sent_letter_of
from letters.web.views import find
from letters.web.views.letters import letter_page
from letters.web.views.pages import go, show
from letters.web.visitor import me


def queue_dispatch(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Ask for the letter to be sent."""
    row = find.letter(request, letter_id)
    form = send_form_of(row, sent(request))
    queue = partial(delivery.queue_dispatch, letter=row, by=me(request), at=timezone.now())
    if form.does(queue):
        return go(request, "letters:sent_letter", letter_id=row.pk)
    return letter_page(request, row, send=form)


@require_safe
def sent_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """What happens next with a letter that somebody sent; its own page where that is for a person
    to say."""
    row = find.seen_letter(request, letter_id)
    found = sent_letter_of(row, at=timezone.now())
    if found is None:
        return go(request, "letters:letter", letter_id=row.pk)
    return show(request, "sent_letter", sent=found)


@require_safe
def sent_letter_progress(request: HttpRequest, letter_id: UUID) -> JsonResponse:
    """How far it is, for the script that waits: it tells nothing about anybody, and so is no look
    that is written down."""
    found = sent_letter_of(find.letter(request, letter_id), at=timezone.now())
    return JsonResponse({"progress": found.progress if found else ""})


def record_posted(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """On which day a printed letter went into the post."""
    row = find.dispatch(request, dispatch_id)
    form = PostedForm(sent(request), is_copy=goes_by_hand_alone(row.letter))
    posted = partial(delivery.record_posted, dispatch=row, by=me(request), at=timezone.now())
    if form.does(posted):
        says = "Recorded. What runs from it starts within minutes."
        return go(request, "letters:letter", says=says, letter_id=row.letter_id)
    return letter_page(request, row.letter, posted=form)


def record_signed_for(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """On which day somebody signed for it, as the post says."""
    row, form = find.dispatch(request, dispatch_id), SignedForForm(sent(request))
    signed = partial(signed_for.record_signed_for, dispatch=row, by=me(request), at=timezone.now())
    if form.does(signed):
        says = "Recorded. What runs from it is counted from that day within minutes."
        return go(request, "letters:letter", says=says, letter_id=row.letter_id)
    return letter_page(request, row.letter, signed_for=form)


def settle_dispatch(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """What a person has found out about a dispatch."""
    row, user, at = find.dispatch(request, dispatch_id), me(request), timezone.now()
    form = SettleForm(sent(request), may_have_arrived=row.status == DispatchStatus.UNKNOWN)
    actions = {
        ARRIVED: partial(delivery.settle_as_sent, dispatch=row, by=user, at=at),
        AGAIN: partial(delivery.try_again, dispatch=row, by=user, at=at),
    }
    stop = partial(delivery.cancel_dispatch, dispatch=row, by=user, at=at)
    chosen = form.cleaned_data["what"] if form.is_valid() else ""
    if form.does(actions.get(chosen, stop)):
        return go(request, "letters:letter", says="Recorded", letter_id=row.letter_id)
    return letter_page(request, row.letter, settle=form)


def cancel_dispatch(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """Stop what has not gone."""
    row, form = find.dispatch(request, dispatch_id), Confirmation(sent(request))
    stop = partial(delivery.cancel_dispatch, dispatch=row, by=me(request), at=timezone.now())
    if form.does(stop):
        return go(request, "letters:letter", says="Stopped", letter_id=row.letter_id)
    return letter_page(request, row.letter, cancel=form)


def take_back_return(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """It was another letter that came back."""
    row, form = find.dispatch(request, dispatch_id), Confirmation(sent(request))
    take_back = partial(delivery.take_back_return, dispatch=row, by=me(request), at=timezone.now())
    if form.does(take_back):
        says = "Taken back. The clocks run again within minutes."
        return go(request, "letters:letter", says=says, letter_id=row.letter_id)
    return letter_page(request, row.letter, take_back=form)


def leave_dispatch(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """It did not arrive, and somebody deals with that elsewhere."""
    row, form = find.dispatch(request, dispatch_id), Confirmation(sent(request))
    leave = partial(delivery.leave_as_it_is, dispatch=row, by=me(request), at=timezone.now())
    if form.does(leave):
        return go(request, "letters:letter", says="Recorded", letter_id=row.letter_id)
    return letter_page(request, row.letter, leave=form)
