"""What Notify's own words mean here."""

import uuid
from datetime import UTC, datetime

import pytest

from letters.delivery.models import Says
from letters.delivery.notify_news import News, NotUnderstood, news_of

ID = uuid.UUID(int=7)
TOLD = {
    "id": str(uuid.UUID(int=8)),
    "reference": str(ID),
    "to": "repairs@council.example",
    "status": "delivered",
    "created_at": "2026-11-23T11:00:00.000000Z",
    "completed_at": "2026-11-23T11:05:00.000000Z",
    "sent_at": "2026-11-23T11:01:00.000000Z",
    "notification_type": "email",
    "template_id": str(uuid.UUID(int=9)),
    "template_version": 1,
}


@pytest.mark.parametrize(
    ("kind", "status", "says", "reason"),
    [
        ("email", "delivered", Says.DELIVERED, ""),
        ("email", "permanent-failure", Says.RETURNED, "mailbox_unknown"),
        ("email", "temporary-failure", Says.RETURNED, "not_reached"),
        ("email", "technical-failure", Says.NOT_SENT, "notify_failed"),
        ("email", "virus-scan-failed", Says.NOT_SENT, "virus_found"),
        ("sms", "delivered", Says.DELIVERED, ""),
        ("sms", "permanent-failure", Says.RETURNED, "number_unknown"),
        ("sms", "temporary-failure", Says.RETURNED, "not_reached"),
        ("letter", "received", Says.POSTED, ""),
        ("letter", "permanent-failure", Says.NOT_SENT, "refused_by_printer"),
        ("letter", "validation-failed", Says.NOT_SENT, "refused_by_printer"),
        ("letter", "virus-scan-failed", Says.NOT_SENT, "virus_found"),
        ("letter", "technical-failure", Says.NOT_SENT, "notify_failed"),
        ("letter", "cancelled", Says.NOT_SENT, "cancelled_at_notify"),
    ],
)
def test_news_of_a_last_word(kind: str, status: str, says: Says, reason: str) -> None:
    found = news_of(TOLD | {"notification_type": kind, "status": status})

    happened_at = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)
    assert found == News(dispatch_id=ID, says=says, reason=reason, happened_at=happened_at)


@pytest.mark.parametrize("kind", ["email", "sms", "letter"])
@pytest.mark.parametrize(
    "status",
    ["created", "sending", "pending", "sent", "accepted", "pending-virus-check", "something-new"],
)
def test_news_of_a_state_on_the_way(kind: str, status: str) -> None:
    assert news_of(TOLD | {"notification_type": kind, "status": status}) is None


def test_news_of_a_notification_that_was_asked_for() -> None:
    listed = {"type": "letter", "status": "received", "notification_type": None}

    assert news_of(TOLD | listed) == news_of(TOLD | listed | {"notification_type": "letter"})


@pytest.mark.parametrize(
    "told",
    [
        {},
        TOLD | {"reference": None},
        TOLD | {"reference": "a name that somebody typed at Notify"},
        {"source_number": "447700900123", "message": "STOP", "id": "1"},
        {"complaint_id": "1", "notification_id": "2", "reference": str(ID)},
        {"notification_id": "2", "reference": None, "date_sent": "2026-11-23T11:00:00.000000Z"},
    ],
)
def test_news_of_what_is_not_ours_to_know(told: dict[str, object]) -> None:
    assert news_of(told) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"status": 7},
        {"status": ["delivered"]},
        {"status": "x" * 1000},
        {"notification_type": "pigeon"},
        {"notification_type": None},
        {"completed_at": "yesterday"},
        {"completed_at": None, "sent_at": None, "created_at": None},
        {"reference": {"a": 1}},
    ],
)
def test_news_of_another_shape_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(NotUnderstood):
        news_of(TOLD | changes)
