"""One letter: reading it, why it says what it says, approving it and taking it back."""

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from letters.cases.models import Case
from letters.drafting.stages import Stage
from letters.issuing import actions as issuing
from letters.issuing.models import FileFormat, Letter
from letters.issuing.queries import file_of
from letters.rendering.html import stylesheet
from letters.web.forms.form import Confirmation, Form, sent
from letters.web.forms.letters import ApproveForm, NarrativeForm
from letters.web.reading import letter_file_name, reading_of, reasons_of
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me

_MIME = {
    FileFormat.PDF.value: "application/pdf",
    FileFormat.DOCX.value: (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
}


def draft_letter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Draft the first letter, to be read and approved."""
    row = find.case(request, case_id)
    return ask(
        request,
        "draft_letter",
        Confirmation(sent(request)),
        partial(_draft, row, by=me(request), at=timezone.now()),
        then=lambda letter: go(request, "letters:letter", letter_id=letter.pk),
        case=row,
    )


def _draft(case: Case, **given: object) -> Letter:
    first = {
        "stage": Stage.FIRST_LETTER,
        "narrative": "",
        "follows": None,
        "earlier": None,
        "body": None,
    }
    return issuing.draft_letter(case=case, **first, **given)  # type: ignore[arg-type]  # as partial passes them


@require_safe
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter as it stands, and what can be done with it."""
    return letter_page(request, find.seen_letter(request, letter_id))


def letter_page(request: HttpRequest, row: Letter, **forms: Form) -> HttpResponse:
    """The page of a letter; a refused form of it stands where it was sent from."""
    reading = reading_of(row, by=me(request), at=timezone.now(), forms=forms)
    return show(request, "letter", reading=reading, form=next(iter(forms.values()), None))


def approve_letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Freeze the words that were read."""
    row, form = find.letter(request, letter_id), ApproveForm(sent(request))
    approve = partial(issuing.approve_letter, letter=row, by=me(request), at=timezone.now())
    if form.does(approve):
        says = "Letter approved. Now choose how to send it."
        return go(request, "letters:letter", says=says, letter_id=row.pk)
    return letter_page(request, row, approve=form)


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
def letter_file(request: HttpRequest, letter_id: UUID, file_format: str) -> HttpResponse:
    """The file that a worker has made from the approved letter."""
    row = find.seen_letter(request, letter_id)
    made = file_of(row, file_format)
    if made is None:
        raise Http404
    response = HttpResponse(made.data, content_type=_MIME[file_format])
    name = letter_file_name(row, file_format)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@cache_control(max_age=3600)
def letter_style(request: HttpRequest) -> HttpResponse:
    """The look of every letter; it says nothing about anybody."""
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")
