"""How a partnership sends, decided by its administrators."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.access.queries import partnerships_with
from letters.access.roles import Right
from letters.delivery import actions as delivery
from letters.delivery import pauses
from letters.delivery.carriers import email_carriers
from letters.delivery.rules import rules_of
from letters.web.forms.form import Confirmation, sent
from letters.web.forms.sending import SendingRulesForm
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me


@require_safe
def sending_rules(request: HttpRequest) -> HttpResponse:
    """The partnerships for which the person decides, and what is held back now."""
    mine = partnerships_with(me(request), Right.SET_SENDING).order_by("name")
    held = pauses.pauses_at(timezone.now())
    return show(request, "sending_rules", partnerships=mine, pauses=held, form=None)


def change_sending_rules(request: HttpRequest, partnership_id: UUID) -> HttpResponse:
    """By whom, in which class of post, and which way next."""
    partnership = find.partnership(request, partnership_id, Right.SET_SENDING)
    change = partial(
        delivery.change_sending_rules, partnership=partnership, by=me(request), at=timezone.now()
    )
    return ask(
        request,
        "change_sending_rules",
        SendingRulesForm(sent(request), rules=rules_of(partnership), carriers=email_carriers()),
        change,
        then=lambda _: go(
            request, "letters:sending_rules", says="Saved. Letters sent from now on follow it."
        ),
        partnership=partnership,
    )


def end_pause(request: HttpRequest, pause_id: UUID) -> HttpResponse:
    """What was wrong is mended: let it go on."""
    held = find.pause(pause_id)
    form = Confirmation(sent(request))
    form.does(partial(pauses.end_pause, held=held, by=me(request), at=timezone.now()))
    return go(request, "letters:sending_rules", says="What was held back goes now.")
