"""The adviser's desk: the worklist as it was chosen, several things at once, and who has what."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from letters.access.models import User
from letters.cases.models import Case
from letters.desk import actions as desk
from letters.desk.queries import advisers_of, assignment_of, colleagues_of, lists_of
from letters.desk.several import do_with_each
from letters.law.periods import LONDON
from letters.web.chosen import EVERYTHING, chosen_by
from letters.web.desk import kept_outcomes, loads_of, outcomes_kept
from letters.web.forms.desk import AssignForm, ChooseForm, CoverForm, KeepListForm, SeveralForm
from letters.web.forms.form import Form, sent
from letters.web.views import find
from letters.web.views.pages import ask, go, show
from letters.web.visitor import me
from letters.web.worklist import worklist_of

_OUTCOMES = "several_done"  # in the session: ids and refusals


@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """What waits for a person, by clock."""
    return show(request, "worklist", form=None, **_worklist(request, request.GET or None))


def _worklist(
    request: HttpRequest, asked: Any, keep: Form | None = None, several: Form | None = None
) -> dict[str, Any]:
    """What the page shows; a form that was refused stands there with its faults."""
    user, at = me(request), timezone.now()
    day, colleagues = at.astimezone(LONDON).date(), tuple(colleagues_of(me(request)))
    choose = ChooseForm(asked, colleagues=colleagues)
    chosen = EVERYTHING
    if choose.asked:
        chosen = chosen_by(user, choose.cleaned_data, day=day)
    return {
        "work": worklist_of(user, at=at, chosen=chosen),
        "choose": choose,
        "keep": keep or KeepListForm(),
        "lists": [(each, urlencode(each.chosen)) for each in lists_of(user)],
        "several": several or SeveralForm(colleagues=colleagues),
    }


def keep_list(request: HttpRequest) -> HttpResponse:
    """Keep what is chosen under a name."""
    form, by = KeepListForm(sent(request)), me(request)
    choose = ChooseForm(request.POST, colleagues=colleagues_of(by))
    action = partial(desk.keep_list, chosen=choose.asked, by=by, at=timezone.now())
    if form.does(action):
        return go(request, "letters:worklist", says="List kept: it stands at the top")
    return show(request, "worklist", form=form, **_worklist(request, request.POST, keep=form))


def remove_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """One that is not needed any more."""
    desk.remove_list(kept=find.kept_list(request, list_id), by=me(request))
    return go(request, "letters:worklist", says="List removed")


def do_several(request: HttpRequest) -> HttpResponse:
    """The same with everything that is ticked; what became of each stands on the next page."""
    form, by = SeveralForm(sent(request), colleagues=colleagues_of(me(request))), me(request)
    if form.does(partial(do_with_each, by=by, at=timezone.now())):
        request.session[_OUTCOMES] = kept_outcomes(form.done)
        return go(request, "letters:several_done")
    return show(request, "worklist", form=form, **_worklist(request, None, several=form))


@require_safe
def several_done(request: HttpRequest) -> HttpResponse:
    """What was done just now, and what could not be and why."""
    done = outcomes_kept(request.session.get(_OUTCOMES, ()), me(request))
    return show(request, "several_done", done=done)


@require_safe
def who_has_what(request: HttpRequest) -> HttpResponse:
    """The person's colleagues with what each has, and who covers for whom."""
    return show(request, "who_has_what", loads=loads_of(me(request), at=timezone.now()))


def assign_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give a case to an adviser of its team, or to nobody in particular."""
    row = find.case(request, case_id)
    return ask(
        request,
        "assign_case",
        AssignForm(sent(request), advisers=advisers_of(row.advice_team)),
        partial(_assigned, case=row, by=me(request)),
        then=lambda _: go(request, "letters:case", says="Recorded", case_id=row.pk),
        case=row,
        there=assignment_of(row),
    )


def _assigned(*, case: Case, person: User | None, by: User) -> None:
    at = timezone.now()
    if person is None:
        desk.release_case(case=case, by=by, at=at)
    else:
        desk.assign_case(case=case, person=person, by=by, at=at)


def arrange_cover(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom, from which day to which."""
    by = me(request)
    return ask(
        request,
        "arrange_cover",
        CoverForm(sent(request), colleagues=colleagues_of(by)),
        partial(desk.arrange_cover, by=by, at=timezone.now()),
        then=lambda _: go(request, "letters:who_has_what", says="Cover arranged"),
    )


def end_cover(request: HttpRequest, cover_id: UUID) -> HttpResponse:
    """They are back."""
    row = find.cover(request, cover_id)
    desk.end_cover(cover=row, by=me(request), at=timezone.now())
    return go(request, "letters:who_has_what", says="Cover ended")
