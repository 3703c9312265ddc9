"""Whose home, which hazards, which illness, and with what consent.

Names, addresses, identifiers and health items are encrypted; what the law asks about is not, since
it names nobody once it stands apart from them.
"""

import uuid
from functools import partial

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from letters.access.models import Partnership, Team, User
from letters.cases.choices import choices_of, values_of
from letters.cases.encryption import (
    EncryptedDateField,
    EncryptedJSONField,
    EncryptedTextField,
)
from letters.cases.landlords.vocabulary import EntrySource
from letters.drafting.vocabulary import (
    ConsentMethod,
    DataItem,
    Event,
    GivenBy,
    OpinionLevel,
    Purpose,
    Recipient,
    Source,
)
from letters.law.facts import Answer, HealthCondition, Severity
from letters.law.hazards import Hazard
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure


class Patient(models.Model):
    """The person whose health is affected. The keyed hash finds an existing one by NHS number, so
    that nobody is entered twice without a word."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    name = EncryptedTextField()
    date_of_birth = EncryptedDateField()
    nhs_number = EncryptedTextField(blank=True)  # ten digits; '' where there is none
    nhs_number_key = models.CharField(max_length=64, blank=True, editable=False)
    name_and_birth_key = models.CharField(max_length=64, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "nhs_number_key"],
                condition=~Q(nhs_number_key=""),
                name="patient_once_by_nhs_number",
            ),
        ]
        indexes = [models.Index(fields=["name_and_birth_key"], name="patient_by_name_and_birth")]


class Landlord(models.Model):
    """Who the tenancy is from, with the address at which letters and notices reach them. A private
    landlord is a person, so names are found by keyed hashes of words (see landlords/words.py).
    One that was merged stays, for what named it before, and nothing new names it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    kind = models.CharField(max_length=30, choices=partial(choices_of, LandlordKind))
    name = EncryptedTextField()
    department = EncryptedTextField(blank=True)  # "Repairs team"
    address = EncryptedJSONField()  # lines, top to bottom, postcode last
    email = EncryptedTextField(blank=True)
    name_words = models.JSONField(default=list, editable=False)  # keyed hashes
    postcode_key = models.CharField(max_length=64, blank=True, editable=False)
    register_key = models.CharField(max_length=64, blank=True, editable=False)
    source = models.CharField(
        max_length=20, blank=True, choices=partial(choices_of, EntrySource)
    )  # '' where nobody has said
    source_detail = EncryptedTextField(blank=True)  # which register, which page
    source_on = models.DateField(null=True)  # the day on which the source said so
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "register_key"],
                condition=~Q(register_key=""),
                name="landlord_once_by_register",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="landlord_is_not_its_own_duplicate"
            ),
            models.CheckConstraint(
                condition=Q(source="", source_on__isnull=True)
                | Q(source__in=values_of(EntrySource), source_on__isnull=False),
                name="landlord_source_is_dated",
            ),
        ]
        indexes = [GinIndex(fields=["name_words"], name="landlord_by_word")]


# Who a letter can be to that no case names: their addresses stand in a directory.
READERS_IN_DIRECTORY = (Recipient.COUNCIL, Recipient.COUNCIL_HOUSING, Recipient.OMBUDSMAN)


class ResponsibleBody(models.Model):
    """Who enforces a duty or decides on one, and so reads letters that no landlord does: a
    council's team, an ombudsman, a tribunal. `reader` is the Recipient that it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT)
    reader = models.CharField(max_length=20, choices=partial(choices_of, Recipient))
    name = models.CharField(max_length=120)
    department = models.CharField(max_length=120, blank=True)
    address = models.JSONField()  # lines, top to bottom, postcode last
    email = models.EmailField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reader__in=[reader.value for reader in READERS_IN_DIRECTORY]),
                name="responsible_body_reads_letters",
            )
        ]


class Home(models.Model):
    """Where the household lives."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jurisdiction = models.CharField(max_length=20, choices=partial(choices_of, Jurisdiction))
    address = EncryptedJSONField()  # lines, top to bottom, without the postcode
    postcode = EncryptedTextField()


class Tenancy(models.Model):
    """How this home is held, from whom, by whom. A landlord who is not known yet is an adviser's
    question, not a wall."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    home = models.ForeignKey(Home, on_delete=models.PROTECT)
    landlord = models.ForeignKey(Landlord, on_delete=models.PROTECT, null=True)
    tenure = models.CharField(max_length=30, choices=partial(choices_of, Tenure))
    agreement = models.CharField(max_length=20, choices=partial(choices_of, Agreement))
    landlord_kind = models.CharField(max_length=30, choices=partial(choices_of, LandlordKind))
    tenant_name = EncryptedTextField()
    tenancy_reference = EncryptedTextField(blank=True)
    tenant_gives_notice = models.CharField(max_length=10, choices=partial(choices_of, Answer))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tenant_gives_notice__in=values_of(Answer)),
                name="tenant_gives_notice_known",
            )
        ]


class Case(models.Model):
    """One household's housing problem, worked by one clinical team and, once the patient agrees,
    one advice team."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)  # random, on letters: says nothing
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT)
    tenancy = models.ForeignKey(Tenancy, on_delete=models.PROTECT)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    advice_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    household_measures = EncryptedJSONField(default=list)  # what the household already does
    access_offered = EncryptedTextField(blank=True)  # when and how the landlord may come
    adjustment_requested = models.CharField(max_length=10, choices=partial(choices_of, Answer))
    adjustment = EncryptedTextField(blank=True)  # what is asked for
    # Whether the patient agreed that an adviser may know all that the case file holds. The database
    # keeps it, by triggers on the rows that decide it (migration 0017); what is written is ignored.
    open_to_advisers = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(adjustment_requested__in=values_of(Answer)),
                name="case_adjustment_answered",
            ),
        ]
        indexes = [models.Index(fields=["-opened_at", "id"], name="case_newest")]


class HazardReport(models.Model):
    """One hazard in the home, as reported on one day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    hazard = models.CharField(max_length=30, choices=partial(choices_of, Hazard))
    severity = models.CharField(max_length=20, choices=partial(choices_of, Severity))
    rooms = models.JSONField()  # names of rooms, at least one
    description = EncryptedTextField()
    source = models.CharField(max_length=30, choices=partial(choices_of, Source))
    first_noticed_on = models.DateField(null=True)  # null: not known
    landlord_told_on = models.DateField(null=True)  # null: not told, or not known when
    landlord_response = EncryptedTextField(blank=True)
    disrepair = models.CharField(max_length=10, choices=partial(choices_of, Answer))
    landlord_controls_cause = models.CharField(max_length=10, choices=partial(choices_of, Answer))
    heating_or_hot_water_lost = models.CharField(max_length=10, choices=partial(choices_of, Answer))
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT)
    reported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "hazard"], name="hazard_once_a_case"),
            models.CheckConstraint(
                condition=Q(hazard__in=values_of(Hazard)),
                name="hazard_known",
            ),
            models.CheckConstraint(
                condition=Q(severity__in=values_of(Severity)),
                name="severity_known",
            ),
        ]


class Diagnosis(models.Model):
    """The patient's illness: `condition` is a HealthCondition; `basis` how it is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    condition = EncryptedTextField()
    basis = EncryptedTextField(blank=True)
    severity = EncryptedTextField(blank=True)
    treatment = EncryptedTextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "diagnoses"
        ordering = ["recorded_at"]  # a letter names illnesses in the order they were recorded

    @property
    def health_condition(self) -> HealthCondition:
        return HealthCondition(self.condition)


class Exacerbation(models.Model):
    """How often something happened in the months up to a day; counts only, no notes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    event = models.CharField(max_length=40, choices=partial(choices_of, Event))
    number = EncryptedTextField()
    months = models.PositiveSmallIntegerField()
    until = models.DateField()

    class Meta:
        ordering = ["event"]
        constraints = [
            models.UniqueConstraint(fields=["case", "event"], name="event_counted_once_a_case"),
        ]

    @property
    def count(self) -> int:
        return int(self.number)


class Opinion(models.Model):
    """What the clinician is prepared to say about home and illness, with the reasons."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT)
    level = models.CharField(max_length=20, choices=partial(choices_of, OpinionLevel))
    better_away_from_home = models.CharField(max_length=10, choices=partial(choices_of, Answer))
    basis = EncryptedTextField(blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT)
    given_at = models.DateTimeField()


class Occupant(models.Model):
    """Another person in the home whose age or illness the law asks about; never a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    age = EncryptedTextField(blank=True)  # years; '' where not known
    conditions = EncryptedJSONField(default=list)  # HealthCondition values
    agreed_to_mention = models.BooleanField()  # that person's own consent, or their parent's
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["recorded_at"]


class Consent(models.Model):
    """One conversation in which the patient, or who may act for them, agreed to something."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT)
    given_by = models.CharField(max_length=20, choices=partial(choices_of, GivenBy))
    capacity_basis = EncryptedTextField(blank=True)
    method = models.CharField(max_length=20, choices=partial(choices_of, ConsentMethod))
    language = models.CharField(max_length=20)
    interpreter = models.BooleanField()
    form_version = models.CharField(max_length=20)
    reprisal_discussed = models.BooleanField()
    copy_given = models.BooleanField()
    given_on = models.DateField()
    expires_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_open_consent_a_case",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=models.F("given_on")), name="consent_ends_after_it_began"
            ),
        ]


class ConsentGrant(models.Model):
    """One thing that one recipient may be told for one purpose."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT)
    recipient = models.CharField(max_length=20, choices=partial(choices_of, Recipient))
    purpose = models.CharField(max_length=20, choices=partial(choices_of, Purpose))
    item = models.CharField(max_length=30, choices=partial(choices_of, DataItem))
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "recipient", "purpose", "item"], name="granted_once"
            ),
            models.CheckConstraint(
                condition=Q(recipient__in=values_of(Recipient))
                & Q(purpose__in=values_of(Purpose))
                & Q(item__in=values_of(DataItem)),
                name="grant_known",
            ),
        ]
