"""What would go out, before it does; by kind, and no reader by name."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.access.queries import partnerships_with, require
from letters.access.roles import Right
from letters.api.authentication import user_of
from letters.api.description import operation
from letters.delivery.rehearsal import rehearse
from letters.issuing.queries import visible_to


class Rehearsal(APIView):
    """Every letter of the person's cases that could go."""

    scopes = {"GET": "letters:read"}

    class OutputSerializer(serializers.Serializer[Any]):
        """`channel` is null where no way is open; `goes_at` where nobody has asked for it to be
        sent, and the rest is counted as if it went now. `stopped_by` are what a dispatch would
        give as its reason, and `not_approved`."""

        class ShutSerializer(serializers.Serializer[Any]):
            """A way that it cannot go."""

            channel = serializers.CharField()
            says = serializers.CharField()

        class StartsSerializer(serializers.Serializer[Any]):
            """A time that would begin to run."""

            provision = serializers.CharField()
            requires = serializers.CharField()
            due_at = serializers.DateTimeField()

        letter = serializers.UUIDField(source="letter.pk")
        case = serializers.UUIDField(source="letter.case_id")
        stage = serializers.CharField(source="letter.stage")
        recipient = serializers.CharField(source="letter.recipient")
        channel = serializers.CharField(allow_null=True)
        is_asked_for = serializers.BooleanField()
        goes_at = serializers.DateTimeField(allow_null=True)
        receipt_at = serializers.DateTimeField(allow_null=True)
        would_go = serializers.BooleanField()
        stopped_by = serializers.ListField(child=serializers.CharField())
        shut = ShutSerializer(many=True)
        starts = StartsSerializer(many=True)

    @operation(
        "Rehearse: what would go, how, when, and what would stop it; nothing is sent or written",
        answers={200: OutputSerializer(many=True)},
        operation_id="rehearsal_list",
    )
    def get(self, request: Request) -> Response:
        user, at = user_of(request), timezone.now()
        require(user, Right.REHEARSE)
        found = [
            each
            for partnership in partnerships_with(user, Right.REHEARSE)
            for each in rehearse(partnership, at, among=visible_to(user))
        ]
        return Response(self.OutputSerializer(found, many=True).data)
