"""A letter as PDF: tagged for screen readers (PDF/UA-1) and fit to be kept (PDF/A-3a) at once.

Importing this module takes over a second; only the worker and the terminal do.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import RLock
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.drafting.content import LetterContent
from letters.rendering import fonts, html
from letters.rendering.errors import RenderingFailed

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

_printing = RLock()  # WeasyPrint mixes up letters, and its memory, between threads


def render(content: LetterContent) -> bytes:
    """The same bytes for the same content, on any machine with the same libraries and fonts."""
    fonts.refuse_uncovered(content)
    page = html.render_page(content)
    with _printing:
        return press().print(page)


class Press:
    """What one process prepares once: read fonts, read style sheets, and WeasyPrint's cache."""

    def __init__(self, *, faces: tuple[fonts.Face, ...], stylesheet: str) -> None:
        self._fetcher = KnownAssets(faces)
        self._fonts = FontConfiguration()
        self._cache: dict[Any, Any] = {}  # WeasyPrint's own, of no stated shape
        sheet = "\n".join((*(face.rule for face in faces), stylesheet))
        with _nothing_amiss():
            self._css = CSS(string=sheet, font_config=self._fonts, url_fetcher=self._fetcher)

    def print(self, page: str) -> bytes:
        """The page as PDF, or a refusal when anything about it is amiss."""
        with _nothing_amiss():
            printed = HTML(string=page, url_fetcher=self._fetcher).write_pdf(
                stylesheets=[self._css],
                font_config=self._fonts,
                cache=self._cache,
                pdf_variant="pdf/a-3a",
                finisher=_identify,
            )
        return bytes(printed)


@cache
def press() -> Press:
    """The press of this process; a worker may call it early, so that no letter waits for it."""
    with _printing:
        return Press(faces=fonts.faces(), stylesheet=html.stylesheet())


class Refused(FatalURLFetchingError):  # type: ignore[misc]  # WeasyPrint is untyped
    """WeasyPrint passes only this kind on; it prints around any other."""


class KnownAssets(URLFetcher):  # type: ignore[misc]  # WeasyPrint is untyped
    """Serves the fonts of the letters, and neither the network nor any other file."""

    def __init__(self, faces: tuple[fonts.Face, ...]) -> None:
        super().__init__(allowed_protocols=())
        self._assets = {face.address: face.data for face in faces}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in self._assets:
            raise Refused
        return URLFetcherResponse(url, self._assets[url], {"Content-Type": "font/ttf"})


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


def _identify(_document: object, pdf: Any) -> None:  # pydyf is untyped
    """Adds the identifier of PDF/UA to the metadata that PDF/A has written."""
    for each in pdf.objects:
        if getattr(each, "extra", {}).get("Type") == "/Metadata":
            each.stream = [
                part.replace(END_OF_METADATA, UNIVERSAL_ACCESS + END_OF_METADATA)
                for part in each.stream
            ]
