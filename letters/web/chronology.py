"""What happened in a case, for those who work with it: all that was recorded, the latest first.

The chronology of a bundle tells an outside reader what was chosen for them; how a letter left, what
was answered and what was done is said here in the same words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from django.urls import reverse

from letters.access.models import User
from letters.access.queries import names_of
from letters.audit.models import AuditEvent
from letters.audit.queries import events_about
from letters.bundling.chronology import claimed, replied, went
from letters.cases.emergency import emergencies_about
from letters.cases.models import Case
from letters.cases.queries import consents_of
from letters.cases.questions.queries import answers_in, questions_of
from letters.cases.referrals.queries import referral_changes_in, referrals_of
from letters.delivery.links.queries import visits_about
from letters.delivery.queries import dispatches_about, receipts_about
from letters.drafting.phrases import lower_first, short_day
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.incoming.queries import calls_about, messages_about
from letters.issuing.queries import letters_of
from letters.law.periods import LONDON
from letters.outcomes.queries import claims_about, health_changes_of, responses_to
from letters.tracking.models import CommitmentChange, DeadlineChange
from letters.tracking.queries import (
    commitment_changes_about,
    commitments_of,
    deadline_changes_about,
    deadlines_of,
)
from letters.web.words import reason

_SERVICE = "The service"
# Of a letter, what takes time to decrypt and is not told of here.
_CONTENTS = ("narrative", "earlier", "facts", "content", "trace")
_DEADLINE: Mapping[str, str] = {
    DeadlineChange.Kind.PAUSE: "Clock paused",
    DeadlineChange.Kind.RESUME: "Clock runs on",
    DeadlineChange.Kind.EXTEND: "Deadline put off",
    DeadlineChange.Kind.MEET: "Deadline met",
    DeadlineChange.Kind.MISS: "Deadline missed",
    DeadlineChange.Kind.CLOSE: "Deadline closed",
}
_PROMISE: Mapping[str, str] = {
    CommitmentChange.Kind.MOVE: "Promise moved",
    CommitmentChange.Kind.KEEP: "Promise kept",
    CommitmentChange.Kind.MISS: "Promise not kept",
    CommitmentChange.Kind.WITHDRAW: "Promise taken back",
}


class Kind(StrEnum):
    """What entries are about; the value stands in addresses."""

    LETTERS = "letters"
    DELIVERY = "delivery"
    REPLIES = "replies"
    QUESTIONS = "questions"
    REFERRALS = "referrals"
    PROMISES = "promises"
    DEADLINES = "deadlines"
    OUTCOMES = "outcomes"
    CONSENT = "consent"
    EMERGENCIES = "emergencies"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.LETTERS: "Letters",
    Kind.DELIVERY: "Delivery",
    Kind.REPLIES: "Replies and calls",
    Kind.QUESTIONS: "Questions",
    Kind.REFERRALS: "Referrals",
    Kind.PROMISES: "Promises",
    Kind.DEADLINES: "Deadlines",
    Kind.OUTCOMES: "What came of it",
    Kind.CONSENT: "Consent",
    Kind.EMERGENCIES: "Opened in an emergency",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened; `more` is why, or somebody's own words, '' where there is neither.
    What is known by its day alone stands at the beginning of that day."""

    at: datetime
    says: str
    more: str = ""
    who: str
    href: str


def kind_named(value: str | None) -> Kind | None:
    """The kind that an address asks for; any other word asks for all of them."""
    return next((kind for kind in Kind if kind.value == value), None)


def chronology_of(case: Case, kind: Kind | None) -> tuple[Entry, ...]:
    """Everything of one kind, or of all where none is named, the latest first."""
    kinds = tuple(Kind) if kind is None else (kind,)
    found = [entry for each in kinds for entry in _ENTRIES[each](case)]
    found.sort(key=lambda entry: entry.at)
    # Turned round only now, so that what follows at the same moment stands above.
    return tuple(reversed(found))


def _letters(case: Case) -> Iterable[Entry]:
    rows = letters_of(case).select_related("first_signed_by", "approved_by").defer(*_CONTENTS)
    letters = {letter.pk: letter for letter in rows}
    for letter in letters.values():
        signed = (
            ("First of two signatures", letter.first_signed_at, letter.first_signed_by),
            ("Approved", letter.approved_at, letter.approved_by),
        )
        for what, at, by in signed:
            if at is not None:
                says = f"{what}: {lower_first(Stage(letter.stage).label)}"
                yield Entry(at=at, says=says, who=_who(by), href=_letter(letter.pk))
    for event, who in _done_to(letters, "withdraw_letter"):
        says = f"Withdrawn: {lower_first(Stage(letters[event.subject_id].stage).label)}"
        yield Entry(at=event.at, says=says, who=who, href=_letter(event.subject_id))
    for dispatch in dispatches_about(case).select_related("letter", "queued_by"):
        if dispatch.sent_at is not None:
            yield Entry(
                # noon stands for a day of posting, and it cannot have gone before it was asked for
                at=max(dispatch.sent_at, dispatch.queued_at),
                says=went(dispatch),
                who=_who(dispatch.queued_by),
                href=_letter(dispatch.letter_id),
            )


def _delivery(case: Case) -> Iterable[Entry]:
    stages = dict(letters_of(case).values_list("pk", "stage"))
    for receipt in receipts_about(case):
        letter_id, by = receipt.dispatch.letter_id, receipt.recorded_by
        yield Entry(
            at=receipt.happened_at,
            says=f"{Stage(stages[letter_id]).label}: {lower_first(receipt.get_says_display())}",
            more=reason(receipt.reason) if receipt.reason else "",
            who=by.name if by else receipt.get_source_display(),
            href=_letter(letter_id),
        )
    for visit in visits_about(case):
        dispatch = visit.link.dispatch
        stage = Stage(stages[dispatch.letter_id])
        yield Entry(
            at=visit.at,
            says=f"{stage.label}: {lower_first(visit.get_outcome_display())}",
            who="Whoever had the link to it",
            href=reverse("letters:letter_link", kwargs={"dispatch_id": dispatch.pk}),
        )


def _replies(case: Case) -> Iterable[Entry]:
    for link in messages_about(case):
        message = link.message
        yield Entry(
            at=message.received_at,
            says=f"Message: {lower_first(message.get_kind_display())}",
            more=message.subject,
            who=message.sender_name or message.sender or message.get_source_display(),
            href=reverse("letters:message", kwargs={"message_id": message.pk}),
        )
    for call in calls_about(case):
        said = f". {call.get_said_display()}" if call.said else ""
        yield Entry(
            at=call.called_at,
            says=f"Telephone: {lower_first(call.get_caller_display())}{said}",
            more=call.words,
            who=call.noted_by.name,
            href=_on_case(case, f"call-{call.pk}"),
        )


def _questions(case: Case) -> Iterable[Entry]:
    for question in questions_of(case).prefetch_related(None):
        href, of = _question(question.pk), lower_first(question.get_asked_of_display())
        yield Entry(
            at=question.asked_at,
            says=f"Question to {of}",
            more=question.words,
            who=question.asked_by.name,
            href=href,
        )
        if question.is_dropped and question.settled_at is not None:
            yield Entry(
                at=question.settled_at,
                says=f"Question to {of} no longer needed",
                who=_who(question.settled_by),
                href=href,
            )
    for answer in answers_in(case):
        of = lower_first(answer.question.get_asked_of_display())
        yield Entry(
            at=answer.given_at,
            says=f"Answer from {of}",
            more=answer.words,
            who=answer.given_by.name,
            href=_question(answer.question_id),
        )


def _referrals(case: Case) -> Iterable[Entry]:
    for referral in referrals_of(case):
        yield Entry(
            at=referral.asked_at,
            says=f"Referral: {lower_first(referral.need_label)}, to {referral.goes_to}",
            more=referral.words,
            who=referral.asked_by.name,
            href=_referral(referral.pk),
        )
    for change in referral_changes_in(case):
        need = lower_first(change.referral.need_label)
        yield Entry(
            at=change.told_at,
            says=f"Referral: {need}, {lower_first(change.get_status_display())}",
            more=change.words,
            who=change.told_by.name,
            href=_referral(change.referral_id),
        )


def _promises(case: Case) -> Iterable[Entry]:
    for promise in commitments_of(case).select_related("recorded_by"):
        by = lower_first(promise.get_promised_by_display())
        what = f"{lower_first(promise.get_what_display())}, {short_day(promise.first_promised_for)}"
        yield Entry(
            at=promise.recorded_at,
            says=f"Promised by {by}: {what}",
            more=promise.words,
            who=promise.recorded_by.name if promise.recorded_by else "The page of the letter",
            href=_on_case(case, f"promise-{promise.pk}"),
        )
    for change in commitment_changes_about(case):
        what = lower_first(change.commitment.get_what_display())
        day = _from_to(change.day_before, change.day_after)
        yield Entry(
            at=change.made_at,
            says=f"{_PROMISE[change.kind]}: {what}, {day}",
            more=change.reason,
            who=_who(change.made_by),
            href=_on_case(case, f"promise-{change.commitment_id}"),
        )


def _deadlines(case: Case) -> Iterable[Entry]:
    rows = deadlines_of(case).select_related(None).select_related("start__recorded_by")
    for deadline in rows:
        due = short_day(_day(deadline.original_due_at))
        yield Entry(
            at=deadline.start.recorded_at,
            says=f"Clock started: {lower_first(deadline.requires)}, due {due}",
            who=_who(deadline.start.recorded_by),
            href=_deadline(deadline.pk),
        )
    for change in deadline_changes_about(case):
        due = _from_to(_day(change.due_before), _day(change.due_after))
        yield Entry(
            at=change.made_at,
            says=f"{_DEADLINE[change.kind]}: {lower_first(change.deadline.requires)}, due {due}",
            more=change.reason,
            who=_who(change.made_by),
            href=_deadline(change.deadline_id),
        )


def _outcomes(case: Case) -> Iterable[Entry]:
    href = _on_case(case, "outcomes")
    for response in responses_to(case).select_related(None).select_related("recorded_by"):
        yield Entry(
            at=response.received_at,
            says=replied(response),
            more=response.summary,
            who=response.recorded_by.name,
            href=href,
        )
    for claim in claims_about(case).select_related("hazard_report", "recorded_by"):
        on = f", finished {short_day(claim.completed_on)}" if claim.completed_on else ""
        yield Entry(
            at=claim.recorded_at,
            says=f"{claimed(claim)}{on}. {claim.get_verification_display()}",
            more=claim.description,
            who=claim.recorded_by.name,
            href=href,
        )
    for change in health_changes_of(case).select_related("recorded_by"):
        respondent = lower_first(change.get_respondent_display())
        yield Entry(
            at=_start_of(change.observed_on),
            says=f"Health: {lower_first(change.get_change_display())}, says {respondent}",
            who=change.recorded_by.name,
            href=href,
        )


def _consent(case: Case) -> Iterable[Entry]:
    href, consents = _on_case(case, "consent"), tuple(consents_of(case))
    for consent in consents:
        by, until = lower_first(consent.get_given_by_display()), short_day(consent.expires_on)
        yield Entry(
            at=_start_of(consent.given_on),
            says=f"Consent given by {by}, until {until}",
            who=consent.recorded_by.name,
            href=href,
        )
    # Not by `withdrawn_at`, which a consent has as well when a later one took its place.
    ids = [case.pk, *(consent.pk for consent in consents)]
    for event, who in _done_to(ids, "withdraw_consent", "withdraw_grants"):
        recipient = event.details.get("recipient")
        about = f" for one reader: {lower_first(Recipient(recipient).label)}" if recipient else ""
        yield Entry(at=event.at, says=f"Consent withdrawn{about}", who=who, href=href)


def _emergencies(case: Case) -> Iterable[Entry]:
    href = reverse("letters:case", kwargs={"case_id": case.pk})
    for row in emergencies_about(case):
        until = row.ends_at.astimezone(LONDON).strftime("%H:%M")
        yield Entry(
            at=row.opened_at,
            says=f"Opened in an emergency, until {until}",
            more=row.reason,
            who=row.user.name,
            href=href,
        )
        if row.reviewed_at is not None:
            yield Entry(
                at=row.reviewed_at,
                says=f"Emergency reviewed: {lower_first(row.get_finding_display())}",
                more=row.finding_note,
                who=_who(row.reviewed_by),
                href=href,
            )


_ENTRIES: Mapping[Kind, Callable[[Case], Iterable[Entry]]] = {
    Kind.LETTERS: _letters,
    Kind.DELIVERY: _delivery,
    Kind.REPLIES: _replies,
    Kind.QUESTIONS: _questions,
    Kind.REFERRALS: _referrals,
    Kind.PROMISES: _promises,
    Kind.DEADLINES: _deadlines,
    Kind.OUTCOMES: _outcomes,
    Kind.CONSENT: _consent,
    Kind.EMERGENCIES: _emergencies,
}


def _done_to(ids: Collection[UUID], *verbs: str) -> Iterable[tuple[AuditEvent, str]]:
    """What rows do not say themselves: who took something back."""
    events = tuple(events_about(ids).filter(verb__in=verbs))
    names = names_of(event.actor_id for event in events if event.actor_id)
    return ((each, names[each.actor_id] if each.actor_id else _SERVICE) for each in events)


def _who(user: User | None) -> str:
    return user.name if user else _SERVICE


def _letter(letter_id: UUID) -> str:
    return reverse("letters:letter", kwargs={"letter_id": letter_id})


def _deadline(deadline_id: UUID) -> str:
    return reverse("letters:deadline", kwargs={"deadline_id": deadline_id})


def _question(question_id: UUID) -> str:
    return reverse("letters:question", kwargs={"question_id": question_id})


def _referral(referral_id: UUID) -> str:
    return reverse("letters:referral", kwargs={"referral_id": referral_id})


def _on_case(case: Case, place: str) -> str:
    return f"{reverse('letters:case', kwargs={'case_id': case.pk})}#{place}"


def _from_to(before: date, after: date) -> str:
    """One day, or both where it was moved."""
    if before == after:
        return short_day(after)
    return f"{short_day(after)} instead of {short_day(before)}"


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=LONDON)


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
