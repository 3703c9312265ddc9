"""Undefined names in pages."""

import pytest
from django.test import RequestFactory
from jinja2 import DictLoader, Environment, UndefinedError

from letters.web import jinja


@pytest.fixture
def pages() -> Environment:
    return jinja.environment(loader=DictLoader({}), autoescape=True)


@pytest.mark.parametrize("template", ["{{ missing }}", "{{ a.b.c }}", "{{ number.missing }}"])
def test_a_name_the_page_lacks_is_an_error(pages: Environment, template: str) -> None:
    with pytest.raises(UndefinedError):
        pages.from_string(template).render(number=1)


def test_a_macro_may_leave_options_out(pages: Environment) -> None:
    template = (
        '{% from "nhsuk/components/button/macro.jinja" import button %}{{ button({"text": "Go"}) }}'
    )

    assert "Go" in pages.from_string(template).render()


def test_the_page_template_runs_its_script_under_the_nonce(
    pages: Environment, rf: RequestFactory
) -> None:
    request = rf.get("/")
    request.csp_nonce = "n0nce"  # type: ignore[attr-defined]  # as the CSP middleware does

    page = pages.get_template("nhsuk/template.jinja").render(jinja.design_system(request))

    assert '<script nonce="n0nce">' in page
    assert "/static/nhsuk/assets/images/favicon.svg" in page
