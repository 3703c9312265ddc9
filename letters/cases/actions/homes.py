"""Opening and closing a case: the home, how it is held, and from whom."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from letters.access.models import Partnership, Team, User
from letters.access.queries import require
from letters.access.roles import Right
from letters.audit.record import record
from letters.cases.actions.refusals import refuse_closed
from letters.cases.errors import (
    HomeContradicted,
    OpenCaseExists,
)
from letters.cases.landlords.words import found_by
from letters.cases.legal import library
from letters.cases.models import (
    Case,
    Home,
    Landlord,
    Patient,
    Tenancy,
)
from letters.drafting.identifiers import normal_postcode
from letters.law.facts import Answer
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure

# Read aloud over the telephone: no letter or digit that is taken for another.
_REFERENCE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def add_landlord(
    *,
    partnership: Partnership,
    kind: LandlordKind,
    name: str,
    department: str,
    address: Sequence[str],
    email: str,
    by: User,
) -> Landlord:
    """Add a landlord to the partnership's directory."""
    require(by, Right.RECORD_CASE)
    landlord = Landlord.objects.create(
        partnership=partnership,
        kind=kind,
        name=name,
        department=department,
        address=list(address),
        email=email,
        **found_by(name, address),
    )
    record("add_landlord", landlord, by=by, partnership=partnership.pk)
    return landlord


@transaction.atomic
def open_case(
    *,
    patient: Patient,
    team: Team,
    advice_team: Team,
    jurisdiction: Jurisdiction,
    address: Sequence[str],
    postcode: str,
    tenure: Tenure,
    agreement: Agreement,
    landlord_kind: LandlordKind,
    landlord: Landlord | None,
    tenant_name: str,
    tenancy_reference: str,
    tenant_gives_notice: Answer,
    by: User,
    at: datetime,
) -> Case:
    """Open a case for a patient's home; a second open one for the same postcode is refused."""
    require(by, Right.RECORD_CASE)
    if landlord is not None:
        landlord = standing(landlord)
        _refuse_another_kind(landlord, landlord_kind)
        landlord_kind = LandlordKind(landlord.kind)
    _refuse_contradiction(jurisdiction, tenure, agreement, landlord_kind)
    postcode = normal_postcode(postcode)
    _refuse_another_nation(postcode, jurisdiction)
    _refuse_second_case(patient, postcode)
    home = Home.objects.create(jurisdiction=jurisdiction, address=list(address), postcode=postcode)
    tenancy = Tenancy.objects.create(
        home=home,
        landlord=landlord,
        tenure=tenure,
        agreement=agreement,
        landlord_kind=landlord_kind,
        tenant_name=tenant_name,
        tenancy_reference=tenancy_reference,
        tenant_gives_notice=tenant_gives_notice,
    )
    case = Case.objects.create(
        reference=new_reference(),
        patient=patient,
        tenancy=tenancy,
        team=team,
        advice_team=advice_team,
        opened_by=by,
        opened_at=at,
        adjustment_requested=Answer.NOT_KNOWN,
    )
    record("open_case", case, by=by, patient=patient.pk, team=team.pk)
    return case


def standing(landlord: Landlord) -> Landlord:
    """The entry, under its lock, or the one that it was merged into while somebody was choosing."""
    row = Landlord.objects.select_for_update().get(pk=landlord.pk)
    return row if row.merged_into is None else standing(row.merged_into)


def new_reference() -> str:
    """Eight characters in two groups, random, easy to read aloud."""
    letters = [secrets.choice(_REFERENCE_ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


def _refuse_another_kind(landlord: Landlord, said: LandlordKind) -> None:
    if said != LandlordKind.NOT_KNOWN and said != landlord.kind:
        raise HomeContradicted("The landlord chosen is of another kind than you said; change one")


def _refuse_contradiction(
    jurisdiction: Jurisdiction, tenure: Tenure, agreement: Agreement, landlord_kind: LandlordKind
) -> None:
    rules = library().tenure_rules_of(jurisdiction)
    if says := rules.contradiction(tenure, agreement, landlord_kind):
        raise HomeContradicted(says)


def _refuse_another_nation(postcode: str, said: Jurisdiction) -> None:
    found = library().nation_of(postcode)
    if found is not None and found is not said:
        raise HomeContradicted(
            f"The postcode lies in {found.label}, and you said {said.label}; change one"
        )


def _refuse_second_case(patient: Patient, postcode: str) -> None:
    Patient.objects.select_for_update().get(pk=patient.pk)  # two clicks wait for each other
    open_cases = Case.objects.filter(patient=patient, closed_at__isnull=True)
    for case in open_cases.select_related("tenancy__home"):
        if case.tenancy.home.postcode == postcode:
            raise OpenCaseExists(case.reference)


@transaction.atomic
def name_landlord(*, case: Case, landlord: Landlord, by: User) -> Case:
    """Say who the landlord is, where it was not known; letters not yet approved follow it."""
    require(by, Right.RECORD_CASE)
    refuse_closed(case)
    landlord, tenancy = standing(landlord), case.tenancy
    _refuse_contradiction(
        Jurisdiction(tenancy.home.jurisdiction),
        Tenure(tenancy.tenure),
        Agreement(tenancy.agreement),
        LandlordKind(landlord.kind),
    )
    tenancy.landlord = landlord
    tenancy.landlord_kind = landlord.kind
    tenancy.save(update_fields=["landlord", "landlord_kind"])
    record("name_landlord", case, by=by, landlord=landlord.pk)
    return case


@transaction.atomic
def name_new_landlord(
    *,
    case: Case,
    kind: LandlordKind,
    name: str,
    department: str,
    address: Sequence[str],
    email: str,
    by: User,
) -> Case:
    """Add a landlord to the directory and say that it is this case's."""
    landlord = add_landlord(
        partnership=case.team.organisation.partnership,
        kind=kind,
        name=name,
        department=department,
        address=address,
        email=email,
        by=by,
    )
    return name_landlord(case=case, landlord=landlord, by=by)


@transaction.atomic
def close_case(*, case: Case, by: User, at: datetime) -> Case:
    """Close a case; closing a closed one changes nothing."""
    require(by, Right.RECORD_CASE)
    if Case.objects.filter(pk=case.pk, closed_at__isnull=True).update(closed_at=at):
        record("close_case", case, by=by)
    case.refresh_from_db(fields=["closed_at"])
    return case
