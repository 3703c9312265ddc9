"""What carriers say by themselves, and asking those that have said nothing for a while."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from letters.delivery import receipts  # as a whole: it takes the moves from this folder
from letters.delivery.carriers import notify_service
from letters.delivery.channels.notify import REMEMBERS, state_of
from letters.delivery.errors import TemporaryFailure
from letters.delivery.models import Dispatch, DispatchStatus, Receipt, Source
from letters.delivery.notify_news import News, news_of
from letters.delivery.vocabulary import CarrierName

logger = logging.getLogger(__name__)

# A callback comes within minutes, or not at all after the fifth try.
ASK_AFTER: Final = timedelta(hours=4)
ASK_AGAIN: Final = timedelta(hours=6)
MOST_AT_ONCE: Final = 50


def take_callback(*, told: Mapping[str, object], at: datetime) -> bool:
    """Keep what Notify told; whether it was about a letter of ours. Raises NotUnderstood."""
    news = news_of(told)
    return news is not None and _keep(news, at)


def ask_carriers(*, at: datetime) -> int:
    """Ask Notify about what it took hours ago and never spoke of again, the longest waiting first;
    how many were asked. Not one transaction: each answer is kept before the next question."""
    asked = 0
    for dispatch in unheard_of(at)[:MOST_AT_ONCE]:
        try:
            told = state_of(notify_service(), dispatch.provider_reference)
        except TemporaryFailure as failure:
            logger.warning("carrier not asked", extra={"reason": failure.reason})
            break
        _ask_again(dispatch, at)
        news = news_of(told)
        if news is not None and news.dispatch_id == dispatch.pk:
            _keep(news, at)
        asked += 1
    return asked


def unheard_of(at: datetime) -> QuerySet[Dispatch]:
    """What Notify has and has said nothing final about, as long as it still remembers."""
    is_due = Q(next_try_at__lte=at) | Q(next_try_at=None, sent_at__lte=at - ASK_AFTER)
    return Dispatch.objects.filter(
        is_due,
        status=DispatchStatus.ACCEPTED,
        carrier=CarrierName.NOTIFY.value,
        sent_at__gt=at - REMEMBERS,
    ).order_by("sent_at")


def _ask_again(dispatch: Dispatch, at: datetime) -> None:
    """Before the answer is kept, which ends the asking."""
    Dispatch.objects.filter(pk=dispatch.pk, status=DispatchStatus.ACCEPTED).update(
        next_try_at=at + ASK_AGAIN
    )


def _keep(news: News, at: datetime) -> bool:
    """Whether there is such a dispatch, and it went by Notify."""
    ours = Dispatch.objects.filter(pk=news.dispatch_id, carrier=CarrierName.NOTIFY.value)
    if not ours.exists():
        logger.info("told of a letter that is not ours", extra={"dispatch_id": news.dispatch_id})
        return False
    if news.happened_at is None and _is_known(news):
        return True
    receipts.record_receipt(
        dispatch_id=news.dispatch_id,
        says=news.says,
        source=Source.NOTIFY,
        happened_at=min(news.happened_at or at, at),
        reason=news.reason,
        at=at,
    )
    return True


def _is_known(news: News) -> bool:
    """What has no day of its own would be another thing each time it is told."""
    told = Receipt.objects.filter(
        dispatch=news.dispatch_id, says=news.says, source=Source.NOTIFY, reason=news.reason
    )
    return told.exists()
