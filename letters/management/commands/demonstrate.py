"""Makes the demonstration partnership, once, and prints how to sign in to it."""

import json
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from typing_extensions import override

from letters.access import actions as access
from letters.access.models import Organisation, Partnership, Team, User
from letters.access.roles import Role
from letters.cases import actions as cases
from letters.cases.intake import take_in
from letters.cases.models import Case
from letters.cases.queries import hazards_of
from letters.delivery import actions as delivery
from letters.delivery.models import Channel
from letters.drafting.content import Typeface
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import DataItem, Recipient, TakenBy
from letters.evidence import actions as evidence
from letters.evidence.models import Photograph
from letters.issuing import actions as issuing
from letters.issuing import house_styles, signing
from letters.issuing.explorer import nations_with_law
from letters.issuing.models import Letter
from letters.issuing.reviewing import SigningStatus, reviewed_units
from letters.issuing.units import in_force
from letters.law.periods import LONDON
from letters.management import drawings
from letters.tracking import actions as tracking

NAME = "Demonstration partnership"
# Shown to whoever starts the service on their own machine; opens invented people's cases only.
PASSWORD = "exampleton-demonstration"  # noqa: S105
_PEOPLE = (
    (Role.CLINICIAN, "Dr Amara Specimen", "consultant in paediatric respiratory medicine"),
    (Role.ADVISER, "Bo Placeholder", "housing adviser"),
    (Role.EVALUATOR, "Kit Sampleton", "evaluator"),
    (Role.ADMINISTRATOR, "Ash Placeholder", "practice manager"),
)
# They sign so that the pages look as they do for real; each signature says that nobody reviewed.
_REVIEWERS = (("reviewer", "Ola Specimen"), ("second.reviewer", "Pat Placeholder"))
_HALF_A_YEAR = timedelta(days=182)
# Each example of docs, how long ago its letter was posted, one long enough to be overdue, and the
# patient's first name: the examples of other nations tell of the same people as England's.
_CASES = (
    ("england-mould-asthma.json", timedelta(days=24), "Maya"),
    ("england-private.json", timedelta(days=9), "Tomasz"),
    ("england-excess-cold.json", timedelta(days=6), "Errol"),
    ("england-licence.json", timedelta(days=3), "Noor"),
    ("wales-council-mould.json", timedelta(days=12), "Carys"),
    ("scotland-private-mould.json", timedelta(days=10), "Hamish"),
    ("northern-ireland-executive-mould.json", timedelta(days=8), "Niamh"),
)
_PHOTOGRAPHED = "Maya"
# Invented readers of later letters, one of each kind that the directory holds.
_BODIES = (
    (Recipient.COUNCIL, "Exampleton Council", "Environmental Health (demonstration)"),
    (Recipient.COUNCIL_HOUSING, "Exampleton Council", "Housing Options (demonstration)"),
    (Recipient.OMBUDSMAN, "Exampleton Ombudsman", "Casework (demonstration)"),
)


class Command(BaseCommand):
    """Safe to run again: what is there stays as it is."""

    help = __doc__ or ""

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            if not Partnership.objects.filter(name=NAME).exists():
                _make(timezone.now())
            _sign(Partnership.objects.get(name=NAME), timezone.now())
        self.stdout.write(f"{NAME}: invented people; nothing can be sent to the outside.\n")
        for role, _, _ in _PEOPLE:
            self.stdout.write(f"  {role.label:<13} {_email(role)}   password {PASSWORD}\n")
        for address, _ in _REVIEWERS:
            self.stdout.write(f"  Reviewer      {_at(address)}   password {PASSWORD}\n")


def _make(at: datetime) -> None:
    partnership = access.found_partnership(name=NAME, is_demonstration=True, by=None)
    clinic = _team(
        partnership,
        Organisation.Kind.HEALTH,
        "Exampleton Hospitals NHS Trust (demonstration)",
        "Children's Respiratory Clinic",
    )
    agency = _team(
        partnership,
        Organisation.Kind.ADVICE,
        "Exampleton Advice (demonstration)",
        "Housing and Health Team",
    )
    teams = {Role.ADVISER: agency, Role.EVALUATOR: agency}
    people = {role: _person(role, name, title) for role, name, title in _PEOPLE}
    for role, user in people.items():
        access.add_member(team=teams.get(role, clinic), user=user, role=role, by=None)
    for reader, name, department in _BODIES:
        cases.add_responsible_body(
            partnership=partnership,
            reader=reader,
            name=name,
            department=department,
            address=("2 Specimen Way", "Exampleton", "ZZ99 9ZY"),
            email=f"{reader.value}@demonstration.example",
            by=people[Role.CLINICIAN],
        )
    _style(clinic.organisation, people[Role.ADMINISTRATOR], at - max(ago for _, ago, _ in _CASES))
    for example, ago, first_name in _CASES:
        document = _moved(_document(example, first_name), at - ago)
        _case(document, people[Role.CLINICIAN], clinic, agency, at - ago)
    tracking.mark_missed(at=at)


def _team(partnership: Partnership, kind: Organisation.Kind, organisation: str, team: str) -> Team:
    return access.add_team(
        organisation=access.add_organisation(
            partnership=partnership,
            name=organisation,
            kind=kind,
            address=("1 Specimen Way", "Exampleton", "ZZ99 9ZZ"),
            ods_code="",
            by=None,
        ),
        name=team,
        telephone="020 7946 0101",
        email=f"{kind.value}@demonstration.example",
        by=None,
    )


def _style(organisation: Organisation, administrator: User, at: datetime) -> None:
    """A look that is plainly somebody's own, so that letters show what can be changed."""
    house_styles.change_style(
        organisation=organisation,
        typeface=Typeface.ATKINSON_HYPERLEGIBLE,
        colour="#003060",
        footer=("Exampleton Hospitals NHS Trust is invented; this is a demonstration.",),
        file=drawings.logo(),
        without_logo=False,
        by=administrator,
        at=at,
    )


def _person(role: Role, name: str, job_title: str) -> User:
    return User.objects.create_user(
        email=_email(role),
        password=PASSWORD,
        name=name,
        job_title=job_title,
        registration="GMC 7000000" if role is Role.CLINICIAN else "",
    )


def _email(role: Role) -> str:
    return _at(role.value)


def _at(name: str) -> str:
    return f"{name}@demonstration.example"


def _sign(partnership: Partnership, at: datetime) -> None:
    """Sign what is in force and not signed yet, as when the law files have changed since."""
    agency = Team.objects.get(
        organisation__partnership=partnership, organisation__kind=Organisation.Kind.ADVICE
    )
    first, second = (_reviewer(agency, *each) for each in _REVIEWERS)
    day = at.astimezone(LONDON).date()
    for nation in nations_with_law():
        counting = {unit.id for unit in in_force(nation, day)}
        seen = {
            each.unit.id: each.unit.digest
            for each in reviewed_units(partnership, nation, day)
            if each.unit.id in counting and each.status is not SigningStatus.SIGNED
        }
        if seen:
            given: dict[str, Any] = {
                "partnership": partnership,
                "jurisdiction": nation,
                "seen": seen,
                "at": at,
            }
            signing.sign_units(**given, review_by=day + _HALF_A_YEAR, by=first)
            signing.confirm_units(**given, by=second)


def _reviewer(team: Team, address: str, name: str) -> User:
    user = User.objects.filter(email=_at(address)).first() or User.objects.create_user(
        email=_at(address), password=PASSWORD, name=name, job_title="invented reviewer"
    )
    access.add_member(team=team, user=user, role=Role.LEGAL_REVIEWER, by=None)
    return user


def _document(example: str, first_name: str) -> dict[str, Any]:
    """An example from docs, about somebody of this first name."""
    path = settings.CASE_SCHEMA.parent / "examples" / example
    text = path.read_text(encoding="utf-8")
    patient = json.loads(text)["patient"]
    known_as = patient["name"].partition(" ")[0]
    document: dict[str, Any] = json.loads(text.replace(known_as, first_name))
    if first_name != known_as:
        document["patient"]["nhs_number"] = ""  # it is the other person's
    return document


def _case(
    document: dict[str, Any], clinician: User, clinic: Team, agency: Team, at: datetime
) -> None:
    """A case whose letter was sent by post at that time."""
    is_photographed = document["patient"]["name"].startswith(_PHOTOGRAPHED)
    if is_photographed:
        _agree_to_photographs(document)
    case = take_in(document=document, team=clinic, advice_team=agency, by=clinician, at=at)
    draft = issuing.draft_letter(
        case=case,
        stage=Stage.FIRST_LETTER,
        narrative=document["narrative"],
        follows=None,
        earlier=None,
        body=None,
        by=clinician,
        at=at,
    )
    if is_photographed:
        photographs = _photographs(case, clinician, at)
        issuing.choose_evidence(
            letter=draft, photographs=photographs, enclosures=(), by=clinician, at=at
        )
    seen = issuing.preview_letter(letter=draft, by=clinician, at=at).digest
    letter = issuing.approve_letter(letter=draft, seen=seen, by=clinician, at=at)
    _post(letter, clinician, at)


def _agree_to_photographs(document: dict[str, Any]) -> None:
    for grant in document["consent"]["grants"]:
        if grant["recipient"] != Recipient.EVALUATOR:
            grant["items"].append(DataItem.PHOTOGRAPHS.value)


def _photographs(case: Case, clinician: User, at: datetime) -> list[Photograph]:
    """As the tenant sent them, and as somebody at the clinic has described them."""
    described = []
    for shows, data in drawings.photographs().items():
        added = evidence.add_photograph(case=case, data=data, by=clinician, at=at)
        described.append(
            evidence.describe_photograph(
                photograph=added,
                shows=shows,
                room="bedroom",
                hazard_report=hazards_of(case).first(),
                taken_on=(at - timedelta(days=3)).date(),
                taken_by=TakenBy.TENANT,
                by=clinician,
                at=at,
            )
        )
    return described


def _post(letter: Letter, clinician: User, at: datetime) -> None:
    dispatch = delivery.queue_dispatch(letter=letter, channel=Channel.DOWNLOAD, by=clinician, at=at)
    dispatch = delivery.deliver(dispatch_id=dispatch.pk, at=at)
    delivery.record_posted(
        dispatch=dispatch, posted_on=at.astimezone(LONDON).date(), by=clinician, at=at
    )
    tracking.start_clocks(dispatch=dispatch, at=at)


def _moved(document: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The example as if it had been written for a letter on the day of `at`."""
    written = datetime.combine(datetime(2026, 11, 23, tzinfo=UTC).date(), time(), tzinfo=UTC)
    shift = timedelta(days=(at.date() - written.date()).days)
    return {key: _shifted(key, value, shift) for key, value in document.items()}


def _shifted(key: str, value: Any, shift: timedelta) -> Any:  # whatever JSON holds
    if isinstance(value, dict):
        return {inner: _shifted(inner, item, shift) for inner, item in value.items()}
    if isinstance(value, list):
        return [_shifted(key, item, shift) for item in value]
    if value and (key.endswith("_on") or key == "until"):
        return (datetime.fromisoformat(value) + shift).date().isoformat()
    return value
