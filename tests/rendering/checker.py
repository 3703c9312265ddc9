"""Asks outloud, a checker of tagged PDF, what is amiss with letters, and pikepdf for what PDF/A-3
asks besides: outloud knows PDF/UA-1 and WCAG only."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from hjp_letters.command.environment import prepare_apart


def complaints_about(documents: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Every error and warning by the name of the document; nothing for one without. `folder` is
    empty and ours."""
    for name, document in documents.items():
        (folder / f"{name}.pdf").write_bytes(document)
    report = folder / "report.json"
    subprocess.run(  # noqa: S603 our own program, by a list of words
        [prepare_apart("checker") / "outloud", folder, "--json", report, "--fail-on", "never"],
        check=True,
        capture_output=True,
    )
    results = json.loads(report.read_bytes())["results"]
    assert len(results) == len(documents)
    told = {Path(each["path"]).stem: list(_told(each)) for each in results}
    return {name: complaints for name, complaints in told.items() if complaints}


def _told(result: dict[str, object]) -> Iterator[str]:
    if result["verdict"] == "unreadable":
        yield "unreadable"
    findings = result["findings"]
    assert isinstance(findings, list)
    for finding in findings:
        yield f"{finding['rule']}: {finding['message']}"


def not_archival(document: bytes) -> Iterator[str]:
    """What PDF/A-3a forbids or asks for, as far as a letter can offend: ISO 19005-3, 6.1 to 6.9."""
    with pikepdf.open(BytesIO(document)) as pdf:
        root: Any = pdf.Root  # a dictionary of whatever the file holds
        with pdf.open_metadata() as described:
            if (described.get("pdfaid:part"), described.get("pdfaid:conformance")) != ("3", "A"):
                yield "does not say that it is PDF/A-3a"
        if pdf.is_encrypted or "/ID" not in pdf.trailer:
            yield "is encrypted, or has no identifier"
        if not root.get("/OutputIntents"):
            yield "has no output intent"
        if "/JavaScript" in root.get("/Names", {}) or "/AA" in root or "/OpenAction" in root:
            yield "does something by itself"
        if not root.get("/MarkInfo", {}).get("/Marked"):
            yield "is not tagged"
        yield from _attachments(root)
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
                yield from _thing(each)


def _attachments(root: Any) -> Iterator[str]:
    files = list(root.Names.EmbeddedFiles.Names)[1::2]
    for each in files:
        if not {"/AFRelationship", "/F", "/UF", "/Desc"} <= set(each.keys()):
            yield "holds a file that does not say what it is"
        if "/Subtype" not in each.EF.F or "/ModDate" not in each.EF.F.Params:
            yield "holds a file without type or day"
    if {each.objgen for each in files} != {each.objgen for each in root.AF}:
        yield "holds a file that it does not own up to"


def _thing(each: Any) -> Iterator[str]:
    kind, subtype = str(each.get("/Type", "")), str(each.get("/Subtype", ""))
    if kind == "/FontDescriptor" and not {"/FontFile2", "/FontFile3"} & set(each.keys()):
        yield "uses a font that is not in it"
    if kind == "/Font" and subtype == "/Type0" and "/ToUnicode" not in each:
        yield "has a font whose words cannot be read"
    if subtype == "/Image" and (each.get("/Interpolate") or "/Alternates" in each):
        yield "has a picture that viewers may blur"
    if kind == "/Annot" and (subtype != "/Link" or int(each.get("/F", 0)) & 4 == 0):
        yield "has an annotation that is no link, or is not printed"
    if kind == "/Action" and str(each.S) not in ("/URI", "/GoTo"):
        yield "has an action that is no link"
    if "/F" in each and isinstance(each, pikepdf.Stream):
        yield "keeps part of itself elsewhere"
