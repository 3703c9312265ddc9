"""What each role may do; every right is a verb that an action asks for."""

from enum import StrEnum

from django.db import models


class Role(models.TextChoices):
    """A person's part in a team."""

    CLINICIAN = "clinician", "Clinician"
    ADVISER = "adviser", "Adviser"
    EVALUATOR = "evaluator", "Evaluator"
    LEGAL_REVIEWER = "legal_reviewer", "Legal reviewer"
    ADMINISTRATOR = "administrator", "Administrator"


class Right(StrEnum):
    """A thing somebody may be allowed to do."""

    RECORD_CASE = "record_case"
    DRAFT_LETTER = "draft_letter"
    APPROVE_LETTER = "approve_letter"
    SEND_LETTER = "send_letter"
    WATCH_DEADLINES = "watch_deadlines"
    RECORD_OUTCOME = "record_outcome"
    READ_SUMMARY = "read_summary"
    SIGN_LAW = "sign_law"
    STYLE_LETTERS = "style_letters"
    MAKE_BUNDLE = "make_bundle"
    SORT_INCOMING = "sort_incoming"
    FOLLOW_EVENTS = "follow_events"
    SUBSCRIBE = "subscribe"
    REHEARSE = "rehearse"
    SET_SENDING = "set_sending"
    OVERRIDE_GATE = "override_gate"
    INVITE_PEOPLE = "invite_people"
    OPEN_IN_EMERGENCY = "open_in_emergency"
    REVIEW_EMERGENCY = "review_emergency"
    CHOOSE_CLAUSES = "choose_clauses"
    READ_LANDLORDS = "read_landlords"
    KEEP_LANDLORDS = "keep_landlords"


# With any of these somebody sees patients' cases or the addresses of private landlords, or can let
# somebody in who does.
NEED_SECOND_FACTOR = frozenset(
    {
        Right.RECORD_CASE,
        Right.DRAFT_LETTER,
        Right.APPROVE_LETTER,
        Right.SEND_LETTER,
        Right.WATCH_DEADLINES,
        Right.RECORD_OUTCOME,
        Right.MAKE_BUNDLE,
        Right.SORT_INCOMING,
        Right.OVERRIDE_GATE,
        Right.INVITE_PEOPLE,
        Right.OPEN_IN_EMERGENCY,
        Right.REVIEW_EMERGENCY,
        Right.READ_LANDLORDS,
        Right.KEEP_LANDLORDS,
    }
)


RIGHTS: dict[str, frozenset[Right]] = {
    Role.CLINICIAN: frozenset(
        {
            Right.RECORD_CASE,
            Right.DRAFT_LETTER,
            Right.APPROVE_LETTER,
            Right.SEND_LETTER,
            Right.REHEARSE,
            Right.RECORD_OUTCOME,
            Right.READ_SUMMARY,
            Right.OPEN_IN_EMERGENCY,
            Right.READ_LANDLORDS,
        }
    ),
    Role.ADVISER: frozenset(
        {
            Right.RECORD_CASE,
            Right.DRAFT_LETTER,
            Right.APPROVE_LETTER,
            Right.SEND_LETTER,
            Right.REHEARSE,
            Right.WATCH_DEADLINES,
            Right.OVERRIDE_GATE,
            Right.CHOOSE_CLAUSES,
            Right.MAKE_BUNDLE,
            Right.SORT_INCOMING,
            Right.RECORD_OUTCOME,
            Right.READ_SUMMARY,
            Right.READ_LANDLORDS,
            Right.KEEP_LANDLORDS,
        }
    ),
    Role.EVALUATOR: frozenset({Right.READ_SUMMARY, Right.FOLLOW_EVENTS}),
    Role.LEGAL_REVIEWER: frozenset({Right.SIGN_LAW}),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.READ_SUMMARY,
            Right.STYLE_LETTERS,
            Right.FOLLOW_EVENTS,
            Right.SUBSCRIBE,
            Right.REHEARSE,
            Right.SET_SENDING,
            Right.INVITE_PEOPLE,
            Right.REVIEW_EMERGENCY,
            Right.READ_LANDLORDS,
            Right.KEEP_LANDLORDS,
        }
    ),
}
