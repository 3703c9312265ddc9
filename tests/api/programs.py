"""A program that has got itself a token, and the case documents that it sends."""

import json
from base64 import b64encode
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.conf import settings
from django.test import Client
from oauth2_provider.models import get_application_model
from oauth2_provider.scopes import get_scopes_backend

from letters.access.models import User
from tests import factories
from worker import tasks

SECRET = "an invented secret for tests"  # noqa: S105 - opens nothing
SCOPES: dict[str, str] = get_scopes_backend().get_all_scopes()
EVERY_SCOPE = " ".join(SCOPES)
_numbers = count(1)
Json = Any  # what a body holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    body: Json
    headers: dict[str, str]

    @property
    def code(self) -> str:
        """The code of the first error."""
        return str(self.body["errors"][0]["code"])

    @property
    def fields(self) -> list[str]:
        """Where the errors point."""
        return [error["field"] for error in self.body["errors"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Calls with a bearer token; without one where `token` is empty."""

    token: str

    def get(self, path: str) -> Answer:
        return self._call("GET", path)

    def post(self, path: str, body: Json, *, key: str | None = None) -> Answer:
        return self.send(path, json.dumps(body).encode(), key=key)

    def send(self, path: str, raw: bytes, *, key: str | None = None) -> Answer:
        """The bytes as they are."""
        return self._call("POST", path, raw, key=key)

    def _call(self, method: str, path: str, raw: bytes = b"", key: str | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if key is not None:
            headers["Idempotency-Key"] = key
        response = Client().generic(
            method, f"/api/v1/{path}", raw, "application/json", headers=headers
        )
        is_json = "json" in response.get("Content-Type", "")
        return Answer(
            status=response.status_code,
            body=json.loads(response.content) if is_json else response.content,
            headers=dict(response.items()),
        )


NOBODY = Program(token="")


def a_program(user: User, scopes: str = EVERY_SCOPE) -> Program:
    """Registered for the user; has asked for a token with the scopes."""
    response = ask_for_token(register(user), scopes)
    return Program(token=json.loads(response.content)["access_token"])


def register(user: User) -> str:
    """An application that acts as the user; its client id."""
    application = get_application_model()
    client_id = f"program-{next(_numbers)}"
    application.objects.create(
        client_id=client_id,
        client_secret=SECRET,
        client_type=application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=application.GRANT_CLIENT_CREDENTIALS,
        user=user,
        name=client_id,
    )
    return client_id


def ask_for_token(client_id: str, scopes: str, secret: str = SECRET) -> Any:  # the test client's
    credentials = b64encode(f"{client_id}:{secret}".encode()).decode()
    return Client().post(
        "/api/v1/token/",
        {"grant_type": "client_credentials", "scope": scopes},
        headers={"Authorization": f"Basic {credentials}"},
    )


def example(name: str = "england-mould-asthma") -> Json:
    """A published example of a case document."""
    path = settings.CASE_SCHEMA.parent / "examples" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def changed(document: Json, pointer: str, value: Json) -> Json:
    """A copy in which one place is another."""
    copy = deepcopy(document)
    *way, last = pointer.removeprefix("/").split("/")
    place = copy
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = value
    return copy


def written_by(house: factories.House, document: Json) -> Json:
    """The document as the house's clinician would have filled it in for ./hjp compose."""
    organisation = house.clinic.organisation
    writer = {
        "organisation": organisation.name,
        "team": house.clinic.name,
        "address": list(organisation.address),
        "telephone": house.clinic.telephone,
        "email": house.clinic.email,
        "ods_code": None,
        "name": house.clinician.name,
        "role": house.clinician.job_title,
        "registration": house.clinician.registration,
    }
    return document | {"writer": writer}


def open_case(program: Program, document: Json) -> str:
    """The id of a case that the document opened."""
    answer = program.post("cases/", document)
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


def draft(program: Program, case: str, narrative: str = "") -> str:
    """The id of a first letter for the case."""
    body = {"stage": "first_letter", "narrative": narrative}
    answer = program.post(f"cases/{case}/letters/", body)
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


def approve(program: Program, letter: str) -> None:
    """Read the letter and stand for its words."""
    seen = program.get(f"letters/{letter}/").body["digest"]
    answer = program.post(f"letters/{letter}/approve/", {"seen": seen})
    assert answer.status == 200, answer.body


def send(program: Program, letter: str) -> str:
    """Approve it and let the worker's task send it; the id of the dispatch."""
    approve(program, letter)
    dispatch = program.post(f"letters/{letter}/dispatches/", {"channel": "email"}).body["id"]
    tasks.deliver(dispatch)
    return str(dispatch)
