"""Keeping the directory of landlords, each change with its audit event."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from letters.access.errors import NotAllowed
from letters.access.models import Partnership, User
from letters.access.queries import partnerships_with, require
from letters.access.roles import Right
from letters.audit.record import record, record_each
from letters.cases.actions.homes import name_landlord
from letters.cases.actions.refusals import refuse_future
from letters.cases.landlords.errors import (
    ContactOutOfReach,
    KindInUse,
    LandlordMerged,
    ManagerUnclear,
    NotDuplicates,
)
from letters.cases.landlords.models import FormerEntry, LandlordContact
from letters.cases.landlords.vocabulary import ContactRole, EntrySource
from letters.cases.landlords.words import found_by, word_keys
from letters.cases.models import Case, Landlord, Tenancy
from letters.drafting.parties import NOT_NAMED
from letters.law.tenures import LandlordKind


@transaction.atomic
def enter_landlord(
    *,
    partnership: Partnership,
    kind: LandlordKind,
    name: str,
    department: str,
    address: Sequence[str],
    email: str,
    source: EntrySource,
    source_detail: str,
    source_on: date,
    by: User,
    at: datetime,
) -> Landlord:
    """Add a landlord to the directory, with where its address came from."""
    _require_for(by, partnership)
    refuse_future(at, source_on=source_on)
    landlord = Landlord.objects.create(
        partnership=partnership,
        kind=kind,
        name=name,
        department=department,
        address=list(address),
        email=email,
        source=source,
        source_detail=source_detail,
        source_on=source_on,
        **found_by(name, address),
    )
    record("enter_landlord", landlord, by=by, partnership=partnership.pk)
    return landlord


@transaction.atomic
def change_landlord(
    *,
    landlord: Landlord,
    kind: LandlordKind,
    name: str,
    department: str,
    address: Sequence[str],
    email: str,
    source: EntrySource,
    source_detail: str,
    source_on: date,
    by: User,
    at: datetime,
) -> Landlord:
    """Say anew what the entry says; what it said before is kept. Letters that are approved keep
    their words, and a worker holds those that have not left for the old address."""
    _require_for(by, landlord.partnership)
    refuse_future(at, source_on=source_on)
    row = _standing(landlord)
    if kind != row.kind and Tenancy.objects.filter(landlord=row).exists():
        raise KindInUse
    rewrite(
        row,
        by=by,
        at=at,
        kind=kind,
        name=name,
        department=department,
        address=list(address),
        email=email,
        source=source,
        source_detail=source_detail,
        source_on=source_on,
    )
    return row


@transaction.atomic
def name_agent_alone(
    *,
    case: Case,
    kind: LandlordKind,
    agent: str,
    address: Sequence[str],
    email: str,
    source: EntrySource,
    source_detail: str,
    source_on: date,
    by: User,
    at: datetime,
) -> Case:
    """Let letters go to the landlord, whose name nobody knows yet, care of the agent. The same
    again changes nothing."""
    require(by, Right.RECORD_CASE)
    refuse_future(at, source_on=source_on)
    tenancy = Tenancy.objects.select_for_update().get(pk=case.tenancy_id)
    named, lines = tenancy.landlord, [f"care of {agent}", *address]
    if named is not None and (named.name, named.address) == (NOT_NAMED, lines):
        return case
    said = {"source": source, "source_detail": source_detail, "source_on": source_on}
    landlord = Landlord.objects.create(
        partnership=case.team.organisation.partnership,
        kind=kind,
        name=NOT_NAMED,
        address=lines,
        email=email,
        **found_by(NOT_NAMED, lines),
        **said,
    )
    LandlordContact.objects.create(
        landlord=landlord,
        role=ContactRole.AGENT,
        name=agent,
        name_words=word_keys(agent),
        address=list(address),
        email=email,
        recorded_by=by,
        recorded_at=at,
        **said,
    )
    record("name_agent_alone", landlord, by=by, case=case.pk)
    return name_landlord(case=case, landlord=landlord, by=by)


def rewrite(row: Landlord, *, by: User | None, at: datetime, **entry: Any) -> None:  # its fields
    """Change a locked entry and keep what it said; nothing where it says so already."""
    before = {field: getattr(row, field) for field in entry}
    if before == entry:
        return
    kept = {k: v.isoformat() if isinstance(v, date) else v for k, v in before.items()}
    FormerEntry.objects.create(landlord=row, said=kept, changed_by=by, changed_at=at)
    for field, value in {**entry, **found_by(entry["name"], entry["address"])}.items():
        setattr(row, field, value)
    row.save()
    record("change_landlord", row, by=by)


@transaction.atomic
def record_contact(
    *,
    landlord: Landlord,
    role: ContactRole,
    name: str,
    address: Sequence[str],
    email: str,
    telephone: str,
    source: EntrySource,
    source_detail: str,
    source_on: date,
    by: User,
    at: datetime,
) -> LandlordContact:
    """Say whom to reach for this, in place of whoever was there; the same again changes nothing."""
    _require_for(by, landlord.partnership)
    refuse_future(at, source_on=source_on)
    if not (address or email or telephone):
        raise ContactOutOfReach
    if role.acts_for_landlord and not (name and address):
        raise ManagerUnclear
    row = _standing(landlord)
    said = {
        "name": name,
        "address": list(address),
        "email": email,
        "telephone": telephone,
        "source": source,
        "source_detail": source_detail,
        "source_on": source_on,
    }
    current = LandlordContact.objects.filter(landlord=row, role=role, ended_at=None).first()
    if current is not None:
        if all(getattr(current, field) == value for field, value in said.items()):
            return current
        _end(current, by=by, at=at)
    contact = LandlordContact.objects.create(
        landlord=row,
        role=role,
        name_words=word_keys(name),
        recorded_by=by,
        recorded_at=at,
        **said,
    )
    record("record_landlord_contact", row, by=by, contact=contact.pk, role=role.value)
    return contact


@transaction.atomic
def end_contact(*, landlord: Landlord, role: ContactRole, by: User, at: datetime) -> None:
    """Nobody is to be reached there any more; a second time changes nothing."""
    _require_for(by, landlord.partnership)
    row = _standing(landlord)
    current = LandlordContact.objects.filter(landlord=row, role=role, ended_at=None).first()
    if current is not None:
        _end(current, by=by, at=at)
        record("end_landlord_contact", row, by=by, contact=current.pk, role=role.value)


@transaction.atomic
def merge_landlords(*, kept: Landlord, duplicate: Landlord, by: User) -> Landlord:
    """Let one entry stand for two, and give it. What was pressed twice, or by two people at once,
    is done once. Approved letters keep what they say."""
    _require_for(by, kept.partnership)
    locked = Landlord.objects.select_for_update().order_by("pk")
    rows = {row.pk: row for row in locked.filter(pk__in=(kept.pk, duplicate.pk))}
    stays, goes = rows[kept.pk], rows[duplicate.pk]
    if (stays.partnership_id, stays.kind) != (goes.partnership_id, goes.kind) or stays == goes:
        raise NotDuplicates
    if goes.merged_into_id == stays.pk:
        return stays
    if goes.merged_into_id is not None or stays.merged_into_id is not None:
        raise LandlordMerged
    goes.merged_into = stays
    goes.save(update_fields=["merged_into"])
    _move_contacts(goes, stays)
    cases = list(Case.objects.filter(tenancy__landlord=goes))
    moved = Tenancy.objects.filter(landlord=goes).update(landlord=stays)
    record("merge_landlords", stays, by=by, duplicate=goes.pk, tenancies=moved)
    record_each("move_to_merged_landlord", cases, by=by, landlord=stays.pk)
    return stays


def _move_contacts(goes: Landlord, stays: Landlord) -> None:
    """Those that the other has none for; the rest stay where they were recorded."""
    has = LandlordContact.objects.filter(landlord=stays, ended_at=None)
    moving = LandlordContact.objects.filter(landlord=goes, ended_at=None)
    moving.exclude(role__in=has.values("role")).update(landlord=stays)


def _end(contact: LandlordContact, *, by: User, at: datetime) -> None:
    contact.ended_at, contact.ended_by = at, by
    contact.save(update_fields=["ended_at", "ended_by"])


def _standing(landlord: Landlord) -> Landlord:
    row = Landlord.objects.select_for_update().get(pk=landlord.pk)
    if row.merged_into_id is not None:
        raise LandlordMerged
    return row


def _require_for(by: User, partnership: Partnership) -> None:
    require(by, Right.KEEP_LANDLORDS)
    if not partnerships_with(by, Right.KEEP_LANDLORDS).filter(pk=partnership.pk).exists():
        raise NotAllowed(Right.KEEP_LANDLORDS)
