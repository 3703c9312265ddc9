"""Letters: drafted, read with their reasons, approved as read, and fetched as made."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
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
from letters.cases.errors import AdjustmentNotSaid, ConsentMissing
from letters.cases.models import Case, ResponsibleBody
from letters.delivery.errors import FilesNotMade
from letters.drafting.errors import (
    BlankPlace,
    MayNotBeSaid,
    NotConsented,
    NotForThisHome,
    NothingToFollow,
    NotInThisNation,
    OneHomeOnly,
)
from letters.drafting.frozen import to_json
from letters.drafting.stages import Stage
from letters.issuing import actions, errors, queries
from letters.issuing.models import FileFormat
from letters.issuing.pictures import file_seen_by
from letters.law.errors import NotInForce, UnknownProvision
from letters.law.facts import Answer
from letters.outcomes.queries import happened_in
from letters.tracking import actions as tracking
from letters.tracking import errors as waits
from letters.tracking.next_steps import kinds_now, standing_of

_UNWRITABLE = (
    errors.LandlordNotKnown,
    errors.NoHazardReported,
    ConsentMissing,
    NotConsented,
    BlankPlace,
    UnknownProvision,
    NotInForce,
)
_NOT_NOW = (
    errors.ReaderNotKnown,
    errors.ReservedLetter,
    AdjustmentNotSaid,
    MayNotBeSaid,
    NotForThisHome,
    NothingToFollow,
    NotInThisNation,
    OneHomeOnly,
    waits.DraftWaits,
    waits.NothingMissed,
    waits.NothingSent,
    waits.StepsMissing,
)


class DraftLetter(APIView):
    """A letter for a case, written but not yet anybody's word."""

    scopes = {"POST": "letters:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """`responsible_body` is who reads a letter that no landlord does; the address of the
        kinds of letter of a case lists them. A letter of a kind without a narrative takes ''."""

        stage = one_of(Stage)
        narrative = passage(1500)
        responsible_body = serializers.UUIDField(required=False, allow_null=True, default=None)

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
        refuses=(NotFound, *_UNWRITABLE, *_NOT_NOW),
    )
    @once
    def post(self, request: Request, case_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        case = get_object_or_404(cases.visible_to(user), pk=case_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted, bodies = given.validated_data, directory_of(case)
        body = wanted["responsible_body"]
        letter = tracking.draft_step(
            case=case,
            stage=Stage(wanted["stage"]),
            body=None if body is None else get_object_or_404(bodies, pk=body),
            narrative=wanted["narrative"],
            also=happened_in(case),
            by=user,
            at=at,
        )
        return Response(self.OutputSerializer(letter).data, status=201)


class LetterKinds(APIView):
    """Which letters can be drafted for a case now, and what stands in the way of the others."""

    scopes = {"GET": "letters:read"}

    class OutputSerializer(serializers.Serializer[Any]):
        """Every kind there is. `why_not` says what to do first, '' for a kind that can be drafted.
        `signatures` is how many people sign it; `responsible_bodies` who could read it."""

        class BodySerializer(serializers.Serializer[Any]):
            """A council's team, an ombudsman or a tribunal."""

            id = serializers.UUIDField()
            name = serializers.CharField()
            department = serializers.CharField(allow_blank=True)

        stage = serializers.CharField(source="kind.stage")
        title = serializers.CharField(source="kind.stage.label")
        reader = serializers.CharField(source="kind.reader")
        signs = serializers.CharField(source="kind.signs")
        signatures = serializers.CharField(source="kind.signatures")
        available = serializers.BooleanField()
        why_not = serializers.CharField(allow_blank=True)
        responsible_bodies = BodySerializer(many=True)

    @operation(
        "List the kinds of letter for a case",
        answers={200: OutputSerializer(many=True)},
        refuses=(NotFound,),
        operation_id="cases_letter_kinds_list",
    )
    def get(self, request: Request, case_id: UUID) -> Response:
        user, day = user_of(request), timezone.localdate()
        case = get_object_or_404(cases.visible_to(user), pk=case_id)
        bodies = tuple(directory_of(case))
        rows = [
            {
                "kind": each.kind,
                "available": not each.why_not,
                "why_not": each.why_not,
                "responsible_bodies": [b for b in bodies if b.reader == each.kind.reader],
            }
            for each in kinds_now(standing_of(case, day=day), by=user)
        ]
        return Response(self.OutputSerializer(rows, many=True).data)


def directory_of(case: Case) -> QuerySet[ResponsibleBody]:
    """Who reads letters of this case's partnership that no landlord does."""
    return cases.responsible_bodies_of(case.team.organisation.partnership)


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
        """`seen` is the digest that reading the letter gave. `tenant_asked` says that the tenant
        has read what goes in their name and wants it sent; other letters do not need it."""

        tenant_asked = serializers.ChoiceField(
            choices=[answer.value for answer in Answer],
            required=False,
            default=Answer.NOT_KNOWN.value,
        )
        seen = serializers.RegexField("^[0-9a-f]{64}$", help_text="SHA-256 in hexadecimal")

    class OutputSerializer(serializers.Serializer[Any]):
        """The letter, frozen. A letter over two signatures has `status` awaiting_second and no
        `approved_at` after the first: it cannot be sent until another adviser approves it too."""

        id = serializers.UUIDField()
        status = serializers.CharField()
        digest = serializers.CharField(source="content_digest", allow_blank=True)
        approved_at = serializers.DateTimeField(allow_null=True)

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
            errors.AdviserSigns,
            errors.ReservedLetter,
            errors.SecondSignatureNeeded,
            errors.SignedOnAnotherDay,
            errors.TenantNotAsked,
        ),
    )
    @once
    def post(self, request: Request, letter_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        letter = get_object_or_404(queries.visible_to(user), pk=letter_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        approved = actions.approve_letter(
            letter=letter,
            seen=given.validated_data["seen"],
            tenant_asked=Answer(given.validated_data["tenant_asked"]),
            by=user,
            at=at,
        )
        return Response(self.OutputSerializer(approved).data)


class ReturnToDraft(APIView):
    """The first of two signatures is taken back."""

    scopes = {"POST": "letters:send"}

    @operation(
        "Take back the first of two signatures",
        answers={200: DraftLetter.OutputSerializer},
        refuses=(NotFound, *_UNWRITABLE, errors.NotADraft, errors.ReservedLetter),
    )
    @once
    def post(self, request: Request, letter_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        letter = get_object_or_404(queries.visible_to(user), pk=letter_id)
        returned = actions.return_to_draft(letter=letter, by=user, at=at)
        return Response(DraftLetter.OutputSerializer(returned).data)


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
        made = file_seen_by(user_of(request), letter, FileFormat.PDF)
        if made is None:
            raise FilesNotMade
        record_view(letter, by=user_of(request))
        name = f"letter-{letter.case.reference}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(made.data, content_type="application/pdf", headers=headers)
