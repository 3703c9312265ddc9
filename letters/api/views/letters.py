"""Letters: drafted, read with their reasons, approved as read, and fetched as made."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.api.authentication import user_of
from letters.api.description import operation
from letters.api.fields import one_of, passage
from letters.api.repeats import once
from letters.audit.record import record_view
from letters.cases import queries as cases
from letters.cases.errors import ConsentMissing
from letters.delivery.errors import FilesNotMade
from letters.drafting.errors import BlankPlace, NotConsented
from letters.drafting.frozen import to_json
from letters.drafting.stages import Stage
from letters.issuing import actions, errors, queries
from letters.issuing.models import FileFormat
from letters.law.errors import NotInForce, UnknownProvision

_UNWRITABLE = (
    errors.LandlordNotKnown,
    errors.NoHazardReported,
    ConsentMissing,
    NotConsented,
    BlankPlace,
    UnknownProvision,
    NotInForce,
)


class DraftLetter(APIView):
    """A letter for a case, written but not yet anybody's word."""

    scopes = {"POST": "letters:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """Later stages are drafted by the service itself, when a deadline is missed."""

        stage = one_of((Stage.FIRST_LETTER,))
        narrative = passage(1500)

    class OutputSerializer(serializers.Serializer[Any]):
        """The draft by its id; reading it gives its words and their digest."""

        id = serializers.UUIDField()
        case = serializers.UUIDField(source="case_id")
        stage = serializers.CharField()
        status = serializers.CharField()
        day = serializers.DateField()

    @operation(
        "Draft a letter",
        takes=InputSerializer,
        answers={201: OutputSerializer},
        refuses=(NotFound, *_UNWRITABLE),
    )
    @once
    def post(self, request: Request, case_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        case = get_object_or_404(cases.visible_to(user), pk=case_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        stage, narrative = Stage(given.validated_data["stage"]), given.validated_data["narrative"]
        letter = actions.draft_letter(
            case=case,
            stage=stage,
            narrative=narrative,
            follows=None,
            earlier=None,
            body=None,
            by=user,
            at=at,
        )
        return Response(self.OutputSerializer(letter).data, status=201)


class OneLetter(APIView):
    """A letter with every word of it."""

    scopes = {"GET": "letters:read"}

    class OutputSerializer(serializers.Serializer[Any]):
        """`content` is a tree of blocks, each with its `type`: a draft as it would go out today
        over the name of who asks, any other as it was approved. `digest` stands for its words."""

        id = serializers.UUIDField(source="letter.id")
        case = serializers.UUIDField(source="letter.case_id")
        stage = serializers.CharField(source="letter.stage")
        status = serializers.CharField(source="letter.status")
        approved_at = serializers.DateTimeField(source="letter.approved_at", allow_null=True)
        digest = serializers.CharField(source="preview.digest")
        content = serializers.DictField()

    @operation("Read a letter", answers={200: OutputSerializer}, refuses=(NotFound, *_UNWRITABLE))
    def get(self, request: Request, letter_id: UUID) -> Response:
        user = user_of(request)
        letter = get_object_or_404(queries.visible_to(user), pk=letter_id)
        preview = actions.read_letter(letter=letter, by=user, at=timezone.now())
        record_view(letter, by=user)
        read = {"letter": letter, "preview": preview, "content": to_json(preview.content)}
        return Response(self.OutputSerializer(read).data)


class LetterTrace(APIView):
    """Why a letter says what it says; for those who work on the case, never for the landlord."""

    scopes = {"GET": "letters:read"}

    class OutputSerializer(serializers.Serializer[Any]):
        """Every block: its wording, the provisions and facts behind it; and what was left out."""

        id = serializers.UUIDField(source="letter.id")
        digest = serializers.CharField(source="preview.digest")
        trace = serializers.DictField()

    @operation(
        "Read the reasons for a letter",
        answers={200: OutputSerializer},
        refuses=(NotFound, *_UNWRITABLE),
    )
    def get(self, request: Request, letter_id: UUID) -> Response:
        user = user_of(request)
        letter = get_object_or_404(queries.visible_to(user), pk=letter_id)
        preview = actions.read_letter(letter=letter, by=user, at=timezone.now())
        record_view(letter, by=user)
        read = {"letter": letter, "preview": preview, "trace": to_json(preview.trace)}
        return Response(self.OutputSerializer(read).data)


class ApproveLetter(APIView):
    """A person stands for the words they have read."""

    scopes = {"POST": "letters:send"}

    class InputSerializer(serializers.Serializer[Any]):
        """`seen` is the digest that reading the letter gave."""

        seen = serializers.RegexField("^[0-9a-f]{64}$", help_text="SHA-256 in hexadecimal")

    class OutputSerializer(serializers.Serializer[Any]):
        """The letter, frozen."""

        id = serializers.UUIDField()
        status = serializers.CharField()
        digest = serializers.CharField(source="content_digest")
        approved_at = serializers.DateTimeField()

    @operation(
        "Approve a letter as it was read; the same words a second time change nothing",
        takes=InputSerializer,
        answers={200: OutputSerializer},
        refuses=(
            NotFound,
            *_UNWRITABLE,
            errors.NotADraft,
            errors.DraftChanged,
            errors.NotSignedOff,
            errors.ReprisalNotDiscussed,
            errors.AdviserNeeded,
            errors.ClinicianNeeded,
        ),
    )
    def post(self, request: Request, letter_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        letter = get_object_or_404(queries.visible_to(user), pk=letter_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        approved = actions.approve_letter(letter=letter, **given.validated_data, by=user, at=at)
        return Response(self.OutputSerializer(approved).data)


class LetterPdf(APIView):
    """An approved letter as it goes out."""

    scopes = {"GET": "letters:read"}

    @operation(
        "Fetch the PDF that a worker made once the letter was to be sent",
        answers={(200, "application/pdf"): {"type": "string", "format": "binary"}},
        refuses=(NotFound, FilesNotMade),
    )
    def get(self, request: Request, letter_id: UUID) -> HttpResponse:
        letter = get_object_or_404(queries.visible_to(user_of(request)), pk=letter_id)
        made = queries.file_of(letter, FileFormat.PDF)
        if made is None:
            raise FilesNotMade
        record_view(letter, by=user_of(request))
        name = f"letter-{letter.case.reference}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(made.data, content_type="application/pdf", headers=headers)
