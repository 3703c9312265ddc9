"""A letter opened, and answered, by somebody who has no account."""

from collections.abc import Callable
from functools import partial, wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from letters.delivery.links import actions as links
from letters.delivery.links.actions import Opening
from letters.delivery.links.models import LetterLink, LinkVisit
from letters.delivery.links.queries import why_shut
from letters.evidence.errors import AlteredInStore
from letters.issuing.binding import enclosures_as_approved
from letters.issuing.models import FileFormat
from letters.issuing.queries import file_of
from letters.web.answering import (
    is_let_in,
    keep_answer,
    let_in,
    link_of,
    new_sending,
    opened,
    picture_in,
)
from letters.web.attempts import is_over
from letters.web.forms.answering import AnswerForm, OpenForm
from letters.web.forms.form import sent
from letters.web.views.pages import show

Page = Callable[..., HttpResponse]


def _of_a_link(view: Page, *, shut_out: bool) -> Page:
    """A page of a link that is still open; with `shut_out` for who has shown that it is theirs."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @cache_control(no_store=True, private=True)
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **more: object) -> HttpResponse:
        link = link_of(token)
        reason = why_shut(link, timezone.now())
        if reason is not None:
            head = link.dispatch.letter.content["letterhead"]
            page = show(request, "letter_shut", status=410, reason=reason.value, head=head)
        elif shut_out and not is_let_in(request, link):
            page = redirect("letters:open_letter", token=token)
        else:
            page = view(request, link=link, token=token, **more)
        page["X-Robots-Tag"] = "noindex"
        return page

    return guarded


def _open_letter(request: HttpRequest, *, link: LetterLink, token: str) -> HttpResponse:
    """Ask for the reference and the postcode. Looking at the page does nothing: programs that look
    through mail follow every link."""
    form = OpenForm(sent(request))
    head = link.dispatch.letter.content["letterhead"]
    if request.method != "POST":
        return show(request, "open_letter", form=form, head=head)
    if is_over(request):
        return show(request, "open_letter_later", status=429, head=head)
    if not form.is_valid():
        return show(request, "open_letter", form=form, head=head)
    outcome = links.open_letter(link=link, **form.cleaned_data, at=timezone.now())
    if outcome is Opening.LOCKED:
        return show(request, "open_letter_later", status=429, head=head)
    if outcome is Opening.REFUSED:
        form.add_error(None, "Check both: they do not fit this letter")
        return show(request, "open_letter", form=form, head=head)
    return let_in(redirect("letters:opened_letter", token=token), link, token)


def _opened_letter(request: HttpRequest, *, link: LetterLink, token: str) -> HttpResponse:
    """The letter."""
    return show(request, "opened_letter", opened=opened(link, token), form=None)


def _opened_pdf(request: HttpRequest, *, link: LetterLink, token: str) -> HttpResponse:
    """The letter's own file."""
    made = file_of(link.dispatch.letter, FileFormat.PDF)
    if made is None:
        raise Http404
    return _downloaded(request, link, bytes(made.data), "letter.pdf")


def _opened_enclosure(
    request: HttpRequest, *, link: LetterLink, token: str, number: int
) -> HttpResponse:
    """One of the documents that go with it, as it was approved."""
    try:
        enclosed = enclosures_as_approved(link.dispatch.letter)
    except AlteredInStore:
        raise Http404 from None
    if not 1 <= number <= len(enclosed):
        raise Http404
    return _downloaded(request, link, enclosed[number - 1], f"enclosure-{number}.pdf")


def _downloaded(request: HttpRequest, link: LetterLink, data: bytes, name: str) -> HttpResponse:
    """Written down, though it is a GET, as is every look that somebody here takes at a letter."""
    if request.method == "GET":
        outcome = LinkVisit.Outcome.DOWNLOADED
        links.note_visit(link=link, outcome=outcome, at=timezone.now())
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _opened_picture(
    request: HttpRequest, *, link: LetterLink, token: str, digest: str
) -> HttpResponse:
    """A picture that the letter shows."""
    data, media_type = picture_in(link, digest)
    return HttpResponse(data, content_type=media_type)


def _answer_letter(request: HttpRequest, *, link: LetterLink, token: str) -> HttpResponse:
    """What the reader wants to tell."""
    form = AnswerForm(
        sent(request), files=request.FILES or None, initial={"told_in": new_sending()}
    )
    if request.method == "POST" and form.does(partial(keep_answer, link=link, at=timezone.now())):
        return redirect("letters:answered_letter", token=token)
    where = reverse("letters:opened_letter", kwargs={"token": token})
    return show(request, "answer_letter", form=form, back_to=where)


def _answered_letter(request: HttpRequest, *, link: LetterLink, token: str) -> HttpResponse:
    """That it has come, and what happens now."""
    return show(request, "answered_letter", opened=opened(link, token))


open_letter = _of_a_link(_open_letter, shut_out=False)
opened_letter = _of_a_link(_opened_letter, shut_out=True)
opened_pdf = _of_a_link(_opened_pdf, shut_out=True)
opened_enclosure = _of_a_link(_opened_enclosure, shut_out=True)
opened_picture = _of_a_link(_opened_picture, shut_out=True)
answer_letter = _of_a_link(_answer_letter, shut_out=True)
answered_letter = _of_a_link(_answered_letter, shut_out=True)
