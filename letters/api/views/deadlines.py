"""Deadlines: what is due, and what changes it, always with a reason."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.api.authentication import user_of
from letters.api.description import operation
from letters.api.fields import reason
from letters.api.repeats import once
from letters.tracking import actions, errors, queries
from letters.tracking.models import Deadline


class Deadlines(APIView):
    """Everything that runs for the person's cases, the first due first."""

    scopes = {"GET": "deadlines:read"}

    class OutputSerializer(serializers.Serializer[Any]):
        """`working` is how it was counted: the start, each day counted and each skipped. `hazard`
        is null where the time turns on none, such as one for answering a complaint."""

        id = serializers.UUIDField()
        case = serializers.UUIDField(source="letter.case_id")
        reference = serializers.CharField(source="letter.case.reference")
        letter = serializers.UUIDField(source="letter_id")
        hazard = serializers.CharField(source="hazard_report.hazard", allow_null=True, default=None)
        provision = serializers.CharField(source="provision_id")
        requires = serializers.CharField()
        basis = serializers.CharField()
        status = serializers.CharField()
        due_at = serializers.DateTimeField()
        original_due_at = serializers.DateTimeField()
        start_event = serializers.CharField(source="start.event")
        started_at = serializers.DateTimeField(source="start.at")
        knowledge = serializers.CharField(source="start.knowledge")
        working = serializers.DictField()

    @operation(
        "List what is due, the first due first",
        answers={200: OutputSerializer(many=True)},
    )
    def get(self, request: Request) -> Response:
        deadlines = queries.worklist(user_of(request))
        return Response(self.OutputSerializer(deadlines, many=True).data)


class ChangeDeadline(APIView):
    """One change that needs nothing but its reason; `urls` says which."""

    scopes = {"POST": "deadlines:write"}
    change: Callable[..., Deadline] = staticmethod(actions.close_deadline)

    class InputSerializer(serializers.Serializer[Any]):
        """Why."""

        reason = reason()

    @operation(
        "Change a deadline, with the reason",
        takes=InputSerializer,
        answers={200: Deadlines.OutputSerializer},
        refuses=(NotFound, errors.DeadlineEnded, errors.NotPaused, errors.ReasonMissing),
    )
    @once
    def post(self, request: Request, deadline_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        deadline = get_object_or_404(queries.visible_to(user), pk=deadline_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        changed = self.change(deadline=deadline, **given.validated_data, by=user, at=at)
        return Response(Deadlines.OutputSerializer(changed).data)


class ExtendDeadline(APIView):
    """A deadline put off."""

    scopes = {"POST": "deadlines:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """Until the end of which day, and why."""

        until = serializers.DateField()
        reason = reason()

    @operation(
        "Put a deadline off to the end of a later day; the original day is kept",
        takes=InputSerializer,
        answers={200: Deadlines.OutputSerializer},
        refuses=(
            NotFound,
            errors.DeadlineEnded,
            errors.ExtensionTooLong,
            errors.NotLater,
            errors.ReasonMissing,
        ),
    )
    @once
    def post(self, request: Request, deadline_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        deadline = get_object_or_404(queries.visible_to(user), pk=deadline_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        put_off = actions.extend_deadline(deadline=deadline, **given.validated_data, by=user, at=at)
        return Response(Deadlines.OutputSerializer(put_off).data)
