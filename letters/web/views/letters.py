"""One letter: reading it, why it says what it says, approving it and taking it back."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from letters.cases import actions as cases
from letters.cases.models import Case
from letters.cases.queries import responsible_bodies_of
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.issuing import actions as issuing
from letters.issuing.binding import letter_with_enclosures
from letters.issuing.models import FileFormat, Letter, LetterStatus
from letters.issuing.pictures import file_seen_by
from letters.outcomes.queries import happened_in
from letters.rendering.html import stylesheet
from letters.tracking import actions as tracking
from letters.web.comparing import comparison_of
from letters.web.forms.form import Confirmation, Form, sent
from letters.web.forms.letters import AddBodyForm, DraftForm, NarrativeForm
from letters.web.landlords import doubts_of
from letters.web.next_steps import drafting_of
from letters.web.reading import approve_form_of, letter_file_name, reading_of, reasons_of
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MIME = {
    FileFormat.PDF.value: "application/pdf",
    FileFormat.DOCX.value: WORD,
    FileFormat.LARGE_PRINT.value: "application/pdf",
    FileFormat.SPOKEN.value: "text/plain; charset=utf-8",
}
_SIGNED = {
    LetterStatus.APPROVED.value: "Letter approved. Now choose how to send it.",
    LetterStatus.AWAITING_SECOND.value: "Signed. A second adviser must read and sign it before it "
    "can be sent.",
}


def draft_letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Draft the first letter, to be read and approved; there is nothing to ask."""
    row = find.case(request, case_id)
    draft = partial(_drafting(request, row, Stage.FIRST_LETTER), body=None, narrative="")
    return ask(
        request,
        "draft_letter",
        Confirmation(sent(request)),
        draft,
        then=lambda letter: go(request, "letters:letter", letter_id=letter.pk),
        case=row,
        doubts=doubts_of(row),
    )


def draft_step(request: HttpRequest, case_id: UUID, stage: str) -> HttpResponse:
    """Draft a letter of any kind, once what it needs has been said."""
    row = find.case(request, case_id)
    kind = find.kind(row, stage)
    form = DraftForm(
        sent(request),
        kind=kind,
        bodies=responsible_bodies_of(row.team.organisation.partnership),
        adjustment=row.adjustment,
    )
    return ask(
        request,
        "draft_step",
        form,
        _drafting(request, row, kind.stage),
        then=lambda letter: go(request, "letters:letter", letter_id=letter.pk),
        case=row,
        kind=kind,
        doubts=doubts_of(row) if kind.reader == Recipient.LANDLORD else (),
        step=drafting_of(row, kind, by=me(request), at=timezone.now()),
    )


def _drafting(request: HttpRequest, case: Case, stage: Stage) -> Callable[..., Letter]:
    """The action that drafts such a letter, with what the person is not asked."""
    also, by, at = happened_in(case), me(request), timezone.now()
    if stage is Stage.ADJUSTMENT:
        return partial(tracking.draft_adjustment, case=case, also=also, by=by, at=at)
    return partial(tracking.draft_step, case=case, stage=stage, also=also, by=by, at=at)


def add_responsible_body(request: HttpRequest, case_id: UUID, stage: str) -> HttpResponse:
    """Add who reads letters of this kind, and go back to drafting one."""
    row = find.case(request, case_id)
    kind = find.kind(row, stage)
    return ask(
        request,
        "add_responsible_body",
        AddBodyForm(sent(request)),
        partial(
            cases.add_responsible_body,
            partnership=row.team.organisation.partnership,
            reader=kind.reader,
            by=me(request),
        ),
        then=lambda _: go(
            request, "letters:draft_step", says="Added", case_id=row.pk, stage=kind.stage.value
        ),
        case=row,
        kind=kind,
    )


@require_safe
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter as it stands, and what can be done with it."""
    return letter_page(request, find.seen_letter(request, letter_id))


def letter_page(request: HttpRequest, row: Letter, **forms: Form) -> HttpResponse:
    """The page of a letter; a refused form of it stands where it was sent from."""
    reading = reading_of(row, by=me(request), at=timezone.now(), forms=forms)
    is_to_landlord = row.recipient == Recipient.LANDLORD and row.status == LetterStatus.DRAFT
    return show(
        request,
        "letter",
        reading=reading,
        doubts=doubts_of(row.case) if is_to_landlord else (),
        form=next(iter(forms.values()), None),
    )


def approve_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Freeze the words that were read."""
    row = find.letter(request, letter_id)
    form = approve_form_of(row, sent(request))
    approve = partial(issuing.approve_letter, letter=row, by=me(request), at=timezone.now())
    if form.does(approve):
        says = _SIGNED[form.done.status]
        return go(request, "letters:letter", says=says, letter_id=row.pk)
    return letter_page(request, row, approve=form)


def return_to_draft(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Take back the first of two signatures."""
    row, form = find.letter(request, letter_id), Confirmation(sent(request))
    take_back = partial(issuing.return_to_draft, letter=row, by=me(request), at=timezone.now())
    if form.does(take_back):
        return go(request, "letters:letter", says="It is a draft again", letter_id=row.pk)
    return letter_page(request, row, take_back=form)


def edit_narrative(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The one passage that is worded freely."""
    row = find.letter(request, letter_id)
    return ask(
        request,
        "edit_narrative",
        NarrativeForm(sent(request), initial={"narrative": row.narrative}),
        partial(issuing.edit_narrative, letter=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:letter", says="Words kept", letter_id=row.pk),
        letter=row,
    )


def withdraw_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Take a letter back, with what follows from it said first."""
    row = find.letter(request, letter_id)
    return ask(
        request,
        "withdraw_letter",
        Confirmation(sent(request)),
        partial(issuing.withdraw_letter, letter=row, by=me(request), at=timezone.now()),
        then=lambda _: go(request, "letters:letter", says="Letter withdrawn", letter_id=row.pk),
        letter=row,
    )


@require_safe
def why(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Why this letter says what it says."""
    row = find.seen_letter(request, letter_id)
    return show(request, "why", reasons=reasons_of(row, by=me(request), at=timezone.now()))


@require_safe
def compare_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """What the letter says otherwise than the one before it."""
    row = find.seen_letter(request, letter_id)
    comparison = comparison_of(row, by=me(request), at=timezone.now())
    if comparison is None:
        raise Http404
    return show(request, "compare_letter", comparison=comparison)


@require_safe
def letter_file(request: HttpRequest, letter_id: UUID, file_format: str) -> HttpResponse:
    """The file that a worker has made from the approved letter."""
    row = find.seen_letter(request, letter_id)
    made = file_seen_by(me(request), row, file_format)
    if made is None:
        raise Http404
    response = HttpResponse(made.data, content_type=_MIME[file_format])
    name = letter_file_name(row, file_format)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def letter_and_enclosures(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Both as one file, for whoever prints and posts them."""
    row = find.seen_letter(request, letter_id)
    data = letter_with_enclosures(row, by=me(request))
    if data is None:
        raise Http404
    response = HttpResponse(data, content_type=_MIME[FileFormat.PDF])
    name = f"letter-{row.case.reference}-with-enclosures.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@cache_control(max_age=3600)
def letter_style(request: HttpRequest) -> HttpResponse:
    """The look of every letter; it says nothing about anybody."""
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
