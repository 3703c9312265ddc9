"""How an operation is described in the published OpenAPI: statuses come from the refusals."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction, OpenApiParameter, OpenApiResponse, extend_schema
from oauth2_provider.scopes import get_scopes_backend
from rest_framework import serializers
from rest_framework.exceptions import (
    MethodNotAllowed,
    NotAuthenticated,
    UnsupportedMediaType,
    ValidationError,
)
from typing_extensions import override

from letters.access.errors import KeyUsedForAnother, NotAllowed
from letters.api.authentication import ScopeMissing, TokenRefused, scopes_of
from letters.api.bodies import BodyTooLarge
from letters.api.errors import SAYS, code_of, status_of
from letters.api.repeats import HEADER, KEY
from letters.drafting.errors import DocumentRefused

_Method = TypeVar("_Method", bound=Callable[..., Any])
Answers = Mapping[int | tuple[int, str], Any]  # what extend_schema takes: serializers, schemas

_SIGNED_IN = (NotAuthenticated, TokenRefused, ScopeMissing, NotAllowed)
_BODY = (DocumentRefused, ValidationError, BodyTooLarge, UnsupportedMediaType)
_KEY = OpenApiParameter(
    HEADER,
    type={"type": "string", "pattern": f"^{KEY}$"},
    location=OpenApiParameter.HEADER,
    description="Chosen by the caller. The same key and body again are answered the same, and "
    "nothing is done twice; a refused request may be mended and sent with the same key.",
)


class ErrorsSerializer(serializers.Serializer[Any]):
    """The one body of every refusal."""

    class ErrorSerializer(serializers.Serializer[Any]):
        """One thing to mend; it repeats nothing about a patient."""

        code = serializers.CharField(help_text="What was refused; made to be read by programs")
        field = serializers.CharField(
            allow_blank=True, help_text="JSON pointer into the body, empty for the whole of it"
        )
        message = serializers.CharField(help_text="What to do about it")

    errors = ErrorSerializer(many=True)  # type: ignore[assignment]  # the body's own word


class Schema(AutoSchema):
    """Names each nested serializer by its view: `DraftLetter.InputSerializer` is
    `DraftLetterInput`."""

    @override
    def get_serializer_name(self, serializer: Any, direction: Direction) -> str:
        kind = type(serializer)
        return str(kind.__qualname__).replace("Serializer", "").replace(".", "")

    @override
    def get_operation_id(self) -> str:
        return super().get_operation_id().replace(".", "_")  # letter.pdf


class ProgramScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # theirs
    """How tokens are described, with the scope that each method needs."""

    target_class = "letters.api.authentication.ProgramAuthentication"
    name = "token"

    @override
    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[Any]]:
        return {"token": [scopes_of(auto_schema.view)[auto_schema.method]]}

    @override
    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        scopes = get_scopes_backend().get_all_scopes()
        flow = {"tokenUrl": "/api/v1/token/", "scopes": scopes}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}


def operation(
    summary: str,
    *,
    answers: Answers,
    takes: Any = None,  # a serializer, or the schema of a body by media type
    refuses: Iterable[type[Exception]] = (),
    parameters: Iterable[OpenApiParameter | type[serializers.Serializer[Any]]] = (),
    shields: Iterable[type[Exception]] = _SIGNED_IN,
    operation_id: str | None = None,
) -> Callable[[_Method], _Method]:
    """Describe one method of a view: what it takes, answers and refuses."""

    def described(method: _Method) -> _Method:
        has_key = getattr(method, "takes_key", False)
        refusals = [
            *shields,
            *(_BODY if takes else ()),
            *((ValidationError, KeyUsedForAnother) if has_key else ()),
            MethodNotAllowed,
            *refuses,
        ]
        return extend_schema(
            operation_id,
            summary=summary,
            request=takes,
            responses={**answers, **_refused(refusals)},
            parameters=[*parameters, *((_KEY,) if has_key else ())],
            auth=None if shields is _SIGNED_IN else [],
        )(method)

    return described


def _refused(kinds: Iterable[type[Exception]]) -> dict[int, OpenApiResponse]:
    by_status: defaultdict[int, list[str]] = defaultdict(list)
    for kind in dict.fromkeys(kinds):
        by_status[status_of(kind) or 500].append(_line(kind))
    return {
        status: OpenApiResponse(ErrorsSerializer, description="\n".join(lines))
        for status, lines in sorted(by_status.items())
    }


def _line(kind: type[Exception]) -> str:
    code = code_of(kind)
    says = SAYS.get(code) or " ".join((kind.__doc__ or "").split())
    return f"- `{code}`: {says}" if says else f"- `{code}`"
