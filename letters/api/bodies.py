"""What a request may carry and what an answer is: JSON, read one way only."""

from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from typing_extensions import override

from letters.drafting.case_document import parse
from letters.drafting.errors import DocumentRefused, Fault


class BodyTooLarge(APIException):
    """The body is larger than the service takes."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = "Send less at once: the body is larger than this service takes"
    default_code = "body_too_large"


class StrictJsonParser(BaseParser):
    """Refuses what JSON readers take two ways: a key twice, NaN, anything but UTF-8."""

    media_type = "application/json"

    @override
    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:  # whatever JSON holds
        request = (parser_context or {})["request"]
        body = parse(request.body)  # not from the stream, which has no limit
        if faults := tuple(_unstorable(body)):
            raise DocumentRefused(faults)
        return body


def _unstorable(body: object) -> Iterator[Fault]:
    """Each text with a NUL, which no row can hold; by a list, since a body may be very deep."""
    left: list[tuple[str, object]] = [("", body)]
    while left:
        pointer, value = left.pop()
        if isinstance(value, dict):
            left += [(f"{pointer}/{name}", inner) for name, inner in value.items()]
        elif isinstance(value, list):
            left += [(f"{pointer}/{place}", inner) for place, inner in enumerate(value)]
        elif isinstance(value, str) and "\0" in value:
            yield Fault(pointer=pointer, says="Take out the character U+0000")


class AlwaysJson(BaseContentNegotiation):
    """Answers JSON whatever a program says it would like best."""

    @override
    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        given = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == given), None)

    @override
    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        json = next(iter(renderers))
        return json, str(json.media_type)
