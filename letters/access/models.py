"""People, the teams they work in, and the partnership that teams of two kinds form."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from letters.access.roles import Role
from letters.encryption import EncryptedTextField


class Partnership(models.Model):
    """Health and advice organisations that work on cases together. A demonstration partnership
    holds invented people and can send nothing to the outside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    is_demonstration = models.BooleanField()


class Organisation(models.Model):
    """A hospital, practice or advice agency, with what stands at the head of its letters."""

    class Kind(models.TextChoices):
        HEALTH = "health", "Health organisation"
        ADVICE = "advice", "Advice agency"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    address = models.JSONField()  # lines, top to bottom
    ods_code = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "name"], name="organisation_name_once"),
        ]


class Team(models.Model):
    """People who work on the same cases, with the direct telephone and e-mail they answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=30)
    email = models.EmailField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="team_name_once"),
        ]


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, *, email: str, password: str | None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. `job_title` and `registration` ("GMC 7000000") stand under letters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120)
    registration = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "job_title"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_email"),
        ]


class Membership(models.Model):
    """One person's role in one team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "team", "role"], name="membership_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]


class Invitation(models.Model):
    """Somebody is to join a team. The token of their link is in the message and nowhere else: it is
    made anew from the id and `number`, which rises each time the message is asked for again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role.choices)
    email = EncryptedTextField()
    email_key = models.CharField(max_length=64)  # the keyed hash of the address
    name = EncryptedTextField()
    job_title = EncryptedTextField()
    registration = EncryptedTextField(blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # of mailing it
    next_try_at = models.DateTimeField(null=True)  # null once it is mailed, or given up
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_accepted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "email_key"],
                condition=Q(ended_at__isnull=True),
                name="one_open_invitation",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_known"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, is_accepted=False)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="ended_invitation_has_person",
            ),
        ]


class AnsweredRequest(models.Model):
    """A program's request that was done once, with what was answered: ids and states, nothing about
    a person. It stands here because it belongs to who asks, whatever is asked for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    key_digest = models.CharField(max_length=64)  # SHA-256: a key that somebody chose may say a lot
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)  # null only inside its own transaction
    body = models.JSONField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key_digest"], name="one_request_a_key"),
        ]
