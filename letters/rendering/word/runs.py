"""Words as runs of a Word paragraph, each with the language, direction and font that it needs."""

import re

from markupsafe import Markup, escape

from letters.rendering import fonts
from letters.rendering.scripts import runs_right_to_left, split_runs

BREAK = "<w:r><w:br/></w:r>"
# After words from right to left, so that a number behind them stays behind them in programs that go
# by the letters and not by what Word is told; no letter holds this sign itself (see printable.py).
FROM_LEFT_AGAIN = "<w:r><w:t>\N{LEFT-TO-RIGHT MARK}</w:t></w:r>"
# Word asks, apart from the font for Latin letters, for one for these scripts; by their letters.
FONTS_BY_LETTERS = (
    (re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]"), "Noto Sans Arabic"),
    (re.compile("[\u0980-\u09ff]"), "Noto Sans Bengali"),
    (re.compile("[\u0a00-\u0a7f]"), "Noto Sans Gurmukhi"),
    (re.compile("[\u0b80-\u0bff]"), "Noto Sans Tamil"),
)


def runs(text: str, style: str = "", language: str | None = None) -> Markup:
    """The text in order, its line breaks kept; `style` is one of characters, "" for none."""
    if language is None and "\n" not in text and text.isascii():  # nearly every text
        return Markup(_run(text, f'<w:rStyle w:val="{style}"/>' if style else ""))  # noqa: S704
    lines = (_line(line, style, language) for line in text.split("\n"))
    return Markup(BREAK.join(lines))  # noqa: S704 escaped in _run


def one_line(text: str) -> str:
    """Line breaks as spaces, for the foot of a page."""
    return " ".join(text.split("\n"))


def _line(line: str, style: str, language: str | None) -> str:
    turns_all = language is not None and runs_right_to_left(language)
    return "".join(
        _run(piece, _properties(piece, style, language, is_rtl=is_rtl or turns_all))
        + (FROM_LEFT_AGAIN if is_rtl and not turns_all else "")
        for piece, is_rtl in split_runs(line)
    )


def _properties(piece: str, style: str, language: str | None, *, is_rtl: bool) -> str:
    """In the order in which Word wants them."""
    told = [f'<w:rStyle w:val="{style}"/>'] if style else []
    font = _font_for(piece, language)
    if font:
        told.append(f'<w:rFonts w:cs="{font}"/>')
    if is_rtl:
        told.append("<w:rtl/>")
    if language:
        tag = escape(language)
        told.append(f'<w:lang w:val="{tag}" w:bidi="{tag}"/>')
    return "".join(told)


def _font_for(piece: str, language: str | None) -> str | None:
    if language and language.lower().split("-")[0] == "ur":
        return fonts.NASTALIQ.name
    if piece.isascii():
        return None
    return next((font for letters, font in FONTS_BY_LETTERS if letters.search(piece)), None)


def _run(text: str, properties: str) -> str:
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
