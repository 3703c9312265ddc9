"""What the page of a question shows, and what its reader may do there."""

from dataclasses import dataclass

from letters.access.models import User
from letters.cases.models import Case
from letters.cases.questions.models import CaseAnswer, CaseQuestion, Side
from letters.cases.questions.queries import sides_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One question with its answers."""

    question: CaseQuestion
    answers: tuple[CaseAnswer, ...]
    may_answer: bool
    may_drop: bool
    may_read: bool

    @property
    def case(self) -> Case:
        return self.question.case


def question_page_of(question: CaseQuestion, *, by: User) -> QuestionPage:
    sides, case = sides_of(by, question.case), question.case
    asked_of, is_open = Side(question.asked_of), question.settled_at is None
    answers = tuple(question.answers.select_related("given_by"))
    return QuestionPage(
        question=question,
        answers=answers,
        may_answer=asked_of in sides and not question.is_dropped and case.closed_at is None,
        may_drop=asked_of.other in sides and is_open and case.closed_at is None,
        may_read=bool(answers) and question.read_at is None and question.asked_by_id == by.pk,
    )
