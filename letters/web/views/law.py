"""Law and wording as they stand, and the reviewers who stand for them."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.issuing import actions as issuing
from letters.web.forms.form import Confirmation, sent
from letters.web.forms.letters import ReviewDayForm
from letters.web.legal import law_of, nation_named, partnership_to_sign_for, sign_off_of
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


@require_safe
def sign_offs(request: HttpRequest) -> HttpResponse:
    """What every nation's files say, how it was checked, and who has signed."""
    return show(request, "sign_offs", law=law_of(me(request), at=timezone.now()), form=None)


def sign_law(request: HttpRequest, partnership_id: UUID, jurisdiction: str) -> HttpResponse:
    """Stand for law and wording as they are now."""
    user, at = me(request), timezone.now()
    partnership, nation = partnership_to_sign_for(user, partnership_id), nation_named(jurisdiction)
    return ask(
        request,
        "sign_law",
        ReviewDayForm(sent(request)),
        partial(issuing.sign_law, partnership=partnership, jurisdiction=nation, by=user, at=at),
        then=lambda _: go(
            request, "letters:sign_offs", says="Signed. A second reviewer must confirm it."
        ),
        partnership=partnership,
        nation=nation,
    )


def confirm_sign_off(request: HttpRequest, sign_off_id: UUID) -> HttpResponse:
    """Confirm, as a second person."""
    user, at = me(request), timezone.now()
    row, form = sign_off_of(user, sign_off_id), Confirmation(sent(request))
    if form.does(partial(issuing.confirm_sign_off, sign_off=row, by=user, at=at)):
        return go(request, "letters:sign_offs", says="Confirmed. Letters can be approved and sent.")
    return show(request, "sign_offs", law=law_of(user, at=at), form=form)
