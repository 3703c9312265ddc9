"""Photographs and documents of a case: adding, describing, hiding parts, taking out of use."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.access.models import User
from letters.cases import actions as cases
from letters.cases.models import Case
from letters.cases.queries import hazards_of
from letters.evidence import actions, queries
from letters.evidence.models import Photograph
from letters.incoming.asking.queries import as_patient_says
from letters.issuing import actions as issuing
from letters.web.asking import asked_in
from letters.web.evidence import (
    case_evidence,
    cells_of,
    chosen_for,
    described_photographs,
    letter_picture_of,
    shown,
)
from letters.web.forms.evidence import (
    AddEnclosureForm,
    AddPhotographsForm,
    ChooseEvidenceForm,
    DescribePhotographForm,
    LiftRedactionForm,
    RedactForm,
)
from letters.web.forms.form import Confirmation, sent
from letters.web.refusals import REFUSALS
from letters.web.views import find
from letters.web.views.pages import ask, confirmed, go, show
from letters.web.visitor import me


@require_safe
def evidence(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All that the person may see of the evidence of a case."""
    row = find.seen_case(request, case_id)
    return show(
        request,
        "evidence",
        case=row,
        found=case_evidence(row, by=me(request)),
        asked=asked_in(row, at=timezone.now()),
        form=None,
    )


def add_photographs(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Several at once; those that can be kept are kept, and of the others it is said why not."""
    row, kept = find.case(request, case_id), 0
    form = AddPhotographsForm(sent(request), patient=row.patient, files=request.FILES or None)
    if request.method == "POST" and form.is_valid():
        cases.confirm_patient(case=row, for_what=cases.Added.PHOTOGRAPHS, by=me(request))
        files = form.files_given
        faults = _add_each(row, files, by=me(request), at=timezone.now())
        if not faults:
            says = "Photograph kept" if len(files) == 1 else f"{len(files)} photographs kept"
            return go(request, "letters:describe_photographs", says=says, case_id=row.pk)
        for fault in faults:
            form.add_error("photographs", fault)
        kept = len(files) - len(faults)
    return show(request, "add_photographs", form=form, case=row, kept=kept)


def _add_each(case: Case, files: Sequence[bytes], *, by: User, at: datetime) -> list[str]:
    """What is wrong with those that were not kept, by their place among those that were sent."""
    faults = []
    for number, data in enumerate(files, start=1):
        try:
            actions.add_photograph(case=case, data=data, by=by, at=at)
        except REFUSALS as refusal:
            faults.append(f"File {number} of {len(files)} was not kept. {refusal}")
    return faults


def describe_photographs(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All that nobody has described yet, on one page."""
    row = find.case(request, case_id)
    return _describe(request, row, described_photographs(row, by=me(request), described=False))


def describe_photograph(request: HttpRequest, photograph_id: UUID) -> HttpResponse:
    """One of them, again."""
    photograph = find.photograph(request, photograph_id)
    return _describe(request, photograph.case, (photograph,))


def _describe(request: HttpRequest, case: Case, photographs: Sequence[Photograph]) -> HttpResponse:
    hazards, at = tuple(hazards_of(case)), timezone.now()
    forms = [
        DescribePhotographForm(
            sent(request), photograph=each, hazards=hazards, patient_says=as_patient_says(each)
        )
        for each in photographs
    ]
    if request.method == "POST" or not forms:
        describe = partial(actions.describe_photograph, by=me(request), at=at)
        done = [
            form.does(partial(describe, photograph=each))
            for form, each in zip(forms, photographs, strict=True)
        ]
        if all(done):
            says = "Descriptions kept" if forms else ""
            return go(request, "letters:evidence", says=says, case_id=case.pk)
    pairs = tuple(zip(map(shown, photographs), forms, strict=True))
    return show(request, "describe_photographs", case=case, pairs=pairs, forms=forms, form=None)


def redact_photograph(request: HttpRequest, photograph_id: UUID) -> HttpResponse:
    """Hide parts of it from letters to come."""
    photograph = find.photograph(request, photograph_id)
    across, down = cells_of(photograph)
    return ask(
        request,
        "redact_photograph",
        RedactForm(sent(request), across=across, down=down),
        partial(
            actions.redact_photograph, photograph=photograph, by=me(request), at=timezone.now()
        ),
        then=lambda _: go(
            request, "letters:redact_photograph", says="Hidden", photograph_id=photograph.pk
        ),
        case=photograph.case,
        shown=shown(photograph),
        redactions=queries.redactions_of(photograph).select_related("made_by"),
    )


def lift_redaction(request: HttpRequest, redaction_id: UUID) -> HttpResponse:
    """Show the part again in letters to come."""
    redaction = find.redaction(request, redaction_id)
    photograph = redaction.photograph
    return ask(
        request,
        "lift_redaction",
        LiftRedactionForm(sent(request)),
        partial(actions.lift_redaction, redaction=redaction, by=me(request), at=timezone.now()),
        then=lambda _: go(
            request,
            "letters:redact_photograph",
            says="It is shown again",
            photograph_id=photograph.pk,
        ),
        case=photograph.case,
        redaction=redaction,
    )


def remove_photograph(request: HttpRequest, photograph_id: UUID) -> HttpResponse:
    """Take it out of use, with what follows from it said first."""
    photograph = find.photograph(request, photograph_id)
    return ask(
        request,
        "remove_photograph",
        Confirmation(sent(request)),
        partial(
            actions.remove_photograph, photograph=photograph, by=me(request), at=timezone.now()
        ),
        then=lambda _: go(
            request, "letters:evidence", says="Photograph removed", case_id=photograph.case_id
        ),
        case=photograph.case,
        shown=shown(photograph),
    )


@require_safe
def photograph_picture(request: HttpRequest, photograph_id: UUID) -> HttpResponse:
    """The copy that letters print now."""
    copy = queries.latest_copy(find.photograph(request, photograph_id))
    return HttpResponse(copy.data, content_type=copy.media_type)


@require_safe
def photograph_original(request: HttpRequest, photograph_id: UUID) -> HttpResponse:
    """The bytes as they came, to be kept and never shown: they may be anything."""
    photograph = find.seen_photograph(request, photograph_id)
    return _kept(queries.original_of(photograph), f"original-{photograph.original_digest[:12]}")


def add_enclosure(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A document that can go with letters."""
    row = find.case(request, case_id)
    return ask(
        request,
        "add_enclosure",
        AddEnclosureForm(sent(request), patient=row.patient, files=request.FILES or None),
        confirmed(
            partial(actions.add_enclosure, case=row, by=me(request), at=timezone.now()),
            partial(cases.confirm_patient, case=row, for_what=cases.Added.DOCUMENT, by=me(request)),
        ),
        then=lambda _: go(request, "letters:evidence", says="Document kept", case_id=row.pk),
        case=row,
    )


@require_safe
def enclosure_file(request: HttpRequest, enclosure_id: UUID) -> HttpResponse:
    """The document as it is bound in."""
    enclosure = find.seen_enclosure(request, enclosure_id)
    return _kept(queries.pdf_of(enclosure), f"document-{enclosure.pdf_digest[:12]}.pdf")


def remove_enclosure(request: HttpRequest, enclosure_id: UUID) -> HttpResponse:
    """Take it out of use, with what follows from it said first."""
    row = find.enclosure(request, enclosure_id)
    return ask(
        request,
        "remove_enclosure",
        Confirmation(sent(request)),
        partial(actions.remove_enclosure, enclosure=row, by=me(request), at=timezone.now()),
        then=lambda _: go(
            request, "letters:evidence", says="Document removed", case_id=row.case_id
        ),
        case=row.case,
        enclosure=row,
    )


def choose_evidence(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """What a draft prints and encloses."""
    row, by = find.letter(request, letter_id), me(request)
    photographs = described_photographs(row.case, by=by, described=True)
    form = ChooseEvidenceForm(
        sent(request),
        photographs=photographs,
        enclosures=case_evidence(row.case, by=by).enclosures,
        chosen=chosen_for(row),
    )
    return ask(
        request,
        "choose_evidence",
        form,
        partial(issuing.choose_evidence, letter=row, by=by, at=timezone.now()),
        then=lambda _: go(request, "letters:letter", says="Chosen", letter_id=row.pk),
        letter=row,
        photographs=[shown(each) for each in photographs],
        found=case_evidence(row.case, by=by),
    )


@require_safe
def letter_picture(request: HttpRequest, letter_id: UUID, digest: str) -> HttpResponse:
    """One of the pictures of a letter, by its digest."""
    row = find.letter(request, letter_id)
    found = letter_picture_of(row, digest, by=me(request), at=timezone.now())
    if found is None:
        raise Http404
    data, media_type = found
    return HttpResponse(data, content_type=media_type)


def _kept(data: bytes, name: str) -> HttpResponse:
    """To be saved, whatever it is."""
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox"
    return response
