"""The published OpenAPI: it is made without a warning, and the service does what it says."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from jsonschema import Draft202012Validator
from pytest_django.live_server_helper import LiveServer
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from letters.api import urls
from letters.api.authentication import scopes_of
from letters.api.views.cases import case_body
from tests import factories
from tests.api.programs import Json, Program, a_program, draft, example, open_case

_UNDESCRIBED = {"schema", "nothing_here"}


@pytest.fixture(scope="module")
def description() -> Json:
    return Client().get("/api/v1/schema/").json()


def _operations(description: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method.upper(), operation


def test_the_description_is_made_without_a_warning(tmp_path: Path) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "openapi"))

    assert (tmp_path / "openapi").exists()


def test_every_address_is_described(description: Json) -> None:
    addresses = [each for each in urls.urlpatterns if each.name not in _UNDESCRIBED]

    assert len(description["paths"]) == len(addresses)


def test_every_operation_names_its_scope_and_refusals(description: Json) -> None:
    public = {"/api/v1/token/", "/api/v1/case.schema.json"}
    public |= {path for path in description["paths"] if path.startswith("/api/v1/law/")}

    for path, method, operation in _operations(description):
        assert "405" in operation["responses"]
        if path not in public:
            assert {"401", "403"} <= set(operation["responses"]), (path, method)
            assert operation["security"][0]["token"], (path, method)
        if "{" in path:
            assert "404" in operation["responses"], (path, method)


def test_the_body_of_a_case_is_the_published_schema() -> None:
    body, published = case_body(), json.loads(settings.CASE_SCHEMA.read_text())

    assert set(body["properties"]) == set(published["properties"])
    assert "$ref" not in json.dumps(body)
    for path in (settings.CASE_SCHEMA.parent / "examples").glob("*.json"):
        Draft202012Validator(body).validate(json.loads(path.read_text()))


def test_the_case_schema_is_served_as_it_is_published() -> None:
    response = Client().get("/api/v1/case.schema.json")

    assert response.content == settings.CASE_SCHEMA.read_bytes()
    assert response["Content-Type"] == "application/schema+json"


def test_every_scope_is_described(description: Json) -> None:
    flows = description["components"]["securitySchemes"]["token"]["flows"]
    named = {scope for each in urls.urlpatterns for scope in _scopes(each)}

    assert set(flows["clientCredentials"]["scopes"]) == named


def _scopes(pattern: Any) -> set[str]:
    return set(scopes_of(vars(pattern.callback)["cls"]).values())


# The answer tells nothing that was made: a token, and what the law says of facts about nobody.
_MAKES_NOTHING = {"token", "what_applies"}


def test_every_post_that_makes_something_takes_a_key(description: Json) -> None:
    posts = [each for each in urls.urlpatterns if "post" in vars(_view(each))]

    without = {each.name for each in posts if not hasattr(vars(_view(each))["post"], "takes_key")}

    assert len(posts) > 20
    assert without == _MAKES_NOTHING


def test_a_key_is_described_where_it_is_taken(description: Json) -> None:
    for path, method, operation in _operations(description):
        names = {each["name"] for each in operation.get("parameters", ())}
        takes_key = method == "POST" and not path.endswith(("/token/", "/what-applies/"))
        assert ("Idempotency-Key" in names) is takes_key, (path, method)


def _view(pattern: Any) -> Any:
    return vars(pattern.callback).get("cls", object)


_SEEN = [status_code_conformance, content_type_conformance, response_schema_conformance]
_EXAMPLES = 4  # of what fits the description, and as many of what does not, for each operation


@pytest.fixture
def roles(transactional_db: None) -> list[Program]:
    """A program in each role."""
    house = factories.a_house()
    return [a_program(user) for user in (house.clinician, house.adviser, house.evaluator)]


@pytest.fixture
def known(roles: list[Program]) -> dict[str, str]:
    """Ids that there are, by the name that they have in an address."""
    case = open_case(roles[0], example())
    (hazard,) = roles[0].get(f"cases/{case}/").body["hazards"]
    letter = draft(roles[0], case)
    return {"case_id": case, "hazard_id": hazard["id"], "letter_id": letter}


def test_the_service_does_what_it_describes(
    description: Json, live_server: LiveServer, roles: list[Program], known: dict[str, str]
) -> None:
    """No server error, no status that is not described, no body of another shape."""
    # not by the library's own fixture, which needs an older pytest
    found = schemathesis.openapi.from_dict(description).get_all_operations()
    operations = [each.ok() for each in found if isinstance(each, Ok)]

    tried = [
        _try(operation, mode, live_server.url, roles, known)
        for operation in operations
        for mode in GenerationMode
    ]

    assert sum(tried) > len(tried) * _EXAMPLES // 2


def _try(
    operation: Any, mode: GenerationMode, url: str, roles: list[Program], known: dict[str, str]
) -> int:
    """How often it was called; nothing can be wrong with an address that takes nothing."""
    ids = {name: known[name] for name in known if f"{{{name}}}" in operation.path}
    cases = operation.as_strategy(generation_mode=mode, path_parameters=ids or None)
    answered = 0

    @limits(
        max_examples=_EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, role=st.sampled_from(roles))
    def call(case: Any, role: Program) -> None:
        nonlocal answered
        answer = case.call(base_url=url, headers={"Authorization": f"Bearer {role.token}"})
        case.validate_response(answer, checks=_SEEN)
        assert answer.status_code < 500
        answered += 1

    with contextlib.suppress(Unsatisfiable):
        call()
    return answered
