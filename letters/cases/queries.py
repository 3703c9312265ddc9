"""Reads about cases; every read for a person starts at visible_to."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from letters.access.models import Partnership, User
from letters.access.queries import partnerships_of, teams_of
from letters.access.roles import Role
from letters.cases.emergency import patients_in_emergency
from letters.cases.encryption import lookup_key
from letters.cases.models import (
    Case,
    Consent,
    ConsentGrant,
    Diagnosis,
    Exacerbation,
    HazardReport,
    Landlord,
    Occupant,
    Opinion,
    Patient,
    ResponsibleBody,
)
from letters.drafting.identifiers import name_and_birth, normal_nhs_number
from letters.drafting.vocabulary import DataItem, Purpose, Recipient


def visible_to(user: User) -> QuerySet[Case]:
    """The cases of the person's clinical teams, and those of their advice team whose patients
    agreed that an adviser may know all that the case file holds: it is worked with as a whole.
    In an emergency, for some hours, those of a patient whom another team works with."""
    clinical = Q(team__in=teams_of(user, Role.CLINICIAN))
    shared = Q(advice_team__in=teams_of(user, Role.ADVISER), open_to_advisers=True)
    emergency = Q(patient__in=patients_in_emergency(user))
    return Case.objects.filter(clinical | shared | emergency).select_related(
        "patient", "tenancy__home", "tenancy__landlord", "team__organisation__partnership"
    )


def is_open_to_advisers(case: Case) -> bool:
    """Whether the case's advice team can see it now."""
    return Case.objects.filter(pk=case.pk, open_to_advisers=True).exists()


def advised_of(item: DataItem) -> QuerySet[Case]:
    """The cases whose advisers may know this."""
    return Case.objects.filter(
        pk__in=ConsentGrant.objects.filter(
            recipient=Recipient.ADVISER,
            purpose=Purpose.ADVICE,
            item=item,
            withdrawn_at__isnull=True,
            consent__withdrawn_at__isnull=True,
        ).values("consent__case")
    )


def cases_of(user: User, patient: Patient) -> QuerySet[Case]:
    """The patient's cases that the person may see, open ones first."""
    return visible_to(user).filter(patient=patient).order_by(F("closed_at").desc(nulls_first=True))


def find_by_nhs_number(user: User, number: str) -> QuerySet[Patient]:
    """The patient with this number in the person's partnerships."""
    key = lookup_key(normal_nhs_number(number), kind="nhs_number")
    return patients_visible_to(user).filter(nhs_number_key=key).exclude(nhs_number_key="")


def find_by_name_and_birth(user: User, name: str, born: date) -> QuerySet[Patient]:
    """Patients of that exact name (but for case and spaces) born on that day."""
    key = lookup_key(name_and_birth(name, born), kind="name_and_birth")
    return patients_visible_to(user).filter(name_and_birth_key=key)


def patients_visible_to(user: User) -> QuerySet[Patient]:
    """The patients of the partnerships in which the person is a clinician."""
    return Patient.objects.filter(
        partnership__in=partnerships_of(user, Role.CLINICIAN)
    ).select_related("partnership")


def landlords_of(partnership: Partnership) -> QuerySet[Landlord]:
    """The partnership's directory of landlords, without those merged into another."""
    return Landlord.objects.filter(partnership=partnership, merged_into=None)


def responsible_bodies_of(partnership: Partnership) -> QuerySet[ResponsibleBody]:
    """The partnership's directory of those who enforce a duty or decide on one."""
    return ResponsibleBody.objects.filter(partnership=partnership).order_by("name", "department")


def open_consent(case: Case) -> Consent | None:
    """The consent that has not been withdrawn, whether or not it has run out."""
    return Consent.objects.filter(case=case, withdrawn_at__isnull=True).first()


def consents_of(case: Case) -> QuerySet[Consent]:
    """Every consent there was, with who recorded it."""
    return Consent.objects.filter(case=case).select_related("recorded_by")


def consented_items(
    case: Case, *, recipient: Recipient, purpose: Purpose, day: date
) -> frozenset[DataItem]:
    """What this recipient may be told for this purpose on that day; empty without consent."""
    granted = ConsentGrant.objects.filter(
        consent__case=case,
        consent__withdrawn_at__isnull=True,
        consent__given_on__lte=day,
        consent__expires_on__gte=day,
        withdrawn_at__isnull=True,
        recipient=recipient,
        purpose=purpose,
    ).values_list("item", flat=True)
    return frozenset(DataItem(item) for item in granted)


def who_agreed(
    case_ids: Iterable[UUID],
    *,
    recipient: Recipient,
    purpose: Purpose,
    item: DataItem,
    day: date,
) -> frozenset[UUID]:
    """Those of the cases in which the recipient may be told this for this purpose on that day."""
    granted = ConsentGrant.objects.filter(
        consent__case__in=tuple(case_ids),
        consent__withdrawn_at__isnull=True,
        consent__given_on__lte=day,
        consent__expires_on__gte=day,
        withdrawn_at__isnull=True,
        recipient=recipient,
        purpose=purpose,
        item=item,
    )
    return frozenset(granted.values_list("consent__case_id", flat=True))


def missing_items(
    case: Case, items: Iterable[DataItem], *, recipient: Recipient, purpose: Purpose, day: date
) -> tuple[DataItem, ...]:
    """Those of the items that the recipient may not be told."""
    allowed = consented_items(case, recipient=recipient, purpose=purpose, day=day)
    return tuple(sorted(set(items) - allowed))


def hazards_of(case: Case) -> QuerySet[HazardReport]:
    """The hazards in the order in which they were reported."""
    return HazardReport.objects.filter(case=case).order_by("reported_at", "hazard")


def hazards_visible_to(user: User) -> QuerySet[HazardReport]:
    """The hazard reports of the cases the person may see."""
    return HazardReport.objects.filter(case__in=visible_to(user)).select_related("case")


def diagnoses_of(case: Case) -> QuerySet[Diagnosis]:
    return Diagnosis.objects.filter(case=case)


def exacerbations_of(case: Case) -> QuerySet[Exacerbation]:
    return Exacerbation.objects.filter(case=case).order_by("event")


def opinion_of(case: Case) -> Opinion | None:
    return Opinion.objects.filter(case=case).first()


def occupants_of(case: Case) -> QuerySet[Occupant]:
    return Occupant.objects.filter(case=case)


def recipients_told(case: Case) -> tuple[Recipient, ...]:
    """Who may be told anything at all now, in the order in which consent asks about them."""
    consent = open_consent(case)
    told = {grant.recipient for grant in grants_of(consent)} if consent else set()
    return tuple(each for each in Recipient if each in told)


def grants_of(consent: Consent) -> QuerySet[ConsentGrant]:
    """What still stands of a consent."""
    return ConsentGrant.objects.filter(consent=consent, withdrawn_at__isnull=True).order_by(
        "recipient", "purpose", "item"
    )
