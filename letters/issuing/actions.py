"""Drafting, approving and withdrawing letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from letters import jobs
from letters.access.models import User
from letters.access.queries import require, roles_of
from letters.access.roles import Right, Role
from letters.announcing.kinds import EventKind
from letters.announcing.record import announce
from letters.audit.record import record
from letters.cases.errors import ConsentMissing
from letters.cases.models import Case, ResponsibleBody
from letters.cases.queries import open_consent
from letters.drafting.content import LetterContent, Mark
from letters.drafting.frozen import digest_of, to_json
from letters.drafting.history import Earlier
from letters.drafting.kinds import LetterKind, Signatory
from letters.drafting.particulars import WITHOUT_ADDRESS
from letters.drafting.stages import Stage
from letters.drafting.trace import Trace
from letters.drafting.vocabulary import DataItem
from letters.evidence.models import Enclosure, Photograph
from letters.issuing.annexes import annexed_to, choose
from letters.issuing.clauses import ClauseLeftOut, reasons_left_out
from letters.issuing.errors import (
    AdviserNeeded,
    AdviserSigns,
    AlreadyWithdrawn,
    ClauseLocked,
    ClauseNotTold,
    ClauseReasonMissing,
    ClinicianNeeded,
    DraftChanged,
    NotADraft,
    ReprisalNotDiscussed,
    ReservedLetter,
    SecondSignatureNeeded,
    SignedOnAnotherDay,
    TenantNotAsked,
)
from letters.issuing.facts import items_for, kind_of
from letters.issuing.gates import refuse_at_gate
from letters.issuing.house_styles import word_shell_of
from letters.issuing.models import Letter, LetterStatus
from letters.issuing.queries import content_of, partnership_of, trace_of
from letters.issuing.signing import refuse_unsigned
from letters.issuing.units import digests_of
from letters.issuing.writing import Written, team_of, write
from letters.law.facts import Answer, CaseFacts
from letters.law.grounds import Strength
from letters.law.periods import LONDON
from letters.law.tenures import Agreement, LandlordKind, Tenure


@transaction.atomic
def draft_letter(
    *,
    case: Case,
    stage: Stage,
    narrative: str,
    follows: Letter | None,
    earlier: Earlier | None,
    body: ResponsibleBody | None,
    by: User | None,
    at: datetime,
) -> Letter:
    """Draft a letter of this stage; `by` is None when a missed deadline prepares the next one.
    `body` reads it where the landlord does not."""
    kind = kind_of(case, stage)
    if by is not None:
        require(by, Right.DRAFT_LETTER)
        _refuse_reserved(kind, by)
    written = write(
        case,
        stage=stage,
        body=body,
        earlier=earlier,
        narrative=narrative,
        day=_day(at),
        mark=Mark.PREVIEW,
        signed_by=by or case.opened_by,
        is_signed=False,
    )
    letter = Letter(
        case=case,
        follows=follows,
        stage=stage,
        recipient=kind.reader,
        responsible_body=body,
        narrative=narrative,
        earlier=None if earlier is None else to_json(earlier),
        drafted_by=by,
        drafted_at=at,
    )
    _keep(letter, written, day=_day(at))
    letter.save(force_insert=True)
    record("draft_letter", letter, by=by, case=case.pk, stage=stage.value)
    return letter


@transaction.atomic
def redraft_letter(*, letter: Letter, earlier: Earlier, at: datetime) -> Letter:
    """Bring a prepared draft up to date with the dates that have passed since."""
    locked = _locked_draft(letter.pk)
    locked.earlier = to_json(earlier)
    signed_by = locked.drafted_by or locked.case.opened_by
    _keep(locked, _write_draft(locked, by=signed_by, at=at), day=_day(at))
    locked.save()
    record("redraft_letter", locked, by=None)
    return locked


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A draft as it would go out today over this person's name; `digest` stands for its words."""

    content: LetterContent
    trace: Trace
    digest: str


def preview_letter(*, letter: Letter, by: User, at: datetime) -> Preview:
    """Compose a draft anew for the person who looks at it; nothing is stored."""
    written = _write_to_sign(letter, by=by, at=at)
    content = written.composition.content
    return Preview(content=content, trace=written.composition.trace, digest=digest_of(content))


def read_letter(*, letter: Letter, by: User, at: datetime) -> Preview:
    """What a letter says to who looks at it: a draft composed anew, any other from its row."""
    if letter.status == LetterStatus.DRAFT:
        return preview_letter(letter=letter, by=by, at=at)
    content = content_of(letter)
    return Preview(content=content, trace=trace_of(letter), digest=digest_of(content))


@transaction.atomic
def edit_narrative(*, letter: Letter, narrative: str, by: User, at: datetime) -> Letter:
    """Change the one passage that is worded freely; the law cannot be edited."""
    require(by, Right.DRAFT_LETTER)
    locked = _locked_draft(letter.pk)
    _refuse_reserved(kind_of(locked.case, Stage(locked.stage)), by)
    locked.narrative = narrative
    _keep(locked, _write_draft(locked, by=by, at=at), day=_day(at))
    locked.save()
    record("edit_narrative", locked, by=by)
    return locked


@transaction.atomic
def choose_evidence(
    *,
    letter: Letter,
    photographs: Iterable[Photograph],
    enclosures: Iterable[Enclosure],
    by: User,
    at: datetime,
) -> Letter:
    """Choose what a draft prints and encloses, in this order, in place of what was chosen before.
    Approving covers exactly these: they are named in the words that are approved."""
    require(by, Right.DRAFT_LETTER)
    locked = _locked_draft(letter.pk)
    _refuse_reserved(kind_of(locked.case, Stage(locked.stage)), by)
    choose(locked, photographs=list(photographs), enclosures=list(enclosures))
    _keep(locked, _write_draft(locked, by=by, at=at), day=_day(at))
    locked.save()
    record("choose_evidence", locked, by=by)
    return locked


@transaction.atomic
def leave_clause_out(
    *, letter: Letter, provision_id: str, reason: str, by: User, at: datetime
) -> Letter:
    """Let a draft say nothing of a provision that it tells of as one that may apply, for a reason.
    Again, with whatever reason, changes nothing."""
    require(by, Right.CHOOSE_CLAUSES)
    if not reason.strip():
        raise ClauseReasonMissing
    locked = _locked_draft(letter.pk)
    _refuse_reserved(kind_of(locked.case, Stage(locked.stage)), by)
    if ClauseLeftOut.objects.filter(letter=locked, provision_id=provision_id).exists():
        return locked
    _refuse_locked(_write_draft(locked, by=by, at=at), provision_id)
    ClauseLeftOut.objects.create(
        letter=locked,
        provision_id=provision_id,
        reason=reason.strip(),
        left_out_by=by,
        left_out_at=at,
    )
    record("leave_clause_out", locked, by=by, provision=provision_id)
    return _redrafted(locked, by=by, at=at)


@transaction.atomic
def take_clause_in(*, letter: Letter, provision_id: str, by: User, at: datetime) -> Letter:
    """Let a draft tell again of what was left out; what was not stays as it is."""
    require(by, Right.CHOOSE_CLAUSES)
    locked = _locked_draft(letter.pk)
    _refuse_reserved(kind_of(locked.case, Stage(locked.stage)), by)
    gone, _ = ClauseLeftOut.objects.filter(letter=locked, provision_id=provision_id).delete()
    if not gone:
        return locked
    record("take_clause_in", locked, by=by, provision=provision_id)
    return _redrafted(locked, by=by, at=at)


def _refuse_locked(written: Written, provision_id: str) -> None:
    """Unless every passage that tells of it says that it may apply."""
    told = {
        cited.strength
        for entry in written.composition.trace.entries
        for cited in entry.provisions
        if cited.provision_id == provision_id
    }
    if Strength.APPLIES in told:
        raise ClauseLocked
    if not told:
        raise ClauseNotTold


def _redrafted(locked: Letter, *, by: User, at: datetime) -> Letter:
    _keep(locked, _write_draft(locked, by=by, at=at), day=_day(at))
    locked.save()
    return locked


@transaction.atomic
def approve_letter(
    *,
    letter: Letter,
    seen: str,
    by: User,
    at: datetime,
    tenant_asked: Answer = Answer.NOT_KNOWN,
) -> Letter:
    """Freeze the letter as the person has read it: `seen` is the digest that preview_letter gave.
    `tenant_asked` says that the tenant has read what goes in their name and wants it sent.

    Approving an approved letter a second time with the same words changes nothing.
    """
    require(by, Right.APPROVE_LETTER)
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.status == LetterStatus.APPROVED and locked.content_digest == seen:
        return locked
    _hold_to_the_tenants_word(locked, tenant_asked, by=by)
    if locked.status == LetterStatus.AWAITING_SECOND:
        return _countersign(locked, seen=seen, by=by, at=at)
    if locked.status != LetterStatus.DRAFT:
        raise NotADraft
    written = _write_to_sign(locked, by=by, at=at)
    _refuse_unready(locked, written.facts, by=by, day=_day(at))
    digest = digest_of(written.composition.content)
    if digest != seen:
        raise DraftChanged
    _keep(locked, written, day=_day(at))
    locked.word_shell = word_shell_of(team_of(locked.case, by).organisation)
    if kind_of(locked.case, Stage(locked.stage)).is_reserved:
        return _sign_first(locked, digest, by=by, at=at)
    return _approve(locked, digest, by=by, at=at)


def _hold_to_the_tenants_word(letter: Letter, tenant_asked: Answer, *, by: User) -> None:
    """What goes in the tenant's name goes because they asked, and the audit keeps who says so."""
    if kind_of(letter.case, Stage(letter.stage)).signs is not Signatory.TENANT:
        return
    if tenant_asked is not Answer.YES:
        raise TenantNotAsked
    record("confirm_tenant_asked", letter, by=by)


def _refuse_reserved(kind: LetterKind, by: User) -> None:
    if kind.is_reserved and Role.ADVISER not in roles_of(by):
        raise ReservedLetter


def _sign_first(letter: Letter, digest: str, *, by: User, at: datetime) -> Letter:
    """The first of two signatures: the words stand still until somebody else has read them."""
    letter.status = LetterStatus.AWAITING_SECOND
    letter.first_signed_by, letter.first_signed_at = by, at
    letter.save()
    refuse_unsigned(letter=letter, day=_day(at))
    refuse_without_consent(letter=letter, day=_day(at))
    record("sign_letter_first", letter, by=by, content_digest=digest)
    return letter


def _countersign(letter: Letter, *, seen: str, by: User, at: datetime) -> Letter:
    if by == letter.first_signed_by:
        raise SecondSignatureNeeded
    if letter.day != _day(at):
        raise SignedOnAnotherDay
    if digest_of(content_of(letter)) != seen:
        raise DraftChanged
    _refuse_unready(letter, letter.case_facts, by=by, day=_day(at))
    return _approve(letter, seen, by=by, at=at)


def _approve(letter: Letter, digest: str, *, by: User, at: datetime) -> Letter:
    letter.content_digest = digest
    letter.status = LetterStatus.APPROVED
    letter.approved_by, letter.approved_at = by, at
    letter.save()
    refuse_unsigned(letter=letter, day=_day(at))
    refuse_without_consent(letter=letter, day=_day(at))
    record("approve_letter", letter, by=by, content_digest=digest, law=letter.law_digest)
    _announce(EventKind.LETTER_APPROVED, letter, at=at)
    jobs.enqueue(jobs.MAKE_FILES, letter.pk)
    return letter


def _announce(kind: EventKind, letter: Letter, *, at: datetime) -> None:
    announce(
        kind,
        partnership_id=partnership_of(letter).pk,
        subject_id=letter.pk,
        case_id=letter.case_id,
        at=at,
    )


@transaction.atomic
def return_to_draft(*, letter: Letter, by: User, at: datetime) -> Letter:
    """Take back the first of two signatures: the letter is a draft again, composed anew."""
    require(by, Right.APPROVE_LETTER)
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.status != LetterStatus.AWAITING_SECOND:
        raise NotADraft
    _refuse_reserved(kind_of(locked.case, Stage(locked.stage)), by)
    locked.status = LetterStatus.DRAFT
    locked.first_signed_by = locked.first_signed_at = None
    _keep(locked, _write_draft(locked, by=by, at=at), day=_day(at))
    locked.save()
    record("return_letter_to_draft", locked, by=by)
    return locked


@transaction.atomic
def withdraw_letter(*, letter: Letter, by: User, at: datetime) -> Letter:
    """Take back a draft, or an approved letter: what is queued of it stops when it is due."""
    require(by, Right.APPROVE_LETTER)
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.status == LetterStatus.WITHDRAWN:
        raise AlreadyWithdrawn
    locked.status, locked.withdrawn_at = LetterStatus.WITHDRAWN, at
    locked.save(update_fields=["status", "withdrawn_at"])
    record("withdraw_letter", locked, by=by)
    _announce(EventKind.LETTER_WITHDRAWN, locked, at=at)
    return locked


def refuse_without_consent(*, letter: Letter, day: date) -> None:
    """ConsentMissing unless the open consent covers everything the letter tells, on the day."""
    allowed = items_for(letter.case, kind_of(letter.case, Stage(letter.stage)), day)
    missing = tuple(sorted({DataItem(item) for item in letter.items} - allowed))
    if missing:
        raise ConsentMissing(letter.recipient, missing)


def _locked_draft(pk: UUID) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=pk)
    if letter.status != LetterStatus.DRAFT:
        raise NotADraft
    return letter


def _write_draft(letter: Letter, *, by: User, at: datetime) -> Written:
    return write(
        letter.case,
        stage=Stage(letter.stage),
        body=letter.responsible_body,
        earlier=letter.earlier_letter,
        narrative=letter.narrative,
        day=_day(at),
        mark=Mark.PREVIEW,
        signed_by=by,
        is_signed=False,
        annexed=annexed_to(letter),
        left_out=reasons_left_out(letter),
    )


def _write_to_sign(letter: Letter, *, by: User, at: datetime) -> Written:
    is_demonstration = partnership_of(letter).is_demonstration
    return write(
        letter.case,
        stage=Stage(letter.stage),
        body=letter.responsible_body,
        earlier=letter.earlier_letter,
        narrative=letter.narrative,
        day=_day(at),
        mark=Mark.DEMONSTRATION if is_demonstration else Mark.NONE,
        signed_by=by,
        is_signed=True,
        annexed=annexed_to(letter),
        left_out=reasons_left_out(letter),
    )


def _keep(letter: Letter, written: Written, *, day: date) -> None:
    composition = written.composition
    letter.day = day
    letter.facts = to_json(written.facts)
    letter.items = sorted(composition.items)
    letter.content = to_json(composition.content)
    letter.trace = to_json(composition.trace)
    letter.units = digests_of(composition.trace, Stage(letter.stage))
    letter.law_digest = composition.trace.law_digest
    letter.wording_digest = composition.trace.wording_digest


def _refuse_unready(letter: Letter, facts: CaseFacts, *, by: User, day: date) -> None:
    roles = roles_of(by)
    unclear = (
        facts.tenure is Tenure.NOT_KNOWN
        or facts.agreement is Agreement.NOT_KNOWN
        or facts.landlord_kind is LandlordKind.NOT_KNOWN
    )
    if unclear and Role.ADVISER not in roles:
        raise AdviserNeeded
    kind = kind_of(letter.case, Stage(letter.stage))
    if kind.signs is Signatory.CLINICIAN and Role.CLINICIAN not in roles:
        raise ClinicianNeeded
    if kind.signs in (Signatory.ADVISER, Signatory.TENANT) and Role.ADVISER not in roles:
        raise ReservedLetter if kind.is_reserved else AdviserSigns
    consent = open_consent(letter.case)
    leaves = kind.reader not in WITHOUT_ADDRESS
    if leaves and (consent is None or not consent.reprisal_discussed):
        raise ReprisalNotDiscussed
    refuse_at_gate(letter)


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
