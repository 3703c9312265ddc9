"""Asking the other side of a case, answering, and needing an answer no longer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed
from letters.cases.errors import AddedMeanwhile
from letters.cases.models import Case
from letters.cases.queries import is_open_to_advisers
from letters.cases.questions.errors import (
    AsksOwnSide,
    NobodyToAnswer,
    NotYoursToAnswer,
    NotYoursToDrop,
    QuestionAnswered,
    QuestionDropped,
)
from letters.cases.questions.models import CaseAnswer, CaseQuestion, Side
from letters.cases.questions.queries import sides_of


@transaction.atomic
def ask_question(
    *, question_id: UUID, case: Case, asked_of: Side, words: str, by: User, at: datetime
) -> CaseQuestion:
    """Ask the other side. `question_id` is chosen before it is asked, so that one sent twice is
    one."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    if asked_of.other not in sides_of(by, case):
        raise AsksOwnSide
    if asked_of is Side.ADVICE and not is_open_to_advisers(case):
        raise NobodyToAnswer
    question, is_new = CaseQuestion.objects.get_or_create(
        pk=question_id,
        case=case,
        asked_by=by,
        defaults={"asked_of": asked_of.value, "words": words.strip(), "asked_at": at},
    )
    if is_new:
        record("ask_question", question, by=by, case=case.pk, asked_of=asked_of.value)
    return question


@transaction.atomic
def answer_question(
    *, answer_id: UUID, question: CaseQuestion, words: str, by: User, at: datetime
) -> CaseAnswer:
    """Answer for the side that was asked. The first answer settles the question; each waits to be
    read by whoever asked."""
    locked = _locked(question, by=by)
    refuse_closed(locked.case)
    if Side(locked.asked_of) not in sides_of(by, locked.case):
        raise NotYoursToAnswer
    if locked.is_dropped:
        raise QuestionDropped
    answer, is_new = CaseAnswer.objects.get_or_create(
        pk=answer_id,
        question=locked,
        given_by=by,
        defaults={"words": words.strip(), "given_at": at},
    )
    if not is_new:
        return answer
    if locked.settled_at is None:
        locked.settled_at, locked.settled_by = at, by
    locked.read_at = None
    locked.save(update_fields=["settled_at", "settled_by", "read_at"])
    record("answer_question", locked, by=by, case=locked.case_id, answer=answer.pk)
    return answer


@transaction.atomic
def drop_question(*, question: CaseQuestion, by: User, at: datetime) -> CaseQuestion:
    """The side that asked needs no answer any more; a second time changes nothing."""
    locked = _locked(question, by=by)
    refuse_closed(locked.case)
    if Side(locked.asked_of).other not in sides_of(by, locked.case):
        raise NotYoursToDrop
    if locked.is_dropped:
        return locked
    if locked.settled_at is not None:
        raise QuestionAnswered
    locked.settled_at, locked.settled_by, locked.is_dropped = at, by, True
    locked.save(update_fields=["settled_at", "settled_by", "is_dropped"])
    record("drop_question", locked, by=by, case=locked.case_id)
    return locked


@transaction.atomic
def read_answer(*, question: CaseQuestion, last: str, by: User, at: datetime) -> CaseQuestion:
    """Whoever asked has read the answers up to `last`; anybody else's look changes nothing."""
    locked = _locked(question, by=by)
    latest = locked.answers.last()
    if latest is None or locked.asked_by_id != by.pk or locked.read_at is not None:
        return locked
    if str(latest.pk) != last:
        raise AddedMeanwhile
    locked.read_at = at
    locked.save(update_fields=["read_at"])
    record("read_answer", locked, by=by, case=locked.case_id)
    return locked


def _locked(question: CaseQuestion, *, by: User) -> CaseQuestion:
    require(by, Right.RECORD_CASE)
    rows = CaseQuestion.objects.select_for_update(of=("self",)).select_related("case")
    return rows.get(pk=question.pk)
