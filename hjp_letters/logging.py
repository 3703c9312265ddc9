"""One JSON line a log record, without anything that could name a person.

What is left out, and why:
- An exception is written as its type and where it was raised, never its message: a database error
  quotes the row, a mail error the address.
- A text put into a message (`"%s"`) is replaced by `[text]`; numbers, moments and UUIDs stay.
- `extra` fields are kept only under the names below; a new one is added here on purpose.
"""

import json
import logging
import re
import traceback
import uuid
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime
from types import TracebackType

import celery
from celery import Task
from django.http import HttpRequest, HttpResponse
from typing_extensions import override

request_id: ContextVar[str] = ContextVar("request_id", default="")

SAFE_ENDINGS = ("_id", "_ids", "_count", "_on", "_at", "_seconds")
SAFE_NAMES = frozenset(
    {"attempt", "channel", "event", "job", "jurisdiction", "method", "provision", "reason"}
    | {"route", "signal", "stage", "status", "status_code"}
)
SAFE_TYPES = (bool, int, float, date, uuid.UUID, type(None))
REDACTED = "[text]"
# An identifier or a word of our own: nothing with spaces, so no name and no address.
PLAIN_WORD = re.compile(r"[A-Za-z0-9_.:/-]{1,80}")
FRAMES_KEPT = 12
GIVEN_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class JsonFormatter(logging.Formatter):
    """Writes what happened, to which row, and where it went wrong; never to whom."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        line |= _origin() | _extra(record)
        if record.exc_info and record.exc_info[0]:
            line["exception"] = _exception(record.exc_info[0], record.exc_info[2])
        return json.dumps(line, default=str)


class RequestIdMiddleware:
    """Gives each request an id, so that its log lines can be read together."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        chosen = given if GIVEN_REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        token = request_id.set(chosen)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = chosen
        return response


def _message(record: logging.LogRecord) -> str:
    template = str(record.msg)
    if not record.args:
        return template
    try:
        return template % _safe_arguments(record.args)
    except (TypeError, ValueError):
        # A number was expected where a text was taken out: the template alone still says what.
        return template


def _safe_arguments(arguments: tuple[object, ...] | Mapping[str, object]) -> object:
    if isinstance(arguments, Mapping):
        return {name: _safe(value) for name, value in arguments.items()}
    return tuple(_safe(value) for value in arguments)


def _safe(value: object) -> object:
    return value if isinstance(value, SAFE_TYPES) else REDACTED


def _origin() -> dict[str, object]:
    # Outside a task there is none, whatever the stubs say.
    task: Task[..., object] | None = celery.current_task
    if task and task.request.id:
        return {"job": task.name, "task_id": task.request.id}
    return {"request_id": request_id.get()} if request_id.get() else {}


def _extra(record: logging.LogRecord) -> dict[str, object]:
    return {
        name: _plain(value)
        for name, value in vars(record).items()
        if name in SAFE_NAMES or name.endswith(SAFE_ENDINGS)
    }


def _plain(value: object) -> object:
    if isinstance(value, SAFE_TYPES):
        return value
    return value if isinstance(value, str) and PLAIN_WORD.fullmatch(value) else REDACTED


def _exception(kind: type[BaseException], trace: TracebackType | None) -> dict[str, object]:
    frames = traceback.extract_tb(trace)[-FRAMES_KEPT:]
    return {
        "type": f"{kind.__module__}.{kind.__qualname__}",
        "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
