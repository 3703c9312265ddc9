"""A stand-in for GOV.UK Notify that speaks HTTP on the loopback address.

It checks each token as Notify does, answers as its documentation says, keeps what it took, and can
be told to fail at any step. Nothing here needs pytest.
"""

import base64
import binascii
import json
import re
import threading
import urllib.request
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError, TokenExpiredError
from typing_extensions import override

SERVICE_ID = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"  # noqa: S105 - opens nothing
API_KEY = f"tests-{SERVICE_ID}-{SECRET}"
CALLBACK_TOKEN = "what-notify-shows-when-it-calls"  # noqa: S105
EMAIL_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
TEXT_TEMPLATE = "ceb50d92-100d-4b8b-b559-14fa3b091cda"
PHOTOGRAPHS_TEMPLATE = "0b5a4b0e-31b7-4a0f-9d8c-5d1f1f7f2c11"
_PLACEHOLDERS = {
    EMAIL_TEMPLATE: ("reference", "about", "reply_to", "link"),
    TEXT_TEMPLATE: ("reference", "link"),
    PHOTOGRAPHS_TEMPLATE: ("link",),
}
_POSTAGE = ("first", "second", "economy")
_MOST_BYTES = 20_000_000


class Fault(StrEnum):
    """How it meets the next request that would send something; questions are met as usual."""

    NONE = "none"
    HANGS_UP_UNREAD = "hangs_up_unread"
    HANGS_UNREAD = "hangs_unread"
    HANGS_UP_READ = "hangs_up_read"
    ACCEPTS_THEN_HANGS = "accepts_then_hangs"
    ACCEPTS_THEN_HANGS_UP = "accepts_then_hangs_up"
    ACCEPTS_HALF_ANSWERS = "accepts_half_answers"
    ACCEPTS_ANSWERS_NONSENSE = "accepts_answers_nonsense"
    ACCEPTS_THEN_500 = "accepts_then_500"
    SERVER_ERROR = "server_error"
    BAD_GATEWAY = "bad_gateway"
    UNAVAILABLE = "unavailable"
    RATE_LIMIT = "rate_limit"
    DAILY_LIMIT = "daily_limit"
    TRIAL_MODE = "trial_mode"
    TEAM_KEY = "team_key"
    VIRUS = "virus"
    NOT_ALLOWED = "not_allowed"


_TAKES_IT = {each for each in Fault if each.value.startswith("accepts")} | {Fault.NONE}
_ANSWERS = {
    Fault.ACCEPTS_THEN_500: (500, "Exception", "Internal server error"),
    Fault.SERVER_ERROR: (500, "Exception", "Internal server error"),
    Fault.BAD_GATEWAY: (502, "Exception", "Bad gateway"),
    Fault.UNAVAILABLE: (503, "Exception", "Service unavailable"),
    Fault.RATE_LIMIT: (
        429,
        "RateLimitError",
        "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds",
    ),
    Fault.DAILY_LIMIT: (429, "TooManyRequestsError", "Exceeded send limits (250000) for today"),
    Fault.TRIAL_MODE: (
        400,
        "BadRequestError",
        "Can't send to this recipient when service is in trial mode - see the trial mode page",
    ),
    Fault.TEAM_KEY: (
        400,
        "BadRequestError",
        "Can't send to this recipient using a team-only API key",
    ),
    Fault.VIRUS: (400, "BadRequestError", "File did not pass the virus scan"),
    Fault.NOT_ALLOWED: (400, "BadRequestError", "Service is not allowed to send letters"),
}


class Refused(Exception):
    """An answer of Notify's that is not Yes."""

    def __init__(self, status: int, error: str, message: str) -> None:
        self.status, self.error, self.message = status, error, message
        super().__init__(message)


@dataclass
class Accepted:
    """One thing it took."""

    kind: str  # as in the path: email, sms, letter
    body: dict[str, Any]
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    status: str = "created"

    @property
    def reference(self) -> str:
        return str(self.body.get("reference", ""))

    @property
    def pdf(self) -> bytes:
        """Of a letter."""
        return base64.b64decode(self.body["content"])

    def as_listed(self) -> dict[str, Any]:
        """As Notify describes it to whoever asks."""
        told = "2026-11-23T11:00:00.000000Z"
        return {
            "id": self.id,
            "reference": self.reference or None,
            "email_address": self.body.get("email_address"),
            "phone_number": self.body.get("phone_number"),
            "type": self.kind,
            "status": self.status,
            "postage": self.body.get("postage", "second") if self.kind == "letter" else None,
            "template": {"id": self.body.get("template_id"), "version": 1, "uri": ""},
            "created_at": told,
            "created_by_name": None,
            "sent_at": told if self.status not in ("created", "pending-virus-check") else None,
            "completed_at": None,
        }


class NotifyServer:
    """Starts, stops, and remembers. `fault` meets everything that would be sent; `faults` is asked
    for each instead, where it is set."""

    def __init__(self) -> None:
        self.accepted: list[Accepted] = []
        self.asked: list[str] = []
        self.fault = Fault.NONE
        self.faults: Callable[[], Fault] | None = None
        self.answers_questions = True
        self.secret = SECRET
        self.lists_nothing = False
        self._told = threading.Condition()
        self._released = threading.Event()
        self._server = _Listening(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let go of whoever hangs, and stop listening."""
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def counted(self) -> dict[str, int]:
        """How often each reference was taken."""
        with self._told:
            references = [each.reference for each in self.accepted]
        return {each: references.count(each) for each in references}

    def by_reference(self, reference: object) -> Accepted:
        """The only one of it."""
        with self._told:
            (found,) = [each for each in self.accepted if each.reference == str(reference)]
        return found

    def wait_for_accepted(self, count: int, seconds: float = 30) -> None:
        """Until it has taken so many."""
        with self._told:
            if not self._told.wait_for(lambda: len(self.accepted) >= count, timeout=seconds):
                raise AssertionError(f"waited for {count} accepted, saw {len(self.accepted)}")

    def callback(self, taken: Accepted, status: str) -> dict[str, Any]:
        """What Notify posts to a service about it."""
        told = "2026-11-23T11:05:00.000000Z"
        return {
            "id": taken.id,
            "reference": taken.reference or None,
            "to": taken.body.get("email_address") or taken.body.get("phone_number") or "",
            "status": status,
            "created_at": "2026-11-23T11:00:00.000000Z",
            "completed_at": told,
            "sent_at": told,
            "notification_type": taken.kind,
            "template_id": taken.body.get("template_id", ""),
            "template_version": 1,
        }

    def tell(self, url: str, token: str, bodies: Iterable[dict[str, Any]]) -> list[int]:
        """Post callbacks in this order, as often as they stand here."""
        return [_post(url, token, body) for body in bodies]

    # what the handler asks

    def next_fault(self) -> Fault:
        return self.faults() if self.faults else self.fault

    def keep(self, taken: Accepted) -> None:
        with self._told:
            self.accepted.append(taken)
            self._told.notify_all()

    def hang(self) -> None:
        """As long as it runs."""
        self._released.wait()

    def listed(self, reference: str) -> list[Accepted]:
        with self._told:
            found = [each for each in self.accepted if each.reference == reference]
        return [] if self.lists_nothing else found[::-1]


def _post(url: str, token: str, body: dict[str, Any]) -> int:
    request = urllib.request.Request(  # noqa: S310 - loopback
        url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        return int(answer.status)


class _Listening(ThreadingHTTPServer):
    """Knows whose it is."""

    daemon_threads = True

    def __init__(self, notify: NotifyServer) -> None:
        self.notify = notify
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def notify(self) -> NotifyServer:
        assert isinstance(self.server, _Listening)
        return self.server.notify

    def do_GET(self) -> None:
        """A question."""
        self.notify.asked.append(self.path)
        if not self.notify.answers_questions:
            self._answer(500, _refusal(500, "Exception", "Internal server error"))
            return
        self._speak(self._answer_question)

    def do_POST(self) -> None:
        """Something to send."""
        fault = self.notify.next_fault()
        if fault is Fault.HANGS_UP_UNREAD:
            self._hang_up()
        elif fault is Fault.HANGS_UNREAD:
            self.notify.hang()
        else:
            self._speak(lambda: self._take(fault))

    def _speak(self, say: Callable[[], None]) -> None:
        try:
            say()
        except Refused as refused:
            self._answer(refused.status, _refusal(refused.status, refused.error, refused.message))

    def _take(self, fault: Fault) -> None:
        size = int(self.headers.get("Content-Length", 0))
        raw = self.rfile.read(min(size, _MOST_BYTES))
        _check_token(self.notify, self.headers.get("Authorization", ""))
        if fault is Fault.HANGS_UP_READ:
            self._hang_up()
            return
        taken = _understood(self.path, raw)
        if fault in _TAKES_IT:
            self.notify.keep(taken)
        self._say_so(taken, fault)

    def _say_so(self, taken: Accepted, fault: Fault) -> None:
        if fault is Fault.ACCEPTS_THEN_HANGS:
            self.notify.hang()
        elif fault is Fault.ACCEPTS_THEN_HANGS_UP:
            self._hang_up()
        elif fault is Fault.ACCEPTS_HALF_ANSWERS:
            self._answer(201, _taken(self.notify, taken), cut=True)
        elif fault is Fault.ACCEPTS_ANSWERS_NONSENSE:
            self._answer(201, "<html>")
        elif fault in _ANSWERS:
            self._answer(_ANSWERS[fault][0], _refusal(*_ANSWERS[fault]))
        else:
            self._answer(201, _taken(self.notify, taken))

    def _answer_question(self) -> None:
        _check_token(self.notify, self.headers.get("Authorization", ""))
        self._answer(200, _known(self.notify, self.path))

    def _answer(self, status: int, body: object, *, cut: bool = False) -> None:
        raw = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response_only(status)
        self.send_header("Date", format_datetime(_now(), usegmt=True))
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw[: len(raw) // 2] if cut else raw)
        if cut:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _now() -> datetime:
    return datetime.now(UTC)


def _refusal(status: int, error: str, message: str) -> dict[str, object]:
    return {"status_code": status, "errors": [{"error": error, "message": message}]}


def _check_token(notify: NotifyServer, header: str) -> None:
    """In the order in which Notify looks, with its words."""
    if not header:
        raise Refused(401, "AuthError", "Unauthorized: authentication token must be provided")
    token = header.removeprefix("Bearer ")
    try:
        issuer = get_token_issuer(token)  # type: ignore[no-untyped-call]  # tells no types
        if issuer != SERVICE_ID:
            raise Refused(403, "AuthError", "Invalid token: service not found")
        decode_jwt_token(token, notify.secret)  # type: ignore[no-untyped-call]  # tells no types
    except TokenExpiredError:
        words = "Error: Your system clock must be accurate to within 30 seconds"
        raise Refused(403, "AuthError", words) from None
    except TokenError:
        raise Refused(403, "AuthError", "Invalid token: API key not found") from None


def _understood(path: str, raw: bytes) -> Accepted:
    """What is asked for, or the refusal that Notify would give."""
    kind = path.removeprefix("/v2/notifications/")
    check = {"email": _check_email, "sms": _check_text, "letter": _check_letter}.get(kind)
    if check is None:
        raise Refused(404, "NotFound", "The requested URL was not found on the server.")
    try:
        body = json.loads(raw)
    except ValueError:
        raise Refused(400, "BadRequestError", "Invalid JSON") from None
    reference = body.get("reference")
    if reference is not None and (not isinstance(reference, str) or len(reference) > 1000):
        raise Refused(400, "ValidationError", "reference is not a string of this length")
    check(body)
    return Accepted(kind=kind, body=body)


def _check_email(body: dict[str, Any]) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(body.get("email_address", ""))):
        raise Refused(400, "ValidationError", "email_address Not a valid email address")
    _check_template(body, EMAIL_TEMPLATE)
    link = body["personalisation"]["link"]
    if isinstance(link, dict):
        _check_upload(link)


def _check_upload(upload: dict[str, Any]) -> None:
    data = base64.b64decode(upload["file"])
    if len(data) > 2 * 1024 * 1024:
        raise Refused(400, "BadRequestError", "File is larger than 2MB")
    if not data.startswith(b"%PDF"):
        raise Refused(400, "BadRequestError", "Unsupported file type '(FILE TYPE)'")


def _check_text(body: dict[str, Any]) -> None:
    if not re.fullmatch(r"\+?[0-9 ]{10,16}", str(body.get("phone_number", ""))):
        raise Refused(400, "ValidationError", "phone_number Not a UK mobile number")
    is_for_photographs = body.get("template_id") == PHOTOGRAPHS_TEMPLATE
    _check_template(body, PHOTOGRAPHS_TEMPLATE if is_for_photographs else TEXT_TEMPLATE)


def _check_template(body: dict[str, Any], known: str) -> None:
    if body.get("template_id") != known:
        raise Refused(400, "BadRequestError", "Template not found")
    given = body.get("personalisation", {})
    missing = [name for name in _PLACEHOLDERS[known] if name not in given]
    if missing:
        words = f"Missing personalisation: {', '.join(missing)}"
        raise Refused(400, "BadRequestError", words)


def _check_letter(body: dict[str, Any]) -> None:
    if body.get("postage", "second") not in _POSTAGE:
        words = "postage invalid. It must be first, second or economy."
        raise Refused(400, "ValidationError", words)
    try:
        pdf = base64.b64decode(body.get("content", ""), validate=True)
    except binascii.Error:
        raise Refused(400, "BadRequestError", "Cannot decode letter content") from None
    if not pdf.startswith(b"%PDF"):
        raise Refused(400, "ValidationError", "content is not a PDF")


def _taken(notify: NotifyServer, taken: Accepted) -> dict[str, object]:
    if taken.kind == "letter":
        postage = taken.body.get("postage", "second")
        return {"id": taken.id, "reference": taken.reference, "postage": postage}
    return {
        "id": taken.id,
        "reference": taken.reference or None,
        "content": {"body": "…"},
        "uri": f"{notify.url}/v2/notifications/{taken.id}",
        "template": {"id": taken.body["template_id"], "version": 1, "uri": ""},
        "scheduled_for": None,
    }


def _known(notify: NotifyServer, path: str) -> dict[str, object]:
    parts = urlsplit(path)
    if parts.path == "/v2/notifications":
        reference = parse_qs(parts.query).get("reference", [""])[0]
        listed = [each.as_listed() for each in notify.listed(reference)]
        return {"notifications": listed, "links": {"current": notify.url + path}}
    wanted = parts.path.removeprefix("/v2/notifications/")
    if not re.fullmatch(r"[0-9a-f-]{36}", wanted):
        raise Refused(400, "ValidationError", "id is not a valid UUID")
    for each in notify.accepted:
        if each.id == wanted:
            return each.as_listed()
    raise Refused(404, "NoResultFound", "No result found")
