"""What follows from a message by itself: only what a machine may conclude from a report."""

from collections.abc import Sequence
from datetime import datetime

from letters.delivery.models import Dispatch, Says, Source
from letters.delivery.receipts import record_receipt
from letters.incoming.matching import Matched, dispatch_reported
from letters.incoming.models import Message, MessageLink
from letters.incoming.reading.values import Incoming, Kind


def follow(
    message: Message,
    incoming: Incoming,
    matched: Matched,
    links: Sequence[MessageLink],
    at: datetime,
) -> None:
    """Record what a report says of the dispatch it is certainly about. Where it is not certain, the
    message waits for a person like any other."""
    found = says_of(incoming)
    if found is None:
        return
    dispatch = dispatch_reported(matched, incoming)
    if dispatch is None:
        _let_a_person_read(links)
        return
    says, source = found
    _record(dispatch, says, source, message, incoming, at)
    for link in links:
        link.dispatch, link.letter, link.settled_at = dispatch, dispatch.letter, at
        link.save(update_fields=["dispatch", "letter", "settled_at"])


def says_of(incoming: Incoming) -> tuple[Says, Source] | None:
    """What a report comes to; None for what is no report, or says nothing that is sure."""
    action = incoming.report.action if incoming.report else ""
    if incoming.kind is Kind.BOUNCE:
        return Says.RETURNED, Source.BOUNCE
    if incoming.kind is Kind.DELAYED:
        return Says.DELAYED, Source.BOUNCE
    if incoming.kind is Kind.DELIVERED and action == "delivered":
        return Says.DELIVERED, Source.BOUNCE
    if incoming.kind is Kind.READ_RECEIPT and incoming.was_displayed:
        return Says.OPENED, Source.RECEIPT
    return None


def _record(
    dispatch: Dispatch,
    says: Says,
    source: Source,
    message: Message,
    incoming: Incoming,
    at: datetime,
) -> None:
    record_receipt(
        dispatch_id=dispatch.pk,
        says=says,
        source=source,
        happened_at=message.received_at,
        reason=incoming.report.reason if incoming.report else "",
        at=at,
    )


def _let_a_person_read(links: Sequence[MessageLink]) -> None:
    for link in links:
        link.settled_at = None
        link.save(update_fields=["settled_at"])
