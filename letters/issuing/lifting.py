"""An adviser lets one letter through a gate."""

from datetime import datetime

from django.db import transaction

from letters.access.models import User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.models import Case
from letters.cases.safety import safety_of
from letters.drafting.gates import Effect, GateKey
from letters.issuing.errors import (
    AdviceNotFollowed,
    GateReasonMissing,
    NotAtGate,
    SafetyChanged,
)
from letters.issuing.gates import GateLifted, standing_gates
from letters.issuing.models import Letter
from letters.law.facts import Answer


@transaction.atomic
def lift_gate(
    *,
    letter: Letter,
    gate: GateKey,
    version: int,
    reason: str,
    advice_followed: Answer,
    by: User,
    at: datetime,
) -> GateLifted:
    """Let the letter through, with the reason. `version` is that of the answers that the adviser
    has read; what stops a letter takes that its advice was followed. Twice is once."""
    require(by, Right.OVERRIDE_GATE)
    # As whoever records other answers, so that one of the two comes first.
    case = Case.objects.select_for_update(of=("self",)).get(pk=letter.case_id)
    row = safety_of(case)
    if row is None:
        raise NotAtGate
    if row.version != version:
        raise SafetyChanged
    if not reason.strip():
        raise GateReasonMissing
    already = GateLifted.objects.filter(letter=letter, gate=gate, safety=row).first()
    if already is not None:
        return already
    held = {each.key: each for each in standing_gates(letter)}.get(gate)
    if held is None:
        raise NotAtGate
    if held.effect is Effect.STOPS and advice_followed is not Answer.YES:
        raise AdviceNotFollowed
    lifted = GateLifted.objects.create(
        letter=letter, gate=gate, safety=row, reason=reason, lifted_by=by, lifted_at=at
    )
    record("lift_gate", letter, by=by, gate=gate.value, safety=row.pk, lifted=lifted.pk)
    return lifted
