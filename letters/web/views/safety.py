"""Whether a letter could harm somebody, and letting one through."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letters.cases.models import Case
from letters.cases.queries import open_consent
from letters.cases.safety import safety_of
from letters.delivery import withholding
from letters.issuing.lifting import lift_gate as lift
from letters.web.forms.form import sent
from letters.web.forms.safety import LiftGateForm, SafetyForm
from letters.web.safety import withheld_in_words
from letters.web.views import find
from letters.web.views.pages import ask, go
from letters.web.visitor import me


def record_safety(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every concern on one page; the answers take the place of those before."""
    row = find.case(request, case_id)
    recorded = safety_of(row)
    return ask(
        request,
        "record_safety",
        SafetyForm(sent(request), recorded=recorded),
        partial(withholding.recorded_safety, case=row, by=me(request), at=timezone.now()),
        then=lambda withheld: _onwards(request, row, withheld),
        case=row,
        recorded=recorded,
    )


def _onwards(request: HttpRequest, case: Case, withheld: withholding.Withheld) -> HttpResponse:
    """To consent while there is none: the two belong to one conversation."""
    to = "letters:case" if open_consent(case) else "letters:give_consent"
    return go(request, to, says=withheld_in_words("Safety recorded", withheld), case_id=case.pk)


def lift_gate(request: HttpRequest, letter_id: UUID, gate: str) -> HttpResponse:
    """Let one letter through, with the reason."""
    letter = find.letter(request, letter_id)
    found, recorded = find.gate(letter, gate)
    return ask(
        request,
        "lift_gate",
        LiftGateForm(sent(request), gate=found, version=recorded.version),
        partial(lift, letter=letter, gate=found.key, by=me(request), at=timezone.now()),
        then=lambda _: go(
            request, "letters:letter", says="Let through, with your reason", letter_id=letter.pk
        ),
        letter=letter,
        gate=found,
        recorded=recorded,
    )
