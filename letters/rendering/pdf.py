"""A letter as PDF: tagged for screen readers (PDF/UA-1) and fit to be kept (PDF/A-3a) at once.

Importing this module takes over a second; only the worker and the terminal do.
"""

import gc
import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import cache
from threading import RLock
from types import MappingProxyType
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.drafting.content import LetterContent, pictures_in
from letters.drafting.frozen import to_json
from letters.rendering import fonts, html, tagging
from letters.rendering.errors import RenderingFailed
from letters.rendering.pictures import NO_PICTURES, Pictures, data_of
from letters.rendering.printable import printable_tree
from letters.rendering.unrolled import unrolled

# The second identifier, beside the one of PDF/A that the variant writes, and the description of
# its namespace, without which PDF/A allows no foreign property.
UNIVERSAL_ACCESS = b"""<rdf:Description rdf:about="" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 this file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END_OF_METADATA = b"</rdf:RDF>"
MOST_STYLES = 100
# Printing leaves much in circles; collected only now and then, it scatters what memory is held.
COLLECT_EVERY = 100

_printing = RLock()  # WeasyPrint mixes up letters, and its memory, between threads


def render(content: LetterContent, pictures: Pictures = NO_PICTURES) -> bytes:
    """The same bytes for the same content, on any machine with the same libraries and fonts. What
    the letter says is attached to it as JSON, for programs that read it."""
    return _render(content, pictures, size="")


def render_large(content: LetterContent, pictures: Pictures = NO_PICTURES) -> bytes:
    """The same letter at 18 points, its tables as labelled lines, for those who see little. It is
    given by hand, so it has no window for an address."""
    return _render(unrolled(content), pictures, size=html.large_print())


def print_page(
    page: str, *, style: str, pictures: Mapping[str, tuple[bytes, str]] = MappingProxyType({})
) -> bytes:
    """A page that is no letter, by the same press and with the same care."""
    with _printing:
        return press().print(page, style=style, pictures=pictures, attachments=())


def _render(content: LetterContent, pictures: Pictures, *, size: str) -> bytes:
    content = printable_tree(content)
    families = fonts.families_for(content)
    page = html.render_page(content)
    style = "\n".join((typeface(families), html.style_of(content.letterhead.style), size))
    shown = {
        html.address_in_print(each): (data_of(each, pictures), each.media_type)
        for each in pictures_in(content)
    }
    with _printing:
        return press().print(page, style=style, pictures=shown, attachments=(_as_json(content),))


def typeface(families: tuple[fonts.Family, ...]) -> str:
    """The rules that set a letter in these families, the first as far as it has signs."""
    names = ", ".join(f'"{family.name}"' for family in families)
    return f"@page {{ font-family: {names}; }}\n.letter {{ font-family: {names}; }}"


def _as_json(content: LetterContent) -> Attachment:
    """What is printed, and no reasons or facts behind it: those never leave with a letter."""
    written = datetime.combine(content.written_on, time(), tzinfo=UTC)
    return Attachment(
        string=json.dumps(to_json(content), ensure_ascii=False, sort_keys=True).encode(),
        name="letter.json",
        description="The content of this letter as JSON",
        created=written,
        modified=written,
        relationship="Data",
    )


class Press:
    """What one process prepares once: read fonts and read style sheets."""

    def __init__(self, *, faces: tuple[fonts.Face, ...], stylesheet: str) -> None:
        self._fetcher = KnownAssets(faces)
        self._fonts = FontConfiguration()
        self._names = frozenset(face.family.name for face in faces)
        self._styles: dict[str, CSS] = {}
        self._printed = 0
        sheet = "\n".join((*(face.rule for face in faces), stylesheet))
        self._css = self._read(sheet)

    def print(
        self,
        page: str,
        *,
        style: str,
        pictures: Mapping[str, tuple[bytes, str]],
        attachments: tuple[Attachment, ...],
    ) -> bytes:
        """The page as PDF, or a refusal when anything about it is amiss."""
        fetcher = self._fetcher.with_pictures(pictures)
        with _nothing_amiss():
            printed = HTML(string=page, url_fetcher=fetcher).write_pdf(
                stylesheets=[self._css, self._styled(style)],
                font_config=self._fonts,
                cache={},  # of pictures: one kept longer would hold photographs of other letters
                pdf_variant="pdf/a-3a",
                attachments=list(attachments),
                finisher=self._finish,
            )
        self._printed += 1
        if self._printed % COLLECT_EVERY == 0:
            gc.collect()
        return bytes(printed)

    def _styled(self, style: str) -> CSS:
        """The few rules in which house styles differ, read once each."""
        if len(self._styles) >= MOST_STYLES:
            self._styles.clear()
        if style not in self._styles:
            self._styles[style] = self._read(style)
        return self._styles[style]

    def _read(self, sheet: str) -> CSS:
        with _nothing_amiss():
            return CSS(string=sheet, font_config=self._fonts, url_fetcher=self._fetcher)

    def _finish(self, document: Any, pdf: Any) -> None:  # WeasyPrint and pydyf are untyped
        for font in document.fonts.values():
            if font.family not in self._names:
                raise RenderingFailed("A font that is not the service's own was about to be used")
            if font.missing:
                raise RenderingFailed("A sign of the letter has no form in its font")
        tagging.complete(document, pdf)
        _identify(pdf)


@cache
def press() -> Press:
    """The press of this process."""
    with _printing:
        return Press(faces=fonts.faces(), stylesheet=html.stylesheet())


def prepare() -> None:
    """For a process that does nothing but print: ready before the first letter waits for it, and
    with what lasts for ever out of the collector's way, which then need not look so often."""
    press()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class Refused(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint is untyped
    """WeasyPrint passes only this kind on; it prints around any other."""


class KnownAssets(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Serves the fonts and the pictures of a letter, and neither the network nor any other file."""

    def __init__(self, faces: tuple[fonts.Face, ...]) -> None:
        super().__init__(allowed_protocols=())
        self._assets = {face.address: (face.data, "font/ttf") for face in faces}

    def with_pictures(self, pictures: Mapping[str, tuple[bytes, str]]) -> "KnownAssets":
        """Another one that also serves these, by their address."""
        other = KnownAssets(())
        other._assets = {**self._assets, **pictures}
        return other

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in self._assets:
            raise Refused
        data, media_type = self._assets[url]
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


@contextmanager
def _nothing_amiss() -> Iterator[None]:
    """Refuses after what WeasyPrint only logs: an unknown rule, a picture without description."""
    complaints: list[str] = []

    def listen(record: logging.LogRecord) -> bool:
        if record.levelno >= logging.WARNING:
            complaints.append(str(record.msg))  # the sentence before the letter's words go in
        return True

    logger = logging.getLogger("weasyprint")
    if not logger.isEnabledFor(logging.WARNING):
        raise RenderingFailed("The printer cannot complain: logging of weasyprint is off")
    logger.addFilter(listen)
    try:
        yield
    except Refused:
        raise RenderingFailed("The letter asks for a file or an address outside it") from None
    finally:
        logger.removeFilter(listen)
    if complaints:
        raise RenderingFailed(f"The printer complained: {complaints[0]}")


def _identify(pdf: Any) -> None:  # pydyf is untyped
    """Adds the identifier of PDF/UA to the metadata that PDF/A has written."""
    for each in pdf.objects:
        if getattr(each, "extra", {}).get("Type") == "/Metadata":
            each.stream = [
                part.replace(END_OF_METADATA, UNIVERSAL_ACCESS + END_OF_METADATA)
                for part in each.stream
            ]
