"""Following what happens in a partnership, and letting another program be told of it."""

from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from letters.announcing import actions, errors, queries
from letters.announcing.kinds import EventKind
from letters.announcing.models import Subscription
from letters.api.authentication import user_of
from letters.api.description import operation
from letters.api.fields import one_of
from letters.api.repeats import Post, once

_View = TypeVar("_View", bound=APIView)
_MOST_EVENTS = 500
_MOST_GIVEN_UP = 100


class Events(APIView):
    """The log of the partnership, the oldest first."""

    scopes = {"GET": "events:read"}

    class QuerySerializer(serializers.Serializer[Any]):
        """Where to go on, and how much to take at once."""

        after = serializers.CharField(required=False, default="", max_length=100)
        limit = serializers.IntegerField(
            required=False, default=100, min_value=1, max_value=_MOST_EVENTS
        )

    class OutputSerializer(serializers.Serializer[Any]):
        """`cursor` is what to ask with next; no event is ever skipped. Ask again where `events` is
        empty: there was nothing new."""

        class EventSerializer(serializers.Serializer[Any]):
            """Ids and a kind, as a webhook tells it."""

            id = serializers.UUIDField(source="public_id")
            kind = serializers.CharField()
            at = serializers.DateTimeField()
            subject = serializers.UUIDField(source="subject_id")
            case = serializers.UUIDField(source="case_id", allow_null=True)
            partnership = serializers.UUIDField(source="partnership_id")

        events = EventSerializer(many=True)
        cursor = serializers.CharField(allow_blank=True)

    @operation(
        "Follow what happens, from a cursor on",
        answers={200: OutputSerializer},
        refuses=(ValidationError, errors.CursorNotKnown),
        parameters=(QuerySerializer,),
    )
    def get(self, request: Request) -> Response:
        asked = self.QuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        page = queries.events_after(
            asked.validated_data["after"],
            most=asked.validated_data["limit"],
            by=user_of(request),
        )
        return Response(self.OutputSerializer(page).data)


def adding_secret(post: Post[_View]) -> Post[_View]:
    """The secret goes into the answer alone, and not into what is kept of it to answer again."""

    @wraps(post)
    def added(view: _View, request: Request, **ids: UUID) -> Response:
        answer = post(view, request, **ids)
        made = _visible(request, answer.data["id"])
        return Response(answer.data | {"secret": made.secret}, status=answer.status_code)

    return added


def _visible(request: Request, subscription_id: UUID) -> Subscription:
    rows = queries.subscriptions_visible_to(user_of(request))
    return get_object_or_404(rows, pk=subscription_id)


class Subscriptions(APIView):
    """Who is told what happens; administrators see to it."""

    scopes = {"GET": "subscriptions:read", "POST": "subscriptions:write"}

    class InputSerializer(serializers.Serializer[Any]):
        """Where to, of what; `partnership` only for somebody who is an administrator in several."""

        url = serializers.CharField(max_length=500)
        kinds = serializers.ListField(child=one_of(EventKind), min_length=1, max_length=100)
        partnership = serializers.UUIDField(required=False)

    class OutputSerializer(serializers.Serializer[Any]):
        """Of the address only the host, since the rest may hold a password. `paused_at` after many
        failures in a row, until somebody resumes it."""

        id = serializers.UUIDField()
        partnership = serializers.UUIDField(source="partnership_id")
        host = serializers.CharField()
        kinds = serializers.ListField(child=serializers.CharField(), source="told")
        failures_in_a_row = serializers.IntegerField()
        made_at = serializers.DateTimeField()
        paused_at = serializers.DateTimeField(allow_null=True)
        ended_at = serializers.DateTimeField(allow_null=True)

    class SecretSerializer(OutputSerializer):
        """With the secret that signs: keep it, it is told only now."""

        secret = serializers.CharField()

    @operation("List who is told what happens", answers={200: OutputSerializer(many=True)})
    def get(self, request: Request) -> Response:
        rows = queries.subscriptions_visible_to(user_of(request))
        return Response(self.OutputSerializer(rows, many=True).data)

    @operation(
        "Let another program be told what happens",
        takes=InputSerializer,
        answers={201: SecretSerializer},
        refuses=(
            errors.AddressNotAllowed,
            errors.DemonstrationTellsNobody,
            errors.NothingChosen,
            errors.PartnershipNotClear,
        ),
    )
    @adding_secret
    @once
    def post(self, request: Request) -> Response:
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        chosen = dict(given.validated_data)
        chosen["kinds"] = [EventKind(kind) for kind in chosen["kinds"]]
        made = actions.subscribe(**chosen, by=user_of(request), at=timezone.now())
        return Response(self.OutputSerializer(made).data, status=201)


class OneSubscription(APIView):
    """How well a program is told."""

    scopes = {"GET": "subscriptions:read"}

    class OutputSerializer(Subscriptions.OutputSerializer):
        """`given_up` are the latest that were not taken in about a day of tries; they can be told
        again. `reason` says why."""

        class AnnouncementSerializer(serializers.Serializer[Any]):
            """One event that it was not told."""

            id = serializers.UUIDField()
            event = serializers.UUIDField(source="event.public_id")
            kind = serializers.CharField(source="event.kind")
            at = serializers.DateTimeField(source="event.at")
            attempts = serializers.IntegerField()
            reason = serializers.CharField()

        waiting = serializers.IntegerField()
        given_up = AnnouncementSerializer(many=True)

    @operation(
        "Read how well a program is told", answers={200: OutputSerializer}, refuses=(NotFound,)
    )
    def get(self, request: Request, subscription_id: UUID) -> Response:
        row = _visible(request, subscription_id)
        health = {
            "waiting": queries.waiting_count(row),
            "given_up": self.OutputSerializer.AnnouncementSerializer(
                queries.given_up(row)[:_MOST_GIVEN_UP], many=True
            ).data,
        }
        return Response(Subscriptions.OutputSerializer(row).data | health)


class ChangeSecret(APIView):
    """A new secret; for a day the old one signs too."""

    scopes = {"POST": "subscriptions:write"}

    @operation(
        "Sign with a new secret, and for a day with the old one too",
        answers={200: Subscriptions.SecretSerializer},
        refuses=(NotFound, errors.SubscriptionEnded),
    )
    @adding_secret
    @once
    def post(self, request: Request, subscription_id: UUID) -> Response:
        row = _visible(request, subscription_id)
        changed = actions.change_secret(subscription=row, by=user_of(request), at=timezone.now())
        return Response(Subscriptions.OutputSerializer(changed).data)


class ResumeSubscription(APIView):
    """Go on telling a program that was paused."""

    scopes = {"POST": "subscriptions:write"}

    @operation(
        "Go on telling a program that was paused, and tell it what has waited",
        answers={200: Subscriptions.OutputSerializer},
        refuses=(NotFound, errors.SubscriptionEnded),
    )
    @once
    def post(self, request: Request, subscription_id: UUID) -> Response:
        row = _visible(request, subscription_id)
        resumed = actions.resume(subscription=row, by=user_of(request), at=timezone.now())
        return Response(Subscriptions.OutputSerializer(resumed).data)


class EndSubscription(APIView):
    """Tell a program nothing more."""

    scopes = {"POST": "subscriptions:write"}

    @operation(
        "Tell a program nothing more",
        answers={200: Subscriptions.OutputSerializer},
        refuses=(NotFound,),
    )
    @once
    def post(self, request: Request, subscription_id: UUID) -> Response:
        row = _visible(request, subscription_id)
        ended = actions.end_subscription(subscription=row, by=user_of(request), at=timezone.now())
        return Response(Subscriptions.OutputSerializer(ended).data)


class TellAgain(APIView):
    """Start anew with what was given up."""

    scopes = {"POST": "subscriptions:write"}

    @operation(
        "Tell again what was given up",
        answers={200: OneSubscription.OutputSerializer.AnnouncementSerializer},
        refuses=(NotFound, errors.NotGivenUp, errors.SubscriptionEnded),
    )
    @once
    def post(self, request: Request, announcement_id: UUID) -> Response:
        user = user_of(request)
        row = get_object_or_404(queries.announcements_visible_to(user), pk=announcement_id)
        again = actions.tell_again(announcement=row, by=user, at=timezone.now())
        told = OneSubscription.OutputSerializer.AnnouncementSerializer(again)
        return Response(told.data)
