"""The page on which a letter's reader opens it, for those who sent it."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.access.queries import require
from letters.access.roles import Right
from letters.api.authentication import user_of
from letters.api.description import operation
from letters.api.repeats import once
from letters.delivery.links import actions, queries
from letters.delivery.links.errors import LinkNotOffered
from letters.delivery.models import Dispatch
from letters.delivery.queries import visible_to


def _visible(request: Request, dispatch_id: UUID) -> Dispatch:
    return get_object_or_404(visible_to(user_of(request)), pk=dispatch_id)


class OneLink(APIView):
    """Whether a letter can be opened by link, and what was done there."""

    scopes = {"GET": "letters:send"}

    class OutputSerializer(serializers.Serializer[Any]):
        """`url` is null without a link, and as secret as a key; `shut` says why it opens nothing.
        Nothing is kept of who came or from where."""

        class VisitSerializer(serializers.Serializer[Any]):
            """One thing that was done there."""

            at = serializers.DateTimeField()
            outcome = serializers.CharField()

        url = serializers.CharField(allow_null=True)
        expires_at = serializers.DateTimeField(allow_null=True)
        shut = serializers.CharField(allow_null=True)
        visits = VisitSerializer(many=True)

    @operation(
        "Read the link to a letter, and what was done there",
        answers={200: OutputSerializer},
        refuses=(NotFound,),
    )
    def get(self, request: Request, dispatch_id: UUID) -> Response:
        require(user_of(request), Right.SEND_LETTER)
        dispatch = _visible(request, dispatch_id)
        live = queries.live_link(dispatch)
        found = {
            "url": queries.url_of(live) if live else None,
            "expires_at": live.expires_at if live else None,
            "shut": queries.why_shut(live, timezone.now()) if live else None,
            "visits": queries.visits_of(dispatch),
        }
        return Response(self.OutputSerializer(found).data)


class RenewLink(APIView):
    """A new link in place of the old."""

    scopes = {"POST": "letters:send"}

    class OutputSerializer(serializers.Serializer[Any]):
        """Until when it opens the letter; read the link itself afterwards."""

        number = serializers.IntegerField()
        expires_at = serializers.DateTimeField()

    @operation(
        "Make a new link, which ends the one before; nothing is sent",
        answers={201: OutputSerializer},
        refuses=(NotFound, LinkNotOffered),
    )
    @once
    def post(self, request: Request, dispatch_id: UUID) -> Response:
        dispatch = _visible(request, dispatch_id)
        made = actions.renew_link(dispatch=dispatch, by=user_of(request), at=timezone.now())
        return Response(self.OutputSerializer(made).data, status=201)


class EndLink(APIView):
    """Nobody opens the letter by its link any more."""

    scopes = {"POST": "letters:send"}

    @operation(
        "End the link to a letter; a second time changes nothing",
        answers={204: None},
        refuses=(NotFound,),
    )
    @once
    def post(self, request: Request, dispatch_id: UUID) -> Response:
        dispatch = _visible(request, dispatch_id)
        actions.end_link(dispatch=dispatch, by=user_of(request), at=timezone.now())
        return Response(status=204)
