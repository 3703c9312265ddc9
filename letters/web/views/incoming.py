"""What came in: the queue, one message, calls, promises, and post that came back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.cases import actions as cases
from letters.incoming import actions as incoming
from letters.incoming import queries
from letters.incoming.actions.files import opened
from letters.tracking import actions as tracking
from letters.web.forms.evidence import EncloseForm
from letters.web.forms.form import Confirmation, Form, sent
from letters.web.forms.incoming import (
    AnswerForm,
    KindForm,
    LinkForm,
    MovePromiseForm,
    NoteCallForm,
    PasteMessageForm,
    PromiseReasonForm,
    ReturnedPostForm,
    ScanForm,
    TakeForm,
)
from letters.web.incoming import message_page, post_room
from letters.web.lists import one_page
from letters.web.refusals import REFUSALS
from letters.web.views import find
from letters.web.views.files import kept
from letters.web.views.pages import ask, confirmed, go, show
from letters.web.visitor import me


@require_safe
def post_in(request: HttpRequest) -> HttpResponse:
    """What waits to be put to a case."""
    waiting = one_page(request, queries.queue_of(me(request)))
    return show(request, "post_in", listed=waiting, room=post_room(me(request)), form=None)


def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One message: what it says, where it belongs, what it comes to."""
    row, by, at = find.seen_message(request, message_id), me(request), timezone.now()
    page = message_page(row, by=by)
    form = AnswerForm(sent(request), links=page.to_answer)
    if request.method == "POST" and page.to_answer and form.does(partial(_answered, by=by, at=at)):
        return go(request, "letters:case", says="Recorded", case_id=page.to_answer[0].case_id)
    return show(request, "message", page=page, form=form)


def _answered(**given: object) -> None:
    """What it says, or that there is nothing to record."""
    if given["kind"] is None:
        incoming.nothing_to_record(links=given["links"], by=given["by"], at=given["at"])  # type: ignore[arg-type]  # as the form gives them
    else:
        incoming.record_answer(**given)  # type: ignore[arg-type]  # as the form gives them


@require_safe
def message_original(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """The message as it came, to the last byte: what a regulator asks for."""
    row = find.seen_message(request, message_id)
    return kept(queries.raw_of(row), f"message-{row.digest[:12]}.eml")


def link_message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Put it to a case, by its reference."""
    row = find.message(request, message_id)
    return ask(
        request,
        "link_message",
        LinkForm(sent(request)),
        partial(incoming.link_to_reference, message=row, by=me(request), at=timezone.now()),
        then=lambda _: _back(request, row.pk, "Put to the case"),
        message=row,
    )


def link_suggested(request: HttpRequest, message_id: UUID, case_id: UUID) -> HttpResponse:
    """Put it to a case that the person sees."""
    row, case = find.message(request, message_id), find.case(request, case_id)
    return _pressed(
        request,
        row.pk,
        "Put to the case",
        partial(incoming.link_message, message=row, case=case, by=me(request), at=timezone.now()),
    )


def unlink_message(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Take it out of a case."""
    link = find.message_link(request, link_id)
    return _pressed(
        request,
        link.message_id,
        "Taken out of the case",
        partial(incoming.unlink_message, link=link, by=me(request), at=timezone.now()),
    )


def change_kind(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Say what it is, where the machine was wrong."""
    row = find.message(request, message_id)
    return ask(
        request,
        "change_kind",
        KindForm(sent(request), initial={"kind": row.kind}),
        partial(incoming.change_kind, message=row, by=me(request), at=timezone.now()),
        then=lambda _: _back(request, row.pk, "Changed"),
        message=row,
    )


def put_aside(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """None of ours."""
    row = find.message(request, message_id)
    action = partial(incoming.put_aside, message=row, by=me(request), at=timezone.now())
    return _pressed(request, None, "Put aside; you can still find it below", action)


def take_back(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Ours after all."""
    row = find.message(request, message_id)
    action = partial(incoming.take_back, message=row, by=me(request), at=timezone.now())
    return _pressed(request, row.pk, "Back in the queue", action)


def take_message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Open one of which nothing says whose it is."""
    row, by = find.unclaimed_message(request, message_id), me(request)
    return ask(
        request,
        "take_message",
        TakeForm(sent(request), partnerships=queries.partnerships_to_sort_for(by)),
        partial(incoming.take_message, message=row, by=by, at=timezone.now()),
        then=lambda _: _back(request, row.pk, "Opened"),
        message=row,
    )


@require_safe
def attachment_file(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """A clean file, to be saved."""
    row = find.attachment(request, attachment_id)
    try:
        return kept(opened(row), f"attachment-{row.sha256[:12]}{_ending(row.name)}")
    except REFUSALS:
        raise Http404 from None


def _ending(name: str) -> str:
    """What says to the person's own device what it is; never what it does."""
    ending = name.rpartition(".")[2].lower()
    known = ("pdf", "docx", "doc", "jpg", "jpeg", "png", "heic", "xlsx", "txt", "odt", "eml", "ics")
    return f".{ending}" if ending in known else ""


def enclose_attachment(request: HttpRequest, attachment_id: UUID, case_id: UUID) -> HttpResponse:
    """Take a clean file into the evidence of a case."""
    row, case = find.attachment(request, attachment_id), find.case(request, case_id)
    if not queries.links_of(row.message, me(request)).filter(case=case).exists():
        raise Http404
    return ask(
        request,
        "enclose_attachment",
        EncloseForm(sent(request), patient=case.patient, name=row.name[:120]),
        confirmed(
            partial(
                incoming.enclose_attachment,
                attachment=row,
                case=case,
                by=me(request),
                at=timezone.now(),
            ),
            partial(
                cases.confirm_patient,
                case=case,
                for_what=cases.Added.FILE_THAT_CAME,
                by=me(request),
            ),
        ),
        then=lambda _: go(request, "letters:evidence", says="Document kept", case_id=case.pk),
        case=case,
        attachment=row,
    )


def note_call(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A telephone note, in twenty seconds."""
    row, at = find.case(request, case_id), timezone.now()

    def note(**given: object) -> object:
        moment = given.pop("called_at") or at
        return incoming.note_call(case=row, called_at=moment, by=me(request), at=at, **given)  # type: ignore[arg-type]  # as the form gives them

    return ask(
        request,
        "note_call",
        NoteCallForm(sent(request)),
        note,
        then=lambda _: go(request, "letters:case", says="Call noted", case_id=row.pk),
        case=row,
    )


def paste_message(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A message that came to somebody's own mailbox."""
    row = find.case(request, case_id)
    return ask(
        request,
        "paste_message",
        PasteMessageForm(sent(request)),
        partial(incoming.paste_message, case=row, by=me(request), at=timezone.now()),
        then=lambda _: go(
            request, "letters:case", says="Kept; it shows here in a moment", case_id=row.pk
        ),
        case=row,
    )


def returned_post(request: HttpRequest) -> HttpResponse:
    """Letters that came back, one after another."""
    return ask(
        request,
        "returned_post",
        ReturnedPostForm(sent(request)),
        partial(incoming.record_returned, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:returned_post", says="Recorded as come back"),
    )


def keep_scan(request: HttpRequest) -> HttpResponse:
    """An answer that came on paper."""
    return ask(
        request,
        "keep_scan",
        ScanForm(sent(request), files=request.FILES or None),
        partial(incoming.keep_scan, by=me(request), at=timezone.now()),
        then=lambda link: go(
            request, "letters:case", says="Kept; it shows here in a moment", case_id=link.case_id
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseChange:
    """One thing to do with a promise, and how the page asks for it."""

    title: str
    button: str
    says: str
    form: type[Form]
    action: Callable[..., object]


PROMISE_CHANGES = {
    "keep": PromiseChange(
        title="They did what they promised",
        button="They did it",
        says="Recorded as kept",
        form=PromiseReasonForm,
        action=tracking.keep_commitment,
    ),
    "move": PromiseChange(
        title="They promised another day",
        button="Move it",
        says="Moved",
        form=MovePromiseForm,
        action=tracking.move_commitment,
    ),
    "withdraw": PromiseChange(
        title="Take this promise out",
        button="Take it out",
        says="Taken out",
        form=PromiseReasonForm,
        action=tracking.withdraw_commitment,
    ),
    "settle": PromiseChange(
        title="It was not kept, and I have dealt with it",
        button="I have dealt with it",
        says="Done",
        form=Confirmation,
        action=tracking.settle_commitment,
    ),
}


def change_commitment(request: HttpRequest, commitment_id: UUID, step: str) -> HttpResponse:
    """Kept, moved, taken back, or dealt with."""
    if step not in PROMISE_CHANGES:
        raise Http404
    row, wanted = find.commitment(request, commitment_id), PROMISE_CHANGES[step]
    return ask(
        request,
        "change_commitment",
        wanted.form(sent(request)),
        partial(wanted.action, commitment=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:case", says=wanted.says, case_id=row.case_id),
        case=row.case,
        commitment=row,
        wanted=wanted,
    )


def _back(request: HttpRequest, message_id: UUID, says: str) -> HttpResponse:
    """To the message, if the person still sees it; else to the queue."""
    seen = queries.visible_to(me(request)).filter(pk=message_id).exists()
    if seen:
        return go(request, "letters:message", says=says, message_id=message_id)
    return go(request, "letters:post_in", says=says)


def _pressed(
    request: HttpRequest, message_id: UUID | None, says: str, action: Callable[[], object]
) -> HttpResponse:
    """A button that may be refused: then it is said on the page it came from."""
    form = Confirmation(sent(request))
    done = form.does(action)
    told = says if done else " ".join(str(each) for each in form.non_field_errors())
    if message_id is None:
        return go(request, "letters:post_in", says=told)
    return _back(request, message_id, told)
