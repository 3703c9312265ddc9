"""Dispatches: a letter on its way, and how far it has got."""

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
from letters.api.fields import one_of
from letters.api.repeats import once
from letters.delivery import actions, errors, queries
from letters.delivery.models import Channel, Dispatch
from letters.delivery.vocabulary import AT_THE_COUNTER, Postage
from letters.issuing.queries import visible_to as visible_letters


class QueueDispatch(APIView):
    """Ask for an approved letter to be sent."""

    scopes = {"POST": "letters:send"}

    class InputSerializer(serializers.Serializer[Any]):
        """By e-mail, printed and posted for us, or to be printed and posted by hand."""

        channel = one_of(Channel)

    class OutputSerializer(serializers.Serializer[Dispatch]):
        """`status` says how far it has got, `reason` why it stopped there; never an address."""

        id = serializers.UUIDField()
        letter = serializers.UUIDField(source="letter_id")
        channel = serializers.CharField()
        status = serializers.CharField()
        reason = serializers.CharField(allow_blank=True)
        attempts = serializers.IntegerField()
        queued_at = serializers.DateTimeField()
        sent_at = serializers.DateTimeField(allow_null=True)

    @operation(
        "Send an approved letter; a worker takes it from there",
        takes=InputSerializer,
        answers={201: OutputSerializer},
        refuses=(
            NotFound,
            errors.LetterNotApproved,
            errors.AlreadyQueued,
            errors.AddresseeHasNoEmail,
            errors.NotByEmail,
            errors.MailNotSetUp,
            errors.PostNotSetUp,
            errors.PostageNotDecided,
            errors.ChannelNotOffered,
            errors.NotFitForPost,
        ),
    )
    @once
    def post(self, request: Request, letter_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        letter = get_object_or_404(visible_letters(user), pk=letter_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        channel = Channel(given.validated_data["channel"])
        dispatch = actions.queue_dispatch(letter=letter, channel=channel, by=user, at=at)
        return Response(self.OutputSerializer(dispatch).data, status=201)


class OneDispatch(APIView):
    """How far a letter has got."""

    scopes = {"GET": "letters:read"}

    @operation(
        "Read a dispatch", answers={200: QueueDispatch.OutputSerializer}, refuses=(NotFound,)
    )
    def get(self, request: Request, dispatch_id: UUID) -> Response:
        dispatch = get_object_or_404(queries.visible_to(user_of(request)), pk=dispatch_id)
        return Response(QueueDispatch.OutputSerializer(dispatch).data)


class RecordPosted(APIView):
    """A printed letter has been put in the post."""

    scopes = {"POST": "letters:send"}

    class InputSerializer(serializers.Serializer[Any]):
        """The day of posting, from which its receipt is presumed; the class of post and the number
        by which the post follows it, where they are known."""

        posted_on = serializers.DateField()
        postage = one_of(AT_THE_COUNTER, required=False)
        tracking_number = serializers.CharField(max_length=30, required=False)

    @operation(
        "Say on which day a printed letter was posted",
        takes=InputSerializer,
        answers={200: QueueDispatch.OutputSerializer},
        refuses=(
            NotFound,
            errors.PostedOutOfRange,
            errors.NotATrackingNumber,
            errors.MoveNotAllowed,
        ),
    )
    @once
    def post(self, request: Request, dispatch_id: UUID) -> Response:
        user, at = user_of(request), timezone.now()
        dispatch = get_object_or_404(queries.visible_to(user), pk=dispatch_id)
        given = self.InputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        told = dict(given.validated_data)
        if "postage" in told:
            told["postage"] = Postage(told["postage"])
        posted = actions.record_posted(dispatch=dispatch, **told, by=user, at=at)
        return Response(QueueDispatch.OutputSerializer(posted).data)
