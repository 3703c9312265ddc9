"""Questions between the clinic and the adviser on a case."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from letters.cases.questions import actions
from letters.cases.questions.queries import sides_of
from letters.web.forms.form import Confirmation, sent
from letters.web.forms.questions import AnswerQuestionForm, AskQuestionForm, ReadForm
from letters.web.questions import question_page_of
from letters.web.views import find
from letters.web.views.pages import ask, go
from letters.web.visitor import me


def ask_question(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the other side of the case."""
    row, by = find.case(request, case_id), me(request)
    return ask(
        request,
        "ask_question",
        AskQuestionForm(sent(request), sides=sides_of(by, row)),
        partial(actions.ask_question, case=row, by=by, at=timezone.now()),
        then=lambda question: go(
            request,
            "letters:question",
            says="Asked. You see the answer where your work begins",
            question_id=question.pk,
        ),
        case=row,
    )


def question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """One question, what was answered, and answering it."""
    row, by = find.seen_question(request, question_id), me(request)
    form = AnswerQuestionForm(sent(request))
    return ask(
        request,
        "question",
        form,
        partial(actions.answer_question, question=row, by=by, at=timezone.now()),
        then=lambda _: go(request, "letters:question", says="Answered", question_id=row.pk),
        page=question_page_of(row, by=by),
        answering=form,
    )


def drop_question(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """It is no longer needed."""
    row, by = find.question(request, question_id), me(request)
    return ask(
        request,
        "question",
        Confirmation(sent(request)),
        partial(actions.drop_question, question=row, by=by, at=timezone.now()),
        then=lambda _: go(request, "letters:question", says="No longer needed", question_id=row.pk),
        page=question_page_of(row, by=by),
        answering=AnswerQuestionForm(),
    )


def read_answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Whoever asked has read what was answered."""
    row, by = find.question(request, question_id), me(request)
    return ask(
        request,
        "question",
        ReadForm(sent(request)),
        partial(actions.read_answer, question=row, by=by, at=timezone.now()),
        then=lambda _: go(request, "letters:home", says="Read"),
        page=question_page_of(row, by=by),
        answering=AnswerQuestionForm(),
    )
