"""Word files as organisations make them, and as ill-wishers do."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
ROOT = f'xmlns:w="{MAIN}" xmlns:r="{OFFICE}"'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def paragraph_with(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def field(*instruction: str, more: str = "") -> str:
    """A field whose instruction is spread over as many runs."""
    told = "".join(f"<w:r><w:instrText>{each}</w:instrText></w:r>" for each in instruction)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>' for each in ("begin", "end"))
    return f"{begin}{told}{more}{end}"


# One paragraph for each place, in the order in which a letter is read.
PLACES = {
    name: paragraph(f"{{{{ {name} }}}}")
    for name in ("organisation", "team", "contact", "addressee", "date", "reference")
} | {"letter": paragraph("{{p letter }}")}
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" '
    'w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)
PARTS: Mapping[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{TYPE}.header+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{TYPE}.numbering+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{TYPE}.settings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/header1.xml": f"<w:hdr {ROOT}>{paragraph('Specimen Trust')}</w:hdr>",
    "word/styles.xml": f"<w:styles {ROOT}><w:docDefaults><w:rPrDefault><w:rPr>"
    '<w:rFonts w:ascii="Arimo" w:hAnsi="Arimo"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standard">'
    '<w:name w:val="Normal"/></w:style></w:styles>',
    "word/numbering.xml": f'<w:numbering {ROOT}><w:abstractNum w:abstractNumId="3"><w:lvl '
    'w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="7">'
    '<w:abstractNumId w:val="3"/></w:num></w:numbering>',
    "word/settings.xml": f"<w:settings {ROOT}/>",
}
RELATIONS = {
    "rId1": (f"{OFFICE}/header", "header1.xml"),
    "rId2": (f"{OFFICE}/styles", "styles.xml"),
    "rId3": (f"{OFFICE}/numbering", "numbering.xml"),
    "rId4": (f"{OFFICE}/settings", "settings.xml"),
}


def relation(relation_id: str, kind: str, target: str, *, mode: str = "") -> str:
    where = f' TargetMode="{mode}"' if mode else ""
    kind = kind if kind.startswith("http") else f"{OFFICE}/{kind}"
    return f'<Relationship Id="{relation_id}" Type="{kind}" Target="{target}"{where}/>'


def shell(
    body: str = "".join(PLACES.values()),
    *,
    section: str = SECTION,
    parts: Mapping[str, str | bytes] | None = None,
    relations: str = "",
) -> bytes:
    """A Word file with this body; `parts` are added to those it has, or stand in their place."""
    listed = "".join(relation(name, kind, to) for name, (kind, to) in RELATIONS.items())
    document = f"<w:document {ROOT}><w:body>{body}{section}</w:body></w:document>"
    every: dict[str, str | bytes] = {
        **PARTS,
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{listed}{relations}</Relationships>",
        **(parts or {}),
    }
    return zipped(every)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """The same bytes whenever they are asked for."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, data in parts.items():
            archive.writestr(ZipInfo(name), data, compress_type=ZIP_DEFLATED)
    return written.getvalue()


def without(name: str) -> str:
    """The places but this one."""
    return "".join(each for place, each in PLACES.items() if place != name)


def instead(name: str, other: str) -> str:
    """The places with something else for this one."""
    return "".join(other if place == name else each for place, each in PLACES.items())


def with_first(other: str) -> str:
    """The places after this."""
    return other + "".join(PLACES.values())
