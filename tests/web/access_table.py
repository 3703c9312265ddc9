"""Who is answered what: every address of pages and API, for every role, near and far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path

from django.db import transaction
from django.test import Client

from letters.access import actions as access
from letters.access.models import Organisation, Team, User
from letters.access.roles import Role
from tests import factories
from tests.api.programs import a_program
from tests.sign_in import browser_of

TABLES = Path(__file__).parents[2] / "docs" / "access"
_HEAD = """# What is answered to {whom}

Written by `HJP_WRITE=1 ./hjp test tests/web/test_access_table.py`; the same test compares it.

Each address stands with the ids of one case, in which everything has happened. A cell says what
is answered to a look (GET) and, after the stroke, to an empty form (POST); one number is the answer
to both. 200: shown. 302: led on, to the sign-in where nobody has signed in. 400, 409, 422: allowed,
but nothing was filled in. 401, 403: not with this sign-in, not with this role. 404: not found,
which is all that is said of somebody else's case. 405: not asked for in this way.

Near: in a team of the case. Beside: in another team of the same partnership. Far: in another
partnership.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who asks. `is_stranger`: nothing of the case may reach them."""

    place: str
    user: User | None
    is_stranger: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one address answered to one actor; `told` is all that was readable."""

    actor: Actor
    route: str
    look: int
    press: int
    told: str

    @property
    def cell(self) -> str:
        return str(self.look) if self.look == self.press else f"{self.look}/{self.press}"


NOBODY = Actor(place="signed out", user=None, is_stranger=True)


def actors(house: factories.House, role: Role) -> tuple[Actor, ...]:
    """The role in a team of the house's cases, in a team beside it, and in another house."""
    team_in = "clinic" if role is Role.CLINICIAN else "agency"
    near = getattr(house, team_in)
    places = {"near": near, "beside": _beside(near), "far": getattr(factories.a_house(), team_in)}
    return tuple(
        Actor(
            place=place,
            user=factories.a_member(team, role, f"Sam {role.label}"),
            is_stranger=place != "near",
        )
        for place, team in places.items()
    )


def _beside(team: Team) -> Team:
    kind = Organisation.Kind(team.organisation.kind)
    organisation = access.add_organisation(
        partnership=team.organisation.partnership,
        name=f"Another {kind.label} (invented)",
        kind=kind,
        address=("2 Specimen Way", "Exampleton", "ZZ99 9ZZ"),
        ods_code="",
        by=None,
    )
    return access.add_team(
        organisation=organisation,
        name="Another team",
        telephone="020 7946 0102",
        email="another@team.example",
        by=None,
    )


def answers(
    actor: Actor, pages: Mapping[str, str], programs: Mapping[str, str]
) -> Iterator[Answered]:
    """What is answered to the actor at a browser, and to a program that acts as the actor with
    every scope; the addresses by route. Nothing that a request does stays."""
    browser = browser_of(actor.user) if actor.user else Client()
    program = Client(headers=_token(actor.user))
    signed_in = browser.cookies.output(header="", sep=";")
    for route, address in pages.items():
        browser.cookies = SimpleCookie(signed_in)  # as before: one of the forms signs out
        yield _answered(actor, route, address, browser, b"")
    for route, address in programs.items():
        yield _answered(actor, route, address, program, b"{}")


def _token(user: User | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {a_program(user).token}"} if user else {}


def _answered(actor: Actor, route: str, address: str, client: Client, form: bytes) -> Answered:
    with transaction.atomic():
        look = client.get(address)
        press = client.generic("POST", address, form, "application/json" if form else "")
        transaction.set_rollback(True)
    return Answered(
        actor=actor,
        route=route,
        look=look.status_code,
        press=press.status_code,
        told="".join(each.content.decode(errors="replace") for each in (look, press)),
    )


def table(whom: str, answered: Sequence[Answered]) -> str:
    """The page of the docs for one role, or for nobody: a row for each address."""
    return "\n".join([_HEAD.format(whom=whom), *_rows(answered)])


def _rows(answered: Sequence[Answered]) -> Iterator[str]:
    cells = {(each.route, each.actor.place): each.cell for each in answered}
    places = list(dict.fromkeys(each.actor.place for each in answered))
    yield f"| Address | {' | '.join(places)} |"
    yield "|---" * (len(places) + 1) + "|"
    for route in dict.fromkeys(each.route for each in answered):
        yield f"| `{route}` | {' | '.join(cells[route, place] for place in places)} |"
    yield ""
