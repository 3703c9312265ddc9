"""A dispatch: one letter, by one channel, to one addressee, and what was heard of it since. The row
is the truth, not the queue."""

import uuid
from functools import partial

from django.db import models
from django.db.models import Q

from letters.access.models import User
from letters.cases.choices import choices_of
from letters.cases.models import Case
from letters.delivery.vocabulary import CarrierName, Postage
from letters.encryption import EncryptedTextField
from letters.issuing.models import Letter


class Channel(models.TextChoices):
    """How a letter leaves."""

    EMAIL = "email", "E-mail"
    TEXT = "text", "Text message with a link to the letter"
    POST = "post", "Printed and posted for you"
    DOWNLOAD = "download", "Print and post it yourself"


# What goes to an address of its own, kept with the dispatch: a mailbox, a telephone.
ADDRESSED = (Channel.EMAIL, Channel.TEXT)
BY_POST = (Channel.POST, Channel.DOWNLOAD)


class DispatchStatus(models.TextChoices):
    """Where a dispatch is; ALLOWED_MOVES says where it can go from there."""

    QUEUED = "queued", "Waiting to be sent"
    CLAIMED = "claimed", "Being sent"
    HANDED_OVER = "handed_over", "Handed over, not answered yet"
    ACCEPTED = "accepted", "Accepted by the carrier"
    READY = "ready", "Ready to print and post"
    POSTED = "posted", "Posted"
    DELIVERED = "delivered", "Delivered"
    RETURNED = "returned", "Came back"
    FAILED = "failed", "Refused"
    CANCELLED = "cancelled", "Stopped"
    UNKNOWN = "unknown", "Not known whether it went"


_S = DispatchStatus
# What the carrier tells of a letter may come before we have written down that it took it.
_TOLD = frozenset({_S.DELIVERED, _S.RETURNED})
ALLOWED_MOVES: dict[str, frozenset[str]] = {
    # to what was told: somebody wanted it sent again, and meanwhile it had come after all
    _S.QUEUED: frozenset({_S.CLAIMED, _S.CANCELLED, _S.ACCEPTED, *_TOLD}),
    # back to queued: refused for now, or the worker died before it handed anything over;
    # to accepted or unknown: the carrier was asked first, having been offered it before
    _S.CLAIMED: frozenset(
        {_S.HANDED_OVER, _S.QUEUED, _S.READY, _S.FAILED, _S.CANCELLED, _S.ACCEPTED, _S.UNKNOWN}
        | _TOLD
    ),
    # the last byte may be on its way: from here nothing goes a second time by itself
    _S.HANDED_OVER: frozenset({_S.ACCEPTED, _S.QUEUED, _S.FAILED, _S.UNKNOWN, *_TOLD}),
    # claimed: to ask a carrier that can tell; the rest is for a person to settle
    _S.UNKNOWN: frozenset({_S.CLAIMED, _S.ACCEPTED, _S.QUEUED, _S.CANCELLED, _S.FAILED, *_TOLD}),
    _S.READY: frozenset({_S.POSTED, _S.CANCELLED}),
    _S.FAILED: frozenset({_S.QUEUED, _S.CANCELLED}),
    # failed: taken, and then not sent (no such template, a file that the printer cannot use)
    _S.ACCEPTED: frozenset({_S.POSTED, _S.DELIVERED, _S.RETURNED, _S.FAILED}),
    _S.POSTED: frozenset({_S.DELIVERED, _S.RETURNED}),
    _S.DELIVERED: frozenset({_S.RETURNED}),
    # to where it was: a person took the wrong one for returned
    _S.RETURNED: frozenset({_S.ACCEPTED, _S.POSTED}),
    _S.CANCELLED: frozenset(),
}
# Over, so that the letter may go again, another way.
OVER = (_S.FAILED, _S.CANCELLED, _S.RETURNED)
# Certainly gone, and not known to have missed its reader.
LEFT = (_S.ACCEPTED, _S.POSTED, _S.DELIVERED)


class Dispatch(models.Model):
    """`next_try_at` is when a worker takes it up, null where nothing happens by itself;
    `lease_until`, when a worker that says nothing more counts as dead. `may_be_there`: it was
    offered to the carrier, and it is not certain that it was not taken. `reason` is a key from
    errors, never the words of a server. `carrier` is who takes it; a person where it is empty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = EncryptedTextField(null=True)
    status = models.CharField(max_length=12, choices=DispatchStatus.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    may_be_there = models.BooleanField(default=False)
    reason = models.CharField(max_length=60, blank=True)
    carrier = models.CharField(max_length=10, blank=True, choices=partial(choices_of, CarrierName))
    provider_reference = models.CharField(max_length=255, blank=True)
    postage = models.CharField(max_length=20, blank=True, choices=partial(choices_of, Postage))
    # The one whose place it takes, which came back or was refused.
    instead_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    queued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # accepted by the carrier, or put in the post
    settled_at = models.DateTimeField(null=True)  # it did not arrive, and a person has seen that

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=DispatchStatus.values), name="dispatch_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(channel__in=["email", "text"]) | Q(address__isnull=False),
                name="mailed_dispatch_has_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "posted", "delivered", "returned"])
                | Q(sent_at__isnull=False),
                name="sent_dispatch_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="queued") | Q(next_try_at__isnull=False),
                name="queued_dispatch_is_due",
            ),
            models.UniqueConstraint(
                fields=["letter"],
                condition=~Q(status__in=["failed", "cancelled", "returned"]),
                name="one_live_dispatch_a_letter",
            ),
        ]
        indexes = [
            # What a worker takes next costs the same, however much has gone before.
            models.Index(
                fields=["next_try_at"],
                condition=Q(status__in=["queued", "unknown"]),
                name="dispatch_due_next",
            ),
            models.Index(
                fields=["lease_until"],
                condition=Q(lease_until__isnull=False),
                name="dispatch_leased",
            ),
            # Of those that a carrier took, whom to ask next what became of them.
            models.Index(
                fields=["sent_at"],
                condition=Q(status="accepted", carrier="notify"),
                name="dispatch_to_ask_about",
            ),
            models.Index(fields=["status", "queued_at"], name="dispatch_by_status"),
        ]


class Says(models.TextChoices):
    """What was heard of a letter after it left."""

    ACCEPTED = "accepted", "The carrier has it"
    POSTED = "posted", "Printed and posted; the post does not say when it arrives"
    DELAYED = "delayed", "The carrier is still trying"
    NOT_SENT = "not_sent", "The carrier took it and could not send it"
    DELIVERED = "delivered", "Delivered"
    SIGNED_FOR = "signed_for", "Signed for"
    OPENED = "opened", "Opened by its reader"
    RETURNED = "returned", "Came back"


class Source(models.TextChoices):
    """Who told of it."""

    NOTIFY = "notify", "GOV.UK Notify"
    BOUNCE = "bounce", "The reader's mail server"
    RECEIPT = "receipt", "The reader's mail program"
    LINK = "link", "The page the letter can be opened on"
    PERSON = "person", "Somebody here"


class Receipt(models.Model):
    """One thing heard of a dispatch, as often as it was told; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dispatch = models.ForeignKey(Dispatch, on_delete=models.PROTECT)
    says = models.CharField(max_length=12, choices=Says.choices)
    source = models.CharField(max_length=10, choices=Source.choices)
    reason = models.CharField(max_length=60, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)  # null: a worker

    class Meta:
        ordering = ["happened_at", "recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispatch", "says", "source", "reason", "happened_at"],
                name="one_receipt_a_thing_told",
            ),
        ]


class ReplyAddress(models.Model):
    """The address at which answers about one case reach us; `token` cannot be guessed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT)
    token = models.CharField(max_length=16, unique=True)
    made_at = models.DateTimeField()
