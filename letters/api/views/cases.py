"""Cases: opened from a case document, read back without a name, an address or a health item."""

import json
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.access.errors import TeamNotClear
from letters.access.queries import chosen_teams
from letters.api.authentication import user_of
from letters.api.description import operation
from letters.api.fields import passage
from letters.api.repeats import once
from letters.audit.record import record_view
from letters.cases import queries
from letters.cases.errors import (
    ConsentEndsTooSoon,
    HomeContradicted,
    OpenCaseExists,
    PatientDiffers,
)
from letters.cases.intake import take_in
from letters.cases.legal import library
from letters.delivery import withholding
from letters.drafting.case_document import CaseSchema, check, read_case_schema
from letters.issuing.queries import letters_of


@cache
def case_schema() -> CaseSchema:
    return read_case_schema(settings.CASE_SCHEMA)


def case_body() -> dict[str, Any]:
    """The published schema as the body of a request: OpenAPI keeps definitions elsewhere."""
    schema: dict[str, Any] = json.loads(settings.CASE_SCHEMA.read_text(encoding="utf-8"))
    definitions = schema.pop("$defs")
    del schema["$schema"]
    body: dict[str, Any] = _resolved(schema, definitions)
    return body


def _resolved(part: Any, definitions: dict[str, Any]) -> Any:  # whatever JSON holds
    if isinstance(part, list):
        return [_resolved(inner, definitions) for inner in part]
    if not isinstance(part, dict):
        return part
    name = str(part.get("$ref", "")).removeprefix("#/$defs/")
    return {
        key: _resolved(inner, definitions)
        for key, inner in {**definitions.get(name, {}), **part}.items()
        if key != "$ref"
    }


class TeamsChosen(serializers.Serializer[dict[str, Any]]):
    """Which teams work the case; needed only by who has more than one to choose from."""

    team = serializers.UUIDField(required=False, default=None)
    advice_team = serializers.UUIDField(required=False, default=None)


class Page(CursorPagination):
    """The latest first; the cursor holds a moment and nothing else."""

    page_size = 50
    ordering = ("-opened_at", "-id")


class Cases(APIView):
    """The cases that the person may see."""

    scopes = {"GET": "cases:read", "POST": "cases:write"}

    class PageSerializer(serializers.Serializer[Any]):
        """Fifty cases, and the addresses of the pages around them."""

        class CaseSerializer(serializers.Serializer[Any]):
            """A case by its reference."""

            id = serializers.UUIDField()
            reference = serializers.CharField()
            team = serializers.UUIDField(source="team_id")
            advice_team = serializers.UUIDField(source="advice_team_id")
            opened_at = serializers.DateTimeField()
            closed_at = serializers.DateTimeField(allow_null=True)

        next = serializers.URLField(allow_null=True)
        previous = serializers.URLField(allow_null=True)
        results = CaseSerializer(many=True)

    OutputSerializer = PageSerializer.CaseSerializer

    @operation(
        "List cases, the latest first",
        answers={200: PageSerializer},
        refuses=(NotFound,),
        parameters=(OpenApiParameter("cursor", description="From `next` or `previous`"),),
        operation_id="cases_list",
    )
    def get(self, request: Request) -> Response:
        pages = Page()
        cases = pages.paginate_queryset(queries.visible_to(user_of(request)), request, view=self)
        return pages.get_paginated_response(self.OutputSerializer(cases, many=True).data)

    @operation(
        "Open a case from a case document",
        takes={"application/json": case_body()},
        answers={201: OutputSerializer},
        refuses=(
            TeamNotClear,
            OpenCaseExists,
            PatientDiffers,
            HomeContradicted,
            ConsentEndsTooSoon,
        ),
        parameters=(TeamsChosen,),
    )
    @once
    def post(self, request: Request) -> Response:
        """`writer` is not read: the person who asks is the writer. `narrative` is checked and left
        where it belongs: give it again when the letter is drafted."""
        user, at = user_of(request), timezone.now()
        document = check(request.data, case_schema(), day=timezone.localdate(at), library=library())
        chosen = TeamsChosen(data=request.query_params)
        chosen.is_valid(raise_exception=True)
        team, advice_team = chosen_teams(user, **chosen.validated_data)
        case = take_in(document=document, team=team, advice_team=advice_team, by=user, at=at)
        return Response(self.OutputSerializer(case).data, status=201)


class OneCase(APIView):
    """One case: what is reported, agreed and written, by value and id."""

    scopes = {"GET": "cases:read"}

    class OutputSerializer(serializers.Serializer[Any]):
        """No name, address or health item: these are read on the pages and in the letters."""

        class HazardSerializer(serializers.Serializer[Any]):
            """A hazard report; its id is what a remediation is recorded for."""

            id = serializers.UUIDField()
            hazard = serializers.CharField()
            severity = serializers.CharField()
            first_noticed_on = serializers.DateField(allow_null=True)
            landlord_told_on = serializers.DateField(allow_null=True)
            reported_at = serializers.DateTimeField()

        class ConsentSerializer(serializers.Serializer[Any]):
            """The consent that has not been withdrawn."""

            given_on = serializers.DateField()
            expires_on = serializers.DateField()

        class GrantSerializer(serializers.Serializer[Any]):
            """One thing that one recipient may be told for one purpose."""

            recipient = serializers.CharField()
            purpose = serializers.CharField()
            item = serializers.CharField()

        class LetterSerializer(serializers.Serializer[Any]):
            """A letter by its id."""

            id = serializers.UUIDField()
            stage = serializers.CharField()
            status = serializers.CharField()
            day = serializers.DateField()

        id = serializers.UUIDField(source="case.id")
        reference = serializers.CharField(source="case.reference")
        team = serializers.UUIDField(source="case.team_id")
        advice_team = serializers.UUIDField(source="case.advice_team_id")
        opened_at = serializers.DateTimeField(source="case.opened_at")
        closed_at = serializers.DateTimeField(source="case.closed_at", allow_null=True)
        jurisdiction = serializers.CharField(source="case.tenancy.home.jurisdiction")
        tenure = serializers.CharField(source="case.tenancy.tenure")
        agreement = serializers.CharField(source="case.tenancy.agreement")
        landlord_kind = serializers.CharField(source="case.tenancy.landlord_kind")
        hazards = HazardSerializer(many=True)
        consent = ConsentSerializer(allow_null=True)
        grants = GrantSerializer(many=True)
        letters = LetterSerializer(many=True)

    @operation("Read a case", answers={200: OutputSerializer}, refuses=(NotFound,))
    def get(self, request: Request, case_id: UUID) -> Response:
        case = get_object_or_404(queries.visible_to(user_of(request)), pk=case_id)
        record_view(case, by=user_of(request))
        consent = queries.open_consent(case)
        whole = {
            "case": case,
            "hazards": queries.hazards_of(case),
            "consent": consent,
            "grants": queries.grants_of(consent) if consent else (),
            "letters": letters_of(case),
        }
        return Response(self.OutputSerializer(whole).data)


class WithdrawConsent(APIView):
    """The patient takes back everything they agreed to."""

    scopes = {"POST": "cases:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """The patient need give no reason."""

        reason = passage(500)

    @operation(
        "Withdraw the patient's consent; what is queued is stopped when it is due",
        takes=InputSerializer,
        answers={204: None},
        refuses=(NotFound,),
    )
    @once
    def post(self, request: Request, case_id: UUID) -> Response:
        case = get_object_or_404(queries.visible_to(user_of(request)), pk=case_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        withholding.withdrew_consent(
            case=case, **given.validated_data, by=user_of(request), at=timezone.now()
        )
        return Response(status=204)
