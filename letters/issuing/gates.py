"""What holds one letter so that it harms nobody, and what an adviser has let through."""

import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from uuid import UUID

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.cases.choices import choices_of, values_of
from letters.cases.encryption import EncryptedTextField
from letters.cases.safety import SafetyRecord, safety_of, safety_of_each
from letters.drafting.gates import Effect, Gate, GateKey, gates_for
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.issuing.errors import HeldAtGate
from letters.issuing.models import Letter


class GateLifted(models.Model):
    """That an adviser let one letter through one gate, as the answers stood then: once others are
    recorded, the gate asks again. A row stays as it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    gate = models.CharField(max_length=30, choices=partial(choices_of, GateKey))
    safety = models.ForeignKey(SafetyRecord, on_delete=models.PROTECT)
    reason = EncryptedTextField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "gates lifted"
        constraints = [
            models.UniqueConstraint(fields=["letter", "gate", "safety"], name="gate_lifted_once"),
            models.CheckConstraint(
                condition=Q(gate__in=values_of(GateKey)), name="lifted_gate_known"
            ),
        ]


def standing_gates(letter: Letter) -> tuple[Gate, ...]:
    """What holds the letter now, the gravest first."""
    row = safety_of(letter.case)
    lifted = GateLifted.objects.filter(letter=letter, safety=row) if row else ()
    return _standing(letter, row, frozenset(each.gate for each in lifted))


def standing_gates_of_each(letters: Iterable[Letter]) -> Mapping[UUID, tuple[Gate, ...]]:
    """The same for many letters, in two queries."""
    found = list(letters)
    safety = safety_of_each({letter.case_id for letter in found})
    lifted: dict[UUID, set[str]] = {}
    for row in GateLifted.objects.filter(letter__in=found, safety__in=safety.values()):
        lifted.setdefault(row.letter_id, set()).add(row.gate)
    return {
        letter.pk: _standing(
            letter, safety.get(letter.case_id), frozenset(lifted.get(letter.pk, ()))
        )
        for letter in found
    }


def refuse_at_gate(letter: Letter) -> None:
    """HeldAtGate while anything holds the letter."""
    standing = standing_gates(letter)
    if standing:
        raise HeldAtGate(standing[0].effect)


def is_held_on_its_way(letter: Letter) -> bool:
    """Whether an answer that was recorded holds an approved letter. That nothing was recorded does
    not: since nothing is approved without a record, such a letter was approved before there were
    any, and nobody is at hand to ask."""
    return any(gate.effect is not Effect.RECORD for gate in standing_gates(letter))


def lifted_of(letter: Letter) -> tuple[GateLifted, ...]:
    """What advisers have let the letter through, ever, the latest first."""
    rows = GateLifted.objects.filter(letter=letter).select_related("lifted_by", "safety")
    return tuple(rows.order_by("-lifted_at"))


def _standing(letter: Letter, row: SafetyRecord | None, lifted: frozenset[str]) -> tuple[Gate, ...]:
    gates = gates_for(
        row.safety if row else None, stage=Stage(letter.stage), reader=Recipient(letter.recipient)
    )
    return tuple(gate for gate in gates if gate.key not in lifted)
