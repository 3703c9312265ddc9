"""Opens a Word file as what it may be: an archive made to do harm.

How many parts and how large they are is read from its index before anything is inflated, and no
part inflates to more than the index said.
"""

import posixpath
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from letters.rendering.word import faults
from letters.rendering.word.faults import ShellFault

MOST_BYTES = 8_000_000
MOST_PARTS = 400
MOST_INFLATED = 40_000_000
MOST_XML = 4_000_000
MOST_GROWTH = 200  # times, of a part larger than a few pages
_GROWS_FREELY = 200_000
_ENCRYPTED = 0x1
_NAME = re.compile(r"[A-Za-z0-9_.\-/\[\] ]{1,200}")
BROKEN = (BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)

CONTENT_TYPES = "[Content_Types].xml"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

Element = Any  # lxml is untyped


class Unreadable(Exception):
    """The file cannot be read on; `fault` says why."""

    def __init__(self, mend: str, part: str = "") -> None:
        super().__init__(mend)
        self.fault = ShellFault(part=part, mend=mend)


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one part says of another, or of an address outside the file."""

    id: str
    type: str
    target: str
    is_outside: bool

    @property
    def kind(self) -> str:
        return self.type.rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The parts of a Word file by name, those of XML read on demand, each once."""

    parts: Mapping[str, bytes]
    _read: dict[str, Element] = field(default_factory=dict)

    def xml(self, name: str) -> Element:
        """The root of a part; refuses one that declares entities, or is not XML."""
        if name not in self._read:
            self._read[name] = read_xml(name, self.data(name))
        return self._read[name]

    def data(self, name: str) -> bytes:
        try:
            return self.parts[name]
        except KeyError:
            raise Unreadable(faults.DAMAGED, name[:80]) from None

    def relations(self, name: str) -> tuple[Relation, ...]:
        """Of a part, "" for the file as a whole; targets as names of parts."""
        folder, base = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{base}.rels")
        if listed not in self.parts:
            return ()
        return tuple(_relation(each, folder) for each in self.xml(listed).iter(f"{RELATIONS}*"))[1:]

    def content_type(self, name: str) -> str:
        """As the list of types has it, "" for a part that it does not know."""
        ending = name.rsplit(".", 1)[-1].lower()
        by_ending = ""
        for each in self.xml(CONTENT_TYPES):
            if each.get("PartName", "").lower() == f"/{name}".lower():
                return str(each.get("ContentType", ""))
            if each.get("Extension", "").lower() == ending:
                by_ending = each.get("ContentType", "")
        return by_ending


def opened(data: bytes) -> Package:
    """Refuses what is no archive of a document's size, before it is inflated."""
    if len(data) > MOST_BYTES:
        raise Unreadable(faults.TOO_LARGE)
    try:
        with ZipFile(BytesIO(data)) as archive:
            listed = archive.infolist()
            _refuse_index(listed)
            parts = {each.filename: archive.read(each) for each in listed if not each.is_dir()}
    except BROKEN:
        raise Unreadable(faults.NOT_WORD) from None
    if CONTENT_TYPES not in parts:
        raise Unreadable(faults.NOT_WORD)
    return Package(parts=parts)


def _refuse_index(listed: list[ZipInfo]) -> None:
    names = {each.filename.lower() for each in listed}
    if len(listed) > MOST_PARTS or sum(each.file_size for each in listed) > MOST_INFLATED:
        raise Unreadable(faults.TOO_LARGE)
    if len(names) != len(listed) or not all(_is_plain(each) for each in listed):
        raise Unreadable(faults.NOT_WORD)
    if any(_is_bomb(each) for each in listed):
        raise Unreadable(faults.TOO_LARGE)


def _is_plain(each: ZipInfo) -> bool:
    is_named = _NAME.fullmatch(each.filename) is not None and ".." not in each.filename
    is_packed = each.compress_type in (ZIP_STORED, ZIP_DEFLATED)
    return is_named and is_packed and not each.flag_bits & _ENCRYPTED and each.filename[0] != "/"


def _is_bomb(each: ZipInfo) -> bool:
    is_large = each.file_size > _GROWS_FREELY
    is_long_xml = each.filename.endswith((".xml", ".rels")) and each.file_size > MOST_XML
    return is_long_xml or (is_large and each.file_size > MOST_GROWTH * max(1, each.compress_size))


def read_xml(name: str, data: bytes) -> Element:
    """The root of a part; refuses one that declares entities, or is not XML."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable(faults.DAMAGED, name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(faults.DECLARATIONS, name)
    return root


def _relation(each: Element, folder: str) -> Relation:
    target, is_outside = each.get("Target", ""), each.get("TargetMode") == "External"
    if not is_outside:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(
        id=each.get("Id", ""), type=each.get("Type", ""), target=target, is_outside=is_outside
    )


def paragraphs(root: Element, tag: str) -> Iterator[tuple[int, Element]]:
    """The paragraphs of a part, counted from 1 as a person would, tables included."""
    yield from enumerate(root.iter(tag), start=1)
