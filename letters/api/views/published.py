"""What everybody may read, and where a program gets its token."""

import json
from functools import cache
from typing import Any, Never

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from oauth2_provider.oauth2_backends import get_oauthlib_core
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView
from typing_extensions import override

from letters.api.bodies import BodyTooLarge
from letters.api.description import ErrorsSerializer, operation

_FORM = "application/x-www-form-urlencoded"


@cache
def _case_schema() -> bytes:
    schema: bytes = settings.CASE_SCHEMA.read_bytes()
    return schema


class CaseSchema(APIView):
    """The shape of a case document."""

    authentication_classes = ()
    permission_classes = ()

    @operation(
        "Read the JSON Schema of the case document",
        answers={(200, "application/schema+json"): {"type": "object"}},
        shields=(),
    )
    def get(self, request: Request) -> HttpResponse:
        return HttpResponse(_case_schema(), content_type="application/schema+json")


class Token(APIView):
    """RFC 6749, client credentials: no other grant is given."""

    authentication_classes = ()
    permission_classes = ()

    class InputSerializer(serializers.Serializer[Any]):
        """Id and secret may come as HTTP Basic authentication instead."""

        grant_type = serializers.ChoiceField(choices=["client_credentials"])
        client_id = serializers.CharField()
        client_secret = serializers.CharField()
        scope = serializers.CharField(
            help_text="Scopes with spaces between; none are given unasked"
        )

    class OutputSerializer(serializers.Serializer[Any]):
        """The token goes into the Authorization header: `Bearer ...`."""

        access_token = serializers.CharField()
        token_type = serializers.CharField()
        expires_in = serializers.IntegerField()
        scope = serializers.CharField()

    class RefusalSerializer(ErrorsSerializer):
        """`error` as RFC 6749 has it, beside the body of every other refusal."""

        error = serializers.CharField()

    @operation(
        "Get a token",
        takes={_FORM: InputSerializer},
        answers={200: OutputSerializer, 400: RefusalSerializer, 401: RefusalSerializer},
        shields=(BodyTooLarge,),
    )
    def post(self, request: Request) -> HttpResponse:
        # the bare request: the toolkit reads the form by itself
        bare = request._request  # noqa: SLF001
        _, headers, body, status = get_oauthlib_core().create_token_response(bare)
        answer = json.loads(body)
        if code := answer.get("error"):
            says = answer.get("error_description") or "Check the client's id, secret and scopes"
            answer["errors"] = [{"code": code, "field": "", "message": says}]
        kept = {name: value for name, value in headers.items() if name != "Content-Type"}
        return JsonResponse(answer, status=status, headers=kept)


class NothingHere(APIView):
    """An address that is none is answered like a row that is not there."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    @override
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> Never:
        raise NotFound
