"""Sending the link to the patient. The message names no illness, no home and no clinic: whoever
holds the telephone reads it. All its words stand here, for who translates them."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from letters.audit.record import record
from letters.delivery.carriers import notify_service
from letters.delivery.channels import Has
from letters.delivery.channels.notify import NotifyCarrier
from letters.delivery.channels.parcel import Parcel
from letters.delivery.errors import ChannelFailure, PermanentFailure, TemporaryFailure
from letters.delivery.models import Channel, Says
from letters.delivery.notify_news import news_of
from letters.incoming.asking.models import PhotographRequest
from letters.incoming.asking.queries import url_of, why_shut

logger = logging.getLogger(__name__)

MOST_TRIES: Final = 6
SUBJECT: Final = "Photographs that you agreed to send"
TEXT: Final = """\
You agreed to send photographs. Add them here, from your telephone:

{url}

You are asked for a date of birth first. The link works until {until}.
If you did not expect this message, do nothing.
"""


@transaction.atomic
def send_request(*, request_id: UUID, at: datetime) -> None:
    """Send the message, unless it went, somebody else is at it, or the link is shut by now. Where
    it is not known whether an earlier try went, the carrier is asked; a second message does no
    harm."""
    rows = PhotographRequest.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("case__team__organisation__partnership").filter(
        pk=request_id, next_try_at__lte=at
    )
    request = row.first()
    if request is None:
        return
    shut = why_shut(request, at)
    if shut is not None:
        _give_up(request, shut.value)
    elif request.case.team.organisation.partnership.is_demonstration:
        _give_up(request, "demonstration")
    else:
        _try(request, at)
    request.save(update_fields=["attempts", "next_try_at", "reason", "sent_at"])


@transaction.atomic
def take_callback(*, told: Mapping[str, object]) -> bool:
    """Keep that Notify could not deliver a text; whether it was about a link of ours. Raises
    NotUnderstood."""
    news = news_of(told)
    if news is None:
        return False
    rows = PhotographRequest.objects.select_for_update(of=("self",))
    request = rows.filter(pk=news.dispatch_id).first()
    if request is not None and news.says in (Says.RETURNED, Says.NOT_SENT) and not request.reason:
        request.reason = "text_not_delivered"
        request.save(update_fields=["reason"])
        record("miss_photograph_request", request, by=None, case=request.case_id)
    return request is not None


def _try(request: PhotographRequest, at: datetime) -> None:
    try:
        _SEND[PhotographRequest.Way(request.way)](request, at)
    except PermanentFailure as failure:
        is_address = failure.reason == "recipient_refused"
        _give_up(request, "address_refused" if is_address else failure.reason)
    except ChannelFailure as failure:
        _wait(request, failure.reason, at)
    else:
        request.sent_at, request.next_try_at, request.reason = at, None, ""
        record("send_photograph_request", request, by=None, case=request.case_id)


def _wait(request: PhotographRequest, reason: str, at: datetime) -> None:
    request.attempts += 1
    wait = timedelta(minutes=2**request.attempts)
    request.reason = reason
    request.next_try_at = at + wait if request.attempts < MOST_TRIES else None
    logger.warning("photograph request not sent", extra={"request_id": request.pk})


def _give_up(request: PhotographRequest, reason: str) -> None:
    request.next_try_at, request.reason = None, reason


def _text(request: PhotographRequest, at: datetime) -> None:
    carrier = NotifyCarrier(
        service=replace(notify_service(), text_template=settings.NOTIFY_PHOTOGRAPHS_TEMPLATE),
        channel=Channel.TEXT,
        offered_after=request.asked_at,
        at=at,
    )
    if request.attempts and carrier.find(request.pk).has is Has.YES:
        return
    carrier.hand_over(_parcel(request), committing=lambda: None)


def _parcel(request: PhotographRequest) -> Parcel:
    """A link and no word of what it is about."""
    return Parcel(
        dispatch_id=request.pk,
        sender="",
        to=request.address,
        reply_to="",
        subject="",
        text="",
        pdf=b"",
        pdf_name="",
        made_at=request.asked_at,
        link=url_of(request),
    )


def _mail(request: PhotographRequest, at: datetime) -> None:
    until = f"{request.expires_at:%d.%m.%Y}"
    text = TEXT.format(url=url_of(request), until=until)
    try:
        EmailMessage(subject=SUBJECT, body=text, to=[request.address]).send()
    except SMTPRecipientsRefused:
        raise PermanentFailure("recipient_refused") from None
    except (SMTPException, OSError):  # whatever it says may hold the address
        raise TemporaryFailure("server_out_of_reach") from None


_SEND: Final = {PhotographRequest.Way.TEXT: _text, PhotographRequest.Way.EMAIL: _mail}
