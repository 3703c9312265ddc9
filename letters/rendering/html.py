"""A letter as the body of a web page: what is shown on the screen, and what the PDF is made of."""

from functools import cache

from jinja2.sandbox import ImmutableSandboxedEnvironment

from letters.drafting.content import LetterContent
from letters.rendering.labels import labels_for
from letters.rendering.printable import printable_tree
from letters.rendering.shells import FOLDER, environment, refuse_unsafe_links
from letters.rendering.words import contact_lines, sign_off_lines


def render(content: LetterContent) -> str:
    """One `article`; it has no style of its own, the page includes `stylesheet()`."""
    return _filled("letter.html", content)


def render_page(content: LetterContent) -> str:
    """The same article in a page with language, title and dates, for print."""
    return _filled("page.html", content)


@cache
def stylesheet() -> str:
    """For screen and paper; column widths are classes, as a strict page allows no inline style."""
    widths = "\n".join(f".letter-width-{n} {{ width: {n}%; }}" for n in range(1, 101))
    return f"{(FOLDER / 'letter.css').read_text(encoding='utf-8')}\n{widths}\n"


def _filled(shell: str, content: LetterContent) -> str:
    content = printable_tree(content)
    refuse_unsafe_links(content)
    labels = labels_for(content.language)
    return (
        _environment()
        .get_template(shell)
        .render(
            letter=content,
            labels=labels,
            mark=labels.marks[content.mark],
            contact=contact_lines(content, labels),
            signed=sign_off_lines(content, labels),
        )
    )


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return environment()
