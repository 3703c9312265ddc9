"""The letter: what it says exactly, who approved it, and the files made from it."""

import uuid
from functools import partial

from django.db import models
from django.db.models import F, Q

from letters.access.models import Organisation, Partnership, User
from letters.cases.choices import choices_of, values_of
from letters.cases.encryption import EncryptedBinaryField, EncryptedJSONField, EncryptedTextField
from letters.cases.models import Case, ResponsibleBody
from letters.drafting.content import Typeface
from letters.drafting.frozen import earlier_from_json, facts_from_json
from letters.drafting.history import Earlier
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Recipient
from letters.evidence.models import Enclosure, Photograph
from letters.law.facts import CaseFacts
from letters.rendering.hindrances import Hindrance, PostFault


class SignOff(models.Model):
    """A partnership's own reviewers stand for one unit as one digest has it: one signs, another
    confirms, until a day on which it must be looked at again. A row is never changed into another:
    one that is withdrawn, or signed anew, stays as history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    unit = models.CharField(max_length=200)  # what was signed: see issuing/units.py
    digest = models.CharField(max_length=64)
    said = models.JSONField(default=list)  # the words that were signed, line by line
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    confirmed_at = models.DateTimeField(null=True)
    review_by = models.DateField()
    is_demonstration = models.BooleanField(default=False)  # nobody has reviewed anything
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            # While a signature stands, a second one may wait beside it to take its place.
            models.UniqueConstraint(
                fields=["partnership", "unit", "digest"],
                condition=Q(confirmed_at__isnull=False, withdrawn_at__isnull=True),
                name="confirmed_once",
            ),
            models.UniqueConstraint(
                fields=["partnership", "unit", "digest"],
                condition=Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="waits_once_for_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="confirmed_by_with_confirmed_at",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("signed_by")),
                name="confirmed_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="withdrawn_by_with_withdrawn_at",
            ),
        ]


class Logo(models.Model):
    """An organisation's mark as letters print it. A row stays for ever: letters that were approved
    name it by its digest, the SHA-256 of its bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)
    data = models.BinaryField()
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "digest"], name="one_logo_a_digest"),
        ]


class WordShell(models.Model):
    """An organisation's own Word file, into which its letters are filled; a row stays for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)  # SHA-256 of `data`
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "digest"], name="one_shell_a_digest"),
        ]


class HouseStyle(models.Model):
    """How an organisation's letters look from a moment on. A change is a new row, and the latest
    counts for what is drafted from then on; letters keep the style they were approved with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    typeface = models.CharField(max_length=30, choices=partial(choices_of, Typeface))
    colour = models.CharField(max_length=7)
    logo = models.ForeignKey(Logo, on_delete=models.PROTECT, null=True)
    footer = models.JSONField()  # lines, top to bottom
    word_shell = models.ForeignKey(WordShell, on_delete=models.PROTECT, null=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(typeface__in=values_of(Typeface)), name="typeface_known"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-made_at"], name="latest_house_style")]


class Signature(models.Model):
    """A person's name as their hand writes it, put in by themselves. A row stays for ever; one that
    is `ended` goes under no further letter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes before encryption
    data = EncryptedBinaryField()  # who has it could sign as them
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="one_signature_a_person"
            ),
        ]


class LetterStatus(models.TextChoices):
    """Where a letter is on its way."""

    DRAFT = "draft", "Draft"
    AWAITING_SECOND = "awaiting_second", "Waits for a second signature"
    APPROVED = "approved", "Approved"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Letter(models.Model):
    """One letter to one addressee. While a draft it is composed anew whenever somebody looks, under
    the law of that day; approval freezes it with the digests of the law and wording it was made
    from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=30, choices=partial(choices_of, Stage))
    recipient = models.CharField(max_length=20, choices=partial(choices_of, Recipient))
    responsible_body = models.ForeignKey(ResponsibleBody, on_delete=models.PROTECT, null=True)
    status = models.CharField(
        max_length=20, choices=LetterStatus.choices, default=LetterStatus.DRAFT
    )
    day = models.DateField()  # the day of the law it was drafted under, and its date
    narrative = EncryptedTextField(blank=True)  # the one passage a clinician words freely
    earlier = EncryptedJSONField(null=True)  # for a reminder: the letter before, what was missed
    facts = EncryptedJSONField()  # what the law was asked about, as on that day
    items = models.JSONField()  # DataItem values that it tells, each of which consent must cover
    content = EncryptedJSONField()
    trace = EncryptedJSONField()
    law_digest = models.CharField(max_length=64)
    wording_digest = models.CharField(max_length=64)
    units = models.JSONField(default=dict)  # what reviewers sign of it: the digest of each unit
    content_digest = models.CharField(max_length=64, blank=True)  # once approved
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    # a letter with legal effect: who signed first, and what it said then
    first_signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    first_signed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # what its Word form is filled into, once approved; null: the service's own
    word_shell = models.ForeignKey(WordShell, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=LetterStatus.values), name="letter_status_known"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=values_of(Stage)), name="letter_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, content_digest="")
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(content_digest="")),
                name="approved_by_with_approved_at",
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_at__isnull=False),
                name="approved_letter_has_approver",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | Q(withdrawn_at__isnull=False),
                name="withdrawn_letter_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="awaiting_second") | Q(first_signed_by__isnull=False),
                name="first_signature_before_second",
            ),
            models.CheckConstraint(
                condition=Q(first_signed_by__isnull=True)
                | Q(approved_by__isnull=True)
                | ~Q(first_signed_by=F("approved_by")),
                name="second_signature_of_another",
            ),
            # Two schedulers that both see a missed deadline prepare one next letter.
            models.UniqueConstraint(
                fields=["follows", "stage"],
                condition=Q(follows__isnull=False) & ~Q(status="withdrawn"),
                name="one_next_letter_a_stage",
            ),
        ]
        indexes = [
            # What waits to be signed is few, beside all that was ever sent.
            models.Index(
                fields=["drafted_at"],
                condition=Q(status__in=["draft", "awaiting_second"]),
                name="letter_unsigned",
            ),
            # Which letters have not left is asked without reading what they say.
            models.Index(
                fields=["id"],
                include=["case", "status", "recipient"],
                condition=~Q(status="withdrawn"),
                name="letter_standing",
            ),
        ]

    @property
    def earlier_letter(self) -> Earlier | None:
        return None if self.earlier is None else earlier_from_json(self.earlier)

    @property
    def case_facts(self) -> CaseFacts:
        return facts_from_json(self.facts)


class LetterPhotograph(models.Model):
    """That a letter prints a photograph, and in which place; once the letter is approved, what it
    prints is what its content names by digest, and the database refuses a change here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    photograph = models.ForeignKey(Photograph, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()  # from 1

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "photograph"], name="printed_once_a_letter"),
            models.UniqueConstraint(fields=["letter", "position"], name="one_photograph_a_place"),
        ]


class LetterEnclosure(models.Model):
    """That a document goes with a letter, and in which place; `pdf_digest` is that of the pages
    that were chosen. The database refuses a change once the letter is approved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    enclosure = models.ForeignKey(Enclosure, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()  # from 1
    pdf_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "enclosure"], name="enclosed_once_a_letter"),
            models.UniqueConstraint(fields=["letter", "position"], name="one_enclosure_a_place"),
        ]


class FileFormat(models.TextChoices):
    """What a letter is made into."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    LARGE_PRINT = "large_print", "PDF in large print"
    SPOKEN = "spoken", "text to be read aloud"


class LetterFile(models.Model):
    """One approved letter in one format, made once by a worker from the frozen content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT)
    file_format = models.CharField(max_length=12, choices=FileFormat.choices)
    data = EncryptedBinaryField()
    sha256 = models.CharField(max_length=64)  # of the bytes before encryption
    made_at = models.DateTimeField()
    post_faults = models.JSONField(null=True)  # of a PDF: [what is wrong, page]; null: not checked

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="file_by_digest")]
        constraints = [
            models.UniqueConstraint(fields=["letter", "file_format"], name="one_file_a_format"),
        ]

    @property
    def hindrances(self) -> tuple[PostFault, ...]:
        """What hinders it from being posted, as far as it has been looked at."""
        return tuple(
            PostFault(what=Hindrance(what), page=page) for what, page in self.post_faults or ()
        )

    @property
    def may_be_posted(self) -> bool:
        """Whether a person may put it into a window envelope."""
        return not any(fault.stops_by_hand for fault in self.hindrances)
