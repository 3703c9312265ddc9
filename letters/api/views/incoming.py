"""What came in about a case, as ids and kinds; telephone notes; promises."""

from typing import Any
from uuid import UUID, uuid4

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response as Answer
from rest_framework.views import APIView

from letters.api.authentication import user_of
from letters.api.description import operation
from letters.api.fields import one_of, passage
from letters.api.repeats import once
from letters.cases import queries as cases
from letters.incoming import actions, errors, queries
from letters.incoming.actions.answers import Promised
from letters.incoming.models import Call, MessageLink
from letters.outcomes.models import Response
from letters.tracking.errors import PromiseTooFar
from letters.tracking.models import Commitment
from letters.tracking.queries import commitments_of

_LONGEST = 2000


class Messages(APIView):
    """What came in about a case: never what it says, nor from whom."""

    scopes = {"GET": "cases:read"}

    class OutputSerializer(serializers.Serializer[MessageLink]):
        """One message, and what was recorded from it."""

        id = serializers.UUIDField(source="message_id")
        kind = serializers.CharField(source="message.kind")
        came_by = serializers.CharField(source="message.source")
        received_at = serializers.DateTimeField(source="message.received_at")
        letter = serializers.UUIDField(source="letter_id", allow_null=True)
        response = serializers.UUIDField(source="response_id", allow_null=True)
        waits = serializers.SerializerMethodField(help_text="Whether nobody has read it yet")

        def get_waits(self, link: MessageLink) -> bool:
            return link.settled_at is None

    @operation(
        "What came in about a case, the latest first",
        answers={200: OutputSerializer(many=True)},
        refuses=(NotFound,),
    )
    def get(self, request: Request, case_id: UUID) -> Answer:
        case = get_object_or_404(cases.visible_to(user_of(request)), pk=case_id)
        return Answer([self.OutputSerializer(link).data for link in queries.messages_about(case)])


class _CommitmentSerializer(serializers.Serializer[Commitment]):
    """A promise, without the words it was given in."""

    id = serializers.UUIDField()
    letter = serializers.UUIDField(source="letter_id", allow_null=True)
    what = serializers.CharField()
    promised_by = serializers.CharField()
    promised_for = serializers.DateField()
    first_promised_for = serializers.DateField()
    came_from = serializers.CharField()
    status = serializers.CharField()
    ended_at = serializers.DateTimeField(allow_null=True)


class Commitments(APIView):
    """What was promised in a case, and what became of it."""

    scopes = {"GET": "cases:read"}

    @operation(
        "What was promised in a case, what is still to come first",
        answers={200: _CommitmentSerializer(many=True)},
        refuses=(NotFound,),
    )
    def get(self, request: Request, case_id: UUID) -> Answer:
        case = get_object_or_404(cases.visible_to(user_of(request)), pk=case_id)
        return Answer([_CommitmentSerializer(each).data for each in commitments_of(case)])


class NoteCall(APIView):
    """A telephone note."""

    scopes = {"POST": "outcomes:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """Who called, what they said, and what they promised."""

        class PromiseSerializer(serializers.Serializer[Any]):
            """Something promised for a day; it is watched from now on."""

            what = one_of(Commitment.What)
            promised_for = serializers.DateField()
            words = passage(_LONGEST)

        caller = one_of(Call.Caller)
        said = serializers.ChoiceField(
            choices=Response.Kind.values,
            allow_null=True,
            help_text="Null for something else. From the landlord, or a contractor for them, it "
            "shows that they know of the latest letter.",
        )
        words = passage(_LONGEST)
        promise = PromiseSerializer(allow_null=True)
        called_at = serializers.DateTimeField()

    class OutputSerializer(serializers.Serializer[Call]):
        """Without the free words."""

        id = serializers.UUIDField()
        caller = serializers.CharField()
        said = serializers.CharField(allow_blank=True)
        called_at = serializers.DateTimeField()
        letter = serializers.UUIDField(source="letter_id", allow_null=True)
        response = serializers.UUIDField(source="response_id", allow_null=True)
        commitment = serializers.UUIDField(source="commitment_id", allow_null=True)

    @operation(
        "Note a telephone call",
        takes=InputSerializer,
        answers={201: OutputSerializer},
        refuses=(
            NotFound,
            errors.NotFromTheFuture,
            errors.TooLongAgo,
            errors.NothingSaid,
            PromiseTooFar,
        ),
    )
    @once
    def post(self, request: Request, case_id: UUID) -> Answer:
        user, at = user_of(request), timezone.now()
        case = get_object_or_404(cases.visible_to(user), pk=case_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        call = actions.note_call(
            note_id=uuid4(), case=case, **_spelled(given.validated_data), by=user, at=at
        )
        return Answer(self.OutputSerializer(call).data, status=201)


def _spelled(given: dict[str, Any]) -> dict[str, Any]:
    """The words of a note as the values that the action takes."""
    caller, promise = Call.Caller(given["caller"]), given["promise"]
    by = Commitment.PromisedBy
    promised_by = by(caller.value) if caller.value in by.values else by.OTHER
    return {
        "caller": caller,
        "said": Response.Kind(given["said"]) if given["said"] else None,
        "words": given["words"],
        "called_at": given["called_at"],
        "promise": Promised(
            what=Commitment.What(promise["what"]),
            promised_for=promise["promised_for"],
            promised_by=promised_by,
            words=promise["words"],
        )
        if promise
        else None,
    }
