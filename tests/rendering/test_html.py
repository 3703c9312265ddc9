"""The preview, and the page that becomes the PDF."""

from dataclasses import replace

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from letters.drafting.content import Span
from letters.rendering import html, shells
from letters.rendering.errors import RenderingFailed
from tests.rendering import samples


def with_link(href: str) -> str:
    blocks = (samples.paragraph("p", Span(text="here", href=href)),)
    return html.render(replace(samples.LETTER, blocks=blocks))


def test_render_marks_up_no_text() -> None:
    shown = html.render(samples.HOSTILE)

    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "{{ 7*7 }} {% raise %}" in shown


def test_render_links_the_addresses_in_its_words() -> None:
    words = "Write to a.b@home.example or see www.home.example/help. No@ thing."
    shown = html.render(replace(samples.LETTER, blocks=(samples.paragraph("p", words),)))

    assert '<a href="mailto:a.b@home.example">a.b@home.example</a> or' in shown
    assert '<a href="https://www.home.example/help">www.home.example/help</a>. No@ thing' in shown


def test_render_heads_columns() -> None:
    shown = html.render(samples.LETTER)

    assert '<th scope="col">What was found</th>' in shown
    assert "<caption>Hazards seen or reported" in shown


def test_render_has_no_inline_style() -> None:
    assert "style=" not in html.render(samples.LETTER)


@pytest.mark.parametrize("href", ["https://example.org/a?b=1&c=2", "mailto:a@b.example"])
def test_render_keeps_a_safe_link(href: str) -> None:
    assert f'<a href="{href.replace("&", "&amp;")}">here</a>' in with_link(href)


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "http://example.org", "file:///etc/passwd", "https://a b", ""]
)
def test_render_refuses_an_unsafe_link(href: str) -> None:
    with pytest.raises(RenderingFailed, match="A link is neither"):
        with_link(href)


def test_render_refuses_a_language_without_labels() -> None:
    with pytest.raises(RenderingFailed, match="no labels for letters in 'cy'"):
        html.render(replace(samples.LETTER, language="cy"))


def test_shells_refuse_an_undefined_name() -> None:
    with pytest.raises(UndefinedError):
        shells.environment().from_string("{{ nobody }}").render()


def test_shells_are_sandboxed() -> None:
    with pytest.raises(SecurityError):
        shells.environment().from_string("{{ ''.__class__.__mro__ }}").render()
