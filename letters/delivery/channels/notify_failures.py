"""What an answer of GOV.UK Notify, or the lack of one, says about the parcel.

Nothing of Notify's own words is kept: they may repeat an address.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import requests
from notifications_python_client.errors import APIError
from urllib3.exceptions import NewConnectionError, SSLError

from letters.delivery.errors import PermanentFailure, TemporaryFailure

RATE_WINDOW: Final = timedelta(minutes=1)

# The first words found in a refusal say which it is; anything else is "refused_by_notify".
_REFUSALS: Final = (
    ("team-only api key", "notify_key_is_for_team"),
    ("team api key", "notify_key_is_for_team"),
    ("trial mode", "notify_in_trial_mode"),
    ("missing personalisation", "template_differs"),
    ("template", "template_missing"),
    ("email_address", "recipient_refused"),
    ("phone_number", "recipient_refused"),
    ("international", "recipient_refused"),
    ("not allowed to send", "not_allowed_by_notify"),
    ("service is not allowed", "not_allowed_by_notify"),
    ("virus", "virus_found"),
    ("larger than", "too_large_to_mail"),
    ("postage", "postage_refused"),
    ("content is not", "file_refused"),
    ("pdf", "file_refused"),
)


def is_certain(error: APIError) -> bool:
    """Whether Notify has certainly not taken what it was sent: it said so, or no byte of it left
    this machine. An error of theirs, or an answer cut short, may stand between us and a Yes."""
    if error.response is None:  # the client makes up a 503
        return not _was_written(error.__cause__)
    return 400 <= error.status_code < 500


def _was_written(cause: BaseException | None) -> bool:
    if isinstance(cause, requests.ConnectTimeout):
        return False
    told = cause.args[0] if cause is not None and cause.args else None
    reason = getattr(told, "reason", None)
    if isinstance(reason, SSLError):  # no certificate that we trust: not a word was said
        return not any(isinstance(each, ssl.SSLCertVerificationError) for each in reason.args)
    return not isinstance(reason, NewConnectionError)


def of_answer(error: APIError) -> TemporaryFailure | PermanentFailure:
    """A certain No, and whether another try is worth it."""
    if error.status_code in (401, 403):
        return _of_sign_in(error)
    if error.status_code == 429:
        return _of_limit(error)
    if error.status_code >= 500 or error.status_code < 400:
        return TemporaryFailure("notify_out_of_reach")
    return PermanentFailure(_refusal(error))


@contextmanager
def nothing_asked() -> Iterator[None]:
    """A question harms nothing: whatever goes wrong, it is asked again later."""
    try:
        yield
    except APIError as error:
        failure = of_answer(error)
        if isinstance(failure, PermanentFailure):
            raise TemporaryFailure(failure.reason) from None
        raise failure from None
    except (KeyError, TypeError):
        raise TemporaryFailure("notify_out_of_reach") from None


def _of_sign_in(error: APIError) -> TemporaryFailure:
    """Neither a wrong clock nor a wrong key is a letter's fault: all wait until it is mended."""
    is_clock = "clock" in _words(error)
    return TemporaryFailure("clock_is_wrong" if is_clock else "sign_in_refused", stops_all=True)


def _of_limit(error: APIError) -> TemporaryFailure:
    """By Notify's own clock, since it is the one that counts."""
    is_daily = "toomanyrequestserror" in _words(error)
    told_at = _told_at(error)
    if is_daily:
        until = told_at and _next_day(told_at)
        return TemporaryFailure("daily_limit", not_before=until, stops_all=True)
    until = told_at and told_at + RATE_WINDOW
    return TemporaryFailure("rate_limit", not_before=until, stops_all=True)


def _next_day(at: datetime) -> datetime:
    """Midnight as Notify counts its days: universal time, never before that of London."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _told_at(error: APIError) -> datetime | None:
    written = error.response.headers.get("Date", "") if error.response is not None else ""
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _refusal(error: APIError) -> str:
    words = _words(error)
    return next((reason for told, reason in _REFUSALS if told in words), "refused_by_notify")


def _words(error: APIError) -> str:
    return str(error.message).lower()
