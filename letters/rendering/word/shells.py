"""An organisation's own Word file, in which its letters are written: read, or refused with
everything that is to be mended. docs/word-shells.md tells how to make one."""

import hashlib
from collections import OrderedDict
from threading import Lock

from letters.rendering.word.errors import ShellRefused
from letters.rendering.word.faults import ShellFault
from letters.rendering.word.inspection import AS_THEY_ARE, Inspected, inspect
from letters.rendering.word.layout import Shell
from letters.rendering.word.merging import NotFree, merged
from letters.rendering.word.package import Package, Unreadable, opened
from letters.rendering.word.pages import first_page_parts, page_faults
from letters.rendering.word.places import place_faults, stray_faults

MOST_FAULTS = 50
MOST_KEPT = 16

_kept: OrderedDict[str, Shell] = OrderedDict()
_keeping = Lock()


def faults_of(data: bytes) -> tuple[ShellFault, ...]:
    """What is to be mended before letters can be written in this file; none for one that is fit."""
    try:
        _prepared(data)
    except ShellRefused as refused:
        return refused.faults
    return ()


def read(data: bytes) -> Shell:
    """The file as a shell; the last few are kept, since preparing one takes longer than filling
    it. Refuses one that is unfit, with everything that is to be mended."""
    digest = hashlib.sha256(data).hexdigest()
    with _keeping:
        if digest in _kept:
            _kept.move_to_end(digest)
            return _kept[digest]
    shell = _prepared(data)
    with _keeping:
        _kept[digest] = shell
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return shell


def _prepared(data: bytes) -> Shell:
    try:
        package = opened(data)
        inspected, found = inspect(package)
        found = (*found, *_faults_in_words(package, inspected))
        if not found:
            return merged(package, inspected)
    except (Unreadable, NotFree) as refused:
        found = (refused.fault,)
    raise ShellRefused(found[:MOST_FAULTS])


def _faults_in_words(package: Package, inspected: Inspected) -> tuple[ShellFault, ...]:
    document = package.xml(inspected.main)
    names = (inspected.main, *inspected.named("header", "footer"))
    texts = {name: package.xml(name) for name in names}
    return (
        *place_faults(inspected.main, texts, first_page_parts(document, inspected)),
        *page_faults(inspected.main, document),
        *(
            fault
            for name, relations in inspected.kept.items()
            if inspected.kinds[name] not in AS_THEY_ARE
            for fault in stray_faults(name, package.xml(name), relations)
        ),
    )
