"""A Word document as PDF. It is looked through first, as the ZIP of XML files that it is, and only
one that can neither act, nor fetch, nor burst is opened by LibreOffice."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from letters.evidence.errors import DocumentRefused
from letters.rendering.word.package import BROKEN, Element, Unreadable, read_xml

_MOST_PARTS, _MOST_BYTES = 2_000, 200_000_000
_MOST_XML = 30_000_000  # of one part, which takes many times that once it is read
_SECONDS = 25  # a web process waits for it, and is itself given thirty
_AS_PDF = "save it as PDF in Word, and choose that file"
_FETCHES = re.compile(r"INCLUDE|DDE|\bLINK\b|IMPORT|DATABASE", re.I)
_CARRIES = ("vbaproject.bin", "/embeddings/", "/activex/", "/afchunk")


def is_word(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def pdf_from_word(data: bytes) -> bytes:
    """What LibreOffice makes of it; refused where there is no LibreOffice."""
    refuse_unsafe(data)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise DocumentRefused(f"Word documents cannot be read here: {_AS_PDF}")
    with TemporaryDirectory(prefix="hjp-word-") as folder:
        return _converted(program, data, Path(folder))


def refuse_unsafe(data: bytes) -> None:
    """DocumentRefused unless it is a Word document of text and pictures, all of them its own."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            _refuse_bomb(archive)
            _refuse_other_than_word(archive)
            for name in archive.namelist():
                _refuse_part(name, archive.read(name))
    except BROKEN:
        raise DocumentRefused(f"The Word document is damaged or locked: {_AS_PDF}") from None


def _refuse_bomb(archive: ZipFile) -> None:
    """By what its index claims; reading stops at what is claimed."""
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise DocumentRefused(f"The Word document is too large once opened: {_AS_PDF}")


def _refuse_other_than_word(archive: ZipFile) -> None:
    if not {"[Content_Types].xml", "word/document.xml"} <= set(archive.namelist()):
        raise DocumentRefused("Choose a PDF, a Word document (.docx) or a picture")


def _refuse_part(name: str, part: bytes) -> None:
    if any(carried in f"/{name.lower()}" for carried in _CARRIES):
        raise DocumentRefused(f"The Word document holds a program or another file: {_AS_PDF}")
    if not name.lower().endswith((".xml", ".rels")):
        return
    if len(part) > _MOST_XML:
        raise DocumentRefused(f"The Word document is too large once opened: {_AS_PDF}")
    for element in _elements(name, part):
        _refuse_element(element)
    if _FETCHES.search(_fields(name, part)):
        raise DocumentRefused(f"The Word document shows something from outside it: {_AS_PDF}")


def _elements(name: str, part: bytes) -> Iterator[Element]:
    """As the office suite will read them, whatever way the file spells them."""
    try:
        yield from read_xml(name, part).iter("*")
    except Unreadable:
        raise DocumentRefused(
            f"The Word document is not written as Word writes it: {_AS_PDF}"
        ) from None


def _refuse_element(element: Element) -> None:
    said = [value.lower() for value in element.attrib.values()]
    if any(word in value for value in said for word in ("macroenabled", "afchunk")):
        raise DocumentRefused(f"The Word document holds a program or another file: {_AS_PDF}")
    is_outside = element.get("TargetMode", "").strip().lower() == "external"
    if is_outside and not element.get("Type", "").endswith("/hyperlink"):
        raise DocumentRefused(f"The Word document shows something from outside it: {_AS_PDF}")


def _fields(name: str, part: bytes) -> str:
    """What is worked out when the document is opened; a word of it may be split over elements."""
    found = [
        (element.text or "", *_named(element, "instr"))
        for element in _elements(name, part)
        if _local(element.tag) == "instrText" or _named(element, "instr")
    ]
    return "".join(word for words in found for word in words)


def _named(element: Element, name: str) -> list[str]:
    return [value for key, value in element.attrib.items() if _local(key) == name]


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _converted(program: str, data: bytes, folder: Path) -> bytes:
    """In a folder and with a profile of its own, both gone afterwards."""
    (folder / "document.docx").write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault"),
        *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)),
        str(folder / "document.docx"),
    ]
    process = subprocess.Popen(  # noqa: S603 - our own words, and a file name of ours
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        process.wait(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        raise DocumentRefused(f"The Word document takes too long to read: {_AS_PDF}") from None
    finally:
        _end(process)
    made = folder / "document.pdf"
    if not made.is_file():
        raise DocumentRefused(f"The Word document cannot be read: {_AS_PDF}")
    return made.read_bytes()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """LibreOffice starts a second program, which must not outlive its document."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
