"""GOV.UK Notify: e-mails and text messages with a link to the letter, and letters that it prints
and posts. Its reference is the dispatch id, by which it is asked before anything goes again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from notifications_python_client.utils import prepare_upload

from letters.delivery.channels import Found, Has
from letters.delivery.channels.notify_failures import (
    is_certain,
    nothing_asked,
    of_answer,
)
from letters.delivery.channels.parcel import Parcel
from letters.delivery.errors import OutcomeUnknown, PermanentFailure, TemporaryFailure
from letters.delivery.models import Channel

UPLOAD_BYTES: Final = 2 * 1024 * 1024
# Notify forgets what it was sent after seven days; this much before, its No is still a No.
REMEMBERS: Final = timedelta(days=6)
# As long as the link page of our own would keep it.
_KEPT: Final = "26 weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyService:
    """One service at Notify, with the templates that our messages fill. `uploads`: the PDF goes to
    Notify, which sends the reader a link of its own, instead of one to our page. Seconds for the
    connection and for the answer."""

    api_key: str
    base_url: str
    email_template: str
    text_template: str
    uploads: bool
    connect_timeout: float
    answer_timeout: float

    def client(self) -> NotificationsAPIClient:
        """A new one for each use, since it may not be shared between threads."""
        if not self.api_key:  # somebody took it away while letters waited
            raise TemporaryFailure("notify_not_set_up", stops_all=True)
        timeouts = (self.connect_timeout, self.answer_timeout)
        return NotificationsAPIClient(  # type: ignore[no-untyped-call]  # its functions tell no types
            self.api_key, base_url=self.base_url, timeout=timeouts
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyCarrier:
    """Hands parcels of one channel to Notify. `offered_after` is a moment before which this parcel
    had certainly not been offered, and `at` is now."""

    service: NotifyService
    channel: Channel
    offered_after: datetime
    at: datetime

    @property
    def can_tell(self) -> bool:
        """It lists what it was given by our reference."""
        return True

    def find(self, dispatch_id: UUID) -> Found:
        with nothing_asked():
            client = self.service.client()
            answer = client.get_all_notifications(  # type: ignore[no-untyped-call]  # tells no types
                reference=str(dispatch_id)
            )
            ids = [str(each["id"]) for each in answer["notifications"]]
        if ids:
            return Found(has=Has.YES, reference=ids[-1])  # the latest stand first
        has_forgotten = self.at - self.offered_after > REMEMBERS
        return Found(has=Has.CANNOT_TELL if has_forgotten else Has.NO)

    def hand_over(self, parcel: Parcel, *, committing: Callable[[], None]) -> str:
        """Everything that can be refused here is refused before `committing`; then one request, of
        which Notify may have taken what it never answered."""
        ask = _REQUESTS[self.channel](self.service, parcel)
        committing()
        with _perhaps_accepted():
            return str(ask()["id"])


_Request = Callable[[], dict[str, Any]]  # the client's answer: whatever JSON holds


def _email(service: NotifyService, parcel: Parcel) -> _Request:
    return partial(
        service.client().send_email_notification,
        email_address=parcel.to,
        template_id=service.email_template,
        personalisation={
            "reference": parcel.reference,
            "about": parcel.about,
            "reply_to": parcel.reply_to,
            "link": _link(service, parcel),
        },
        reference=str(parcel.dispatch_id),
    )


def _text(service: NotifyService, parcel: Parcel) -> _Request:
    """A link and no word of what it is about: whoever holds the telephone reads it."""
    if not parcel.link:
        raise PermanentFailure("link_missing")
    return partial(
        service.client().send_sms_notification,
        phone_number=parcel.to,
        template_id=service.text_template,
        personalisation={"reference": parcel.reference, "link": parcel.link},
        reference=str(parcel.dispatch_id),
    )


def _letter(service: NotifyService, parcel: Parcel) -> _Request:
    """The bytes as they were issued, with what they enclose."""
    return partial(
        service.client().send_precompiled_letter_notification,
        reference=str(parcel.dispatch_id),
        pdf_file=BytesIO(parcel.printed),
        postage=parcel.postage,
    )


_REQUESTS: Final[dict[Channel, Callable[[NotifyService, Parcel], _Request]]] = {
    Channel.EMAIL: _email,
    Channel.TEXT: _text,
    Channel.POST: _letter,
}


def _link(service: NotifyService, parcel: Parcel) -> str | dict[str, Any]:
    """To our own page where there is one; otherwise the file, which Notify turns into a link that
    opens for nobody but who can type the mailbox it was sent to."""
    if parcel.link and not service.uploads:
        return parcel.link
    if len(parcel.printed) > UPLOAD_BYTES:
        raise PermanentFailure("too_large_to_mail")
    upload: dict[str, Any] = prepare_upload(  # type: ignore[no-untyped-call]  # tells no types
        BytesIO(parcel.printed),
        filename=parcel.pdf_name,
        confirm_email_before_download=True,
        retention_period=_KEPT,
    )
    return upload


@contextmanager
def _perhaps_accepted() -> Iterator[None]:
    try:
        yield
    except APIError as error:
        if is_certain(error):
            raise of_answer(error) from None
        raise OutcomeUnknown("notify_fell_silent") from None
    except (KeyError, TypeError):
        raise OutcomeUnknown("notify_fell_silent") from None  # an answer that we cannot read


def state_of(service: NotifyService, reference: str) -> dict[str, Any]:
    """What Notify says of something it took, by its own name for it; nothing once it has forgotten.
    Raises TemporaryFailure when it cannot be asked just now."""
    with nothing_asked():
        try:
            answer = service.client().get_notification_by_id(reference)  # type: ignore[no-untyped-call]  # tells no types
        except APIError as error:
            if error.status_code == 404:
                return {}
            raise
    return answer if isinstance(answer, dict) else {}
