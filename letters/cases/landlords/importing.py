"""Taking a register into the directory: what it would do, and doing it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from letters.access.models import Partnership
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_future
from letters.cases.landlords.actions import rewrite
from letters.cases.landlords.errors import LinesNotDecided
from letters.cases.landlords.registers import Register, Registered
from letters.cases.landlords.vocabulary import EntrySource
from letters.cases.landlords.words import found_by
from letters.cases.models import Landlord, Tenancy
from letters.encryption import lookup_key


class Does(StrEnum):
    """What becomes of a line. A person's own change is never undone by a register."""

    ADD = "added"
    CHANGE = "changed"
    CONFIRM = "the same as here"
    NEWER_HERE = "left: what is here is newer"
    BY_HAND = "left: a person changed it here"
    MERGED = "left: it was merged into another entry"
    KIND_IN_USE = "left: its kind is another now, and cases rest on the old one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line, and the entry it is about; None for a new one."""

    landlord: Registered
    does: Does
    row: Landlord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Which register, as it stood on which day."""

    register: str
    dated: date

    def key_of(self, landlord: Registered) -> str:
        return lookup_key(f"{self.register}|{landlord.number}", kind="landlord_register")


def plan(partnership: Partnership, register: Register, source: Source) -> tuple[Step, ...]:
    """What taking it would do, line by line."""
    rows = Landlord.objects.filter(partnership=partnership).exclude(register_key="")
    here = {row.register_key: row for row in rows}
    found = [(each, here.get(source.key_of(each))) for each in register.landlords]
    return tuple(Step(landlord=each, does=_does(each, row, source), row=row) for each, row in found)


def _does(said: Registered, row: Landlord | None, source: Source) -> Does:
    if row is None:
        return Does.ADD
    if row.merged_into_id is not None:
        return Does.MERGED
    if (row.source, row.source_detail) != (EntrySource.REGISTER, source.register):
        return Does.BY_HAND
    if row.source_on is None or row.source_on > source.dated:
        return Does.NEWER_HERE
    if (row.kind, row.name, tuple(row.address), row.email) == _entry(said):
        return Does.CONFIRM
    if row.kind != said.kind and Tenancy.objects.filter(landlord=row).exists():
        return Does.KIND_IN_USE
    return Does.CHANGE


def _entry(said: Registered) -> tuple[str, str, tuple[str, ...], str]:
    return (said.kind, said.name, said.address, said.email)


@transaction.atomic
def take_register(
    *,
    partnership: Partnership,
    register: Register,
    source: Source,
    without_bad_lines: bool,
    at: datetime,
) -> tuple[Step, ...]:
    """Do it, whole or not at all; lines that cannot be taken are left out only where somebody has
    said so. The same file again changes nothing."""
    refuse_future(at, dated=source.dated)
    if register.bad and not without_bad_lines:
        raise LinesNotDecided(len(register.bad))
    Partnership.objects.select_for_update().get(pk=partnership.pk)  # one of two at once waits
    steps = plan(partnership, register, source)
    for step in steps:
        if step.does is Does.ADD:
            _add(partnership, step.landlord, source)
        elif step.row and step.does in (Does.CHANGE, Does.CONFIRM):
            _change(step.row, step, source, at)
    return steps


def _add(partnership: Partnership, said: Registered, source: Source) -> None:
    landlord = Landlord.objects.create(
        partnership=partnership,
        kind=said.kind,
        name=said.name,
        address=list(said.address),
        email=said.email,
        register_key=source.key_of(said),
        source=EntrySource.REGISTER,
        source_detail=source.register,
        source_on=source.dated,
        **found_by(said.name, said.address),
    )
    record("import_landlord", landlord, by=None, partnership=partnership.pk)


def _change(row: Landlord, step: Step, source: Source, at: datetime) -> None:
    row = Landlord.objects.select_for_update().get(pk=row.pk)
    if step.does is Does.CONFIRM:
        row.source_on = source.dated
        row.save(update_fields=["source_on"])
        return
    said = step.landlord
    rewrite(
        row,
        by=None,
        at=at,
        kind=said.kind,
        name=said.name,
        address=list(said.address),
        email=said.email,
        source=EntrySource.REGISTER,
        source_detail=source.register,
        source_on=source.dated,
    )
