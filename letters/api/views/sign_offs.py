"""Which law and wording a partnership's reviewers stand for; they sign on the pages."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.access.queries import partnerships_of
from letters.api.authentication import user_of
from letters.api.description import operation
from letters.issuing.explorer import nations_with_law
from letters.issuing.reviewing import reviewed_units
from letters.law.periods import LONDON


class SignOffs(APIView):
    """Every unit of every nation, in each partnership of the person, with where it stands."""

    scopes = {"GET": "law:read"}

    class OutputSerializer(serializers.Serializer[Any]):
        """`review_by` is null where nobody stands for the unit as it is now. A demonstration
        signature says that nobody reviewed anything."""

        partnership = serializers.UUIDField()
        nation = serializers.CharField()
        unit = serializers.CharField(source="reviewed.unit.id")
        kind = serializers.CharField(source="reviewed.unit.kind")
        title = serializers.CharField(source="reviewed.unit.title")
        digest = serializers.CharField(source="reviewed.unit.digest")
        status = serializers.CharField(source="reviewed.status")
        signed_at = serializers.DateTimeField(
            source="reviewed.standing.signed_at", allow_null=True, default=None
        )
        confirmed_at = serializers.DateTimeField(
            source="reviewed.standing.confirmed_at", allow_null=True, default=None
        )
        review_by = serializers.DateField(
            source="reviewed.standing.review_by", allow_null=True, default=None
        )
        is_demonstration = serializers.BooleanField()

    @operation(
        "List where each piece of law and wording stands",
        answers={200: OutputSerializer(many=True)},
        operation_id="sign_offs_list",
    )
    def get(self, request: Request) -> Response:
        day = timezone.now().astimezone(LONDON).date()
        listed = [
            {
                "partnership": partnership.pk,
                "nation": nation,
                "reviewed": reviewed,
                "is_demonstration": partnership.is_demonstration,
            }
            for partnership in partnerships_of(user_of(request)).order_by("name")
            for nation in nations_with_law()
            for reviewed in reviewed_units(partnership, nation, day)
        ]
        return Response(self.OutputSerializer(listed, many=True).data)
