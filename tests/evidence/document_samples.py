"""Documents as people and ill-wishers send them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pikepdf
from pikepdf import Array, Dictionary, Name

Change = Callable[[pikepdf.Pdf], object]


def pdf(*, pages: int = 1, change: Change | None = None, **saving: Any) -> bytes:
    """Blank pages, with whatever is done to them."""
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        if change is not None:
            change(made)
        written = BytesIO()
        made.save(written, **saving)
    return written.getvalue()


def runs_a_script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def launches(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F="cmd.exe")
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    made.pages[0].obj.Annots = Array([made.make_indirect(note)])


def carries_a_file(made: pikepdf.Pdf) -> None:
    made.attachments["list.exe"] = b"MZ"


def asks_by_form(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp/>"))


def sends_a_form(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.SubmitForm, F="https://example.com")
    made.pages[0].obj.AA = Dictionary(O=action)


def plays(made: pikepdf.Pdf) -> None:
    made.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia)])


def links(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://www.legislation.gov.uk")
    made.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)]
    )


def word(text: str = "The extractor fan has no power.") -> bytes:
    """A real one, as python-docx writes it."""
    document = docx.Document()
    document.add_paragraph(text)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def word_with(name: str, part: bytes) -> bytes:
    """The same with one part more."""
    written = BytesIO(word())
    with ZipFile(written, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return written.getvalue()


RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/%s" Target="https://example.com/x" TargetMode="External"/></Relationships>'
)
FIELD = (
    b'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE "http://x"</w:instrText></w:p>'
)
# The same, spelled as no search for their words would find them.
CODED_RELATIONS = (RELATIONS % b"image").replace(b"External", b"&#69;xternal")
CODED_FIELD = (
    FIELD.replace(b"INCLUDE", b"&#x49;NCLUDE").replace(b"w:", b"v:").replace(b"xmlns:w", b"xmlns:v")
)
