"""What every page has, whatever it is about."""

import re

import pytest
from django.conf import LazySettings
from django.test import Client, RequestFactory

from letters.web.views import faults
from tests import factories
from tests.web.conftest import AsPerson, words


def test_a_demonstration_says_so(db: None, signed_in: AsPerson) -> None:
    house = factories.a_house(is_demonstration=True)

    page = words(signed_in(house.clinician).get("/start/"))

    assert "Demonstration: invented people." in page
    assert "Nothing can be sent to the outside." in page


def test_a_real_partnership_is_no_demonstration(clinician: Client) -> None:
    assert "invented people" not in words(clinician.get("/start/"))


def test_logo_and_copyright_are_off_until_they_are_earned(
    clinician: Client, settings: LazySettings
) -> None:
    plain = words(clinician.get("/start/"))
    settings.SHOWS_NHS_LOGO = True

    earned = words(clinician.get("/start/"))

    assert "NHS England" not in plain
    assert "NHS England" in earned


def test_only_the_services_own_script_may_run(clinician: Client) -> None:
    response = clinician.get("/start/")

    nonces = set(re.findall(r'<script[^>]*nonce="([^"]+)"', words(response)))
    (nonce,) = nonces
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert not re.findall(r'\s(?:style|on\w+)="', words(response))


@pytest.mark.parametrize("status", [403, 500])
def test_a_fault_has_a_page_of_its_own(rf: RequestFactory, status: int) -> None:
    request = rf.get("/")
    request.csp_nonce = "n0nce"  # type: ignore[attr-defined]  # as the CSP middleware does

    made = {
        403: lambda: faults.forbidden(request, Exception()),
        500: lambda: faults.broken(request),
    }

    response = made[status]()

    assert response.status_code == status
    assert "Go to the start" in words(response)


def test_typed_lines_come_back_as_they_were(clinician: Client, house: factories.House) -> None:
    case = factories.a_case(house)
    typed = {"description": "One <i>line</i>\r\n  and another", "hazard": "pests"}

    page = words(clinician.post(f"/cases/{case.pk}/hazards/report/", typed))

    assert ">One &lt;i&gt;line&lt;/i&gt;&#10;  and another</textarea>" in page
