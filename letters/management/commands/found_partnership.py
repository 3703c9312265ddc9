"""Makes a real partnership from a file: its organisations, teams and people.

Run again with a longer file, it adds what is new and changes nothing that is there. People get no
password here: set one with `manage.py changepassword EMAIL`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from typing_extensions import override

from letters.access import actions as access
from letters.access.models import Organisation, Partnership, Team, User
from letters.access.roles import Role

_SHAPE = {
    "partnership": ("name", "organisations"),
    "organisation": ("name", "kind", "address", "ods_code", "teams"),
    "team": ("name", "telephone", "email", "people"),
    "person": ("email", "name", "job_title", "registration", "role"),
}


class Command(BaseCommand):
    """`docs/partnership.example.json` shows the shape."""

    help = __doc__ or ""

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    @override
    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        given = json.loads(options["file"].read_text(encoding="utf-8"))
        _check("partnership", given)
        partnership = Partnership.objects.filter(name=given["name"]).first()
        if partnership is not None and partnership.is_demonstration:
            raise CommandError("A demonstration stays one; found a partnership of another name")
        if partnership is None:
            partnership = access.found_partnership(
                name=given["name"], is_demonstration=False, by=None
            )
        for organisation in given["organisations"]:
            _organisation(partnership, organisation)
        people = User.objects.filter(membership__team__organisation__partnership=partnership)
        self.stdout.write(f"{people.distinct().count()} people; set their passwords now\n")


def _organisation(partnership: Partnership, given: Mapping[str, Any]) -> None:
    _check("organisation", given)
    organisation = Organisation.objects.filter(partnership=partnership, name=given["name"]).first()
    if organisation is None:
        organisation = access.add_organisation(
            partnership=partnership,
            name=given["name"],
            kind=_one_of(Organisation.Kind, given["kind"]),
            address=given["address"],
            ods_code=given["ods_code"],
            by=None,
        )
    for team in given["teams"]:
        _team(organisation, team)


def _team(organisation: Organisation, given: Mapping[str, Any]) -> None:
    _check("team", given)
    team = Team.objects.filter(organisation=organisation, name=given["name"]).first()
    if team is None:
        team = access.add_team(
            organisation=organisation,
            name=given["name"],
            telephone=given["telephone"],
            email=given["email"],
            by=None,
        )
    for person in given["people"]:
        _person(team, person)


def _person(team: Team, given: Mapping[str, Any]) -> None:
    _check("person", given)
    user = User.objects.filter(email__iexact=given["email"]).first()
    if user is None:
        user = User.objects.create_user(
            email=given["email"],
            password=None,
            name=given["name"],
            job_title=given["job_title"],
            registration=given["registration"],
        )
    access.add_member(team=team, user=user, role=_one_of(Role, given["role"]), by=None)


def _check(what: str, given: Mapping[str, Any]) -> None:
    missing = [key for key in _SHAPE[what] if key not in given]
    unknown = sorted(set(given) - set(_SHAPE[what]))
    if missing or unknown:
        raise CommandError(f"a {what}: add {missing or 'nothing'}, take out {unknown or 'nothing'}")


def _one_of(kinds: Any, value: str) -> Any:  # a TextChoices class and its member
    try:
        return kinds(value)
    except ValueError:
        raise CommandError(f"{value!r} is not one of {', '.join(kinds.values)}") from None
