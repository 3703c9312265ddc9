"""A request that comes twice with one Idempotency-Key is done once."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, TypeVar
from uuid import UUID

from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.access.actions import Answer, answer_once
from letters.api.authentication import user_of

HEADER = "Idempotency-Key"
KEY = r"[A-Za-z0-9_-]{1,200}"
_View = TypeVar("_View", bound=APIView)
Post = Callable[Concatenate[_View, Request, ...], Response]


def once(post: Post[_View]) -> Post[_View]:
    """The same key and body again: the same answer. The same key with another body: refused."""

    @wraps(post)
    def answered(view: _View, request: Request, **ids: UUID) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return post(view, request, **ids)
        if not re.fullmatch(KEY, key):
            raise ValidationError(f"Write {HEADER} with up to 200 letters, digits, - and _")
        answer = answer_once(
            key_digest=_digest(key.encode()),
            request_digest=_digest(request.get_full_path().encode(), request.body),
            work=lambda: _answer(post(view, request, **ids)),
            by=user_of(request),
            at=timezone.now(),
        )
        return Response(answer.body, status=answer.status)

    answered.takes_key = True  # type: ignore[attr-defined]  # read by description.operation
    return answered


def _answer(response: Response) -> Answer:
    body: Any = response.data  # what the view's OutputSerializer made
    return Answer(status=response.status_code, body=body)


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
