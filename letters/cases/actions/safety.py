"""Recording what a letter could bring on those in the home."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed
from letters.cases.errors import ConcernsUnanswered
from letters.cases.models import Case
from letters.cases.safety import SafetyRecord, next_version, safety_of
from letters.drafting.gates import Safety
from letters.drafting.vocabulary import Concern, ContactWay
from letters.law.facts import Answer


@transaction.atomic
def record_safety(
    *,
    case: Case,
    answers: Mapping[Concern, Answer],
    contact: ContactWay,
    hide_whereabouts: Answer,
    note: str,
    by: User,
    at: datetime,
) -> SafetyRecord:
    """Record the answers in place of those before; to say the same again changes nothing. What an
    adviser has let through under the earlier answers is asked about anew."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    if set(answers) != set(Concern):
        raise ConcernsUnanswered
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    latest = safety_of(case)
    said = Safety(answers=dict(answers), contact=contact, hide_whereabouts=hide_whereabouts)
    if latest is not None and (latest.safety, latest.note) == (said, note):
        return latest
    row = SafetyRecord.objects.create(
        case=case,
        version=next_version(case),
        answers={concern.value: answer.value for concern, answer in answers.items()},
        contact=contact.value,
        hide_whereabouts=hide_whereabouts.value,
        note=note,
        recorded_by=by,
        recorded_at=at,
    )
    record("record_safety", row, by=by, case=case.pk, version=row.version)
    return row
