"""Reads and checks every law file once; one that cannot be trusted stops the reading."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from letters.law import strict_yaml
from letters.law.definitions import Definitions, definitions_from, no_definitions
from letters.law.errors import LawFileError, UnknownProvision
from letters.law.jurisdictions import Jurisdiction
from letters.law.law_files import provision_from, urgency_rules_from
from letters.law.provision import Provision, UrgencyRule

_DEFINITIONS = "definitions.yaml"
_EMERGENCIES = "potential_emergencies.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Every provision of every nation that has files, with a digest of what they say."""

    provisions: tuple[Provision, ...]
    urgency_rules: tuple[UrgencyRule, ...]
    digest: str
    digests: Mapping[Jurisdiction, str]
    _by_id: Mapping[tuple[Jurisdiction, str], Provision] = field(repr=False)

    def of(self, jurisdiction: Jurisdiction) -> tuple[Provision, ...]:
        return tuple(p for p in self.provisions if p.jurisdiction is jurisdiction)

    def urgency_rules_of(self, jurisdiction: Jurisdiction) -> tuple[UrgencyRule, ...]:
        return tuple(rule for rule in self.urgency_rules if rule.jurisdiction is jurisdiction)

    def provision(self, jurisdiction: Jurisdiction, provision_id: str) -> Provision:
        """The provision with this id; UnknownProvision names the nearest ids."""
        found = self._by_id.get((jurisdiction, provision_id))
        if found is None:
            ids = [provision.id for provision in self.of(jurisdiction)]
            near = get_close_matches(provision_id, ids, cutoff=0.4)
            told = f"near it: {', '.join(near)}" if near else f"it has {', '.join(ids)}"
            raise UnknownProvision(f"{jurisdiction.label} has no provision {provision_id}; {told}")
        return found

    def digest_of(self, jurisdiction: Jurisdiction) -> str:
        """The digest of one nation's files: what its legal reviewer signs."""
        if jurisdiction not in self.digests:
            raise UnknownProvision(f"there are no law files for {jurisdiction.label}")
        return self.digests[jurisdiction]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nation:
    provisions: tuple[Provision, ...]
    urgency_rules: tuple[UrgencyRule, ...]
    digest: str


def read_library(root: Path) -> Library:
    """All law files under root/<jurisdiction>/law, read and checked."""
    nations = {
        jurisdiction: _read_nation(root / jurisdiction / "law", jurisdiction)
        for jurisdiction in Jurisdiction
        if (root / jurisdiction / "law").is_dir()
    }
    if not nations:
        raise LawFileError(root, 1, "there are no law files here")
    provisions = tuple(p for nation in nations.values() for p in nation.provisions)
    digests = {jurisdiction: nation.digest for jurisdiction, nation in nations.items()}
    return Library(
        provisions=provisions,
        urgency_rules=tuple(r for nation in nations.values() for r in nation.urgency_rules),
        digest=_digest(digests),
        digests=digests,
        _by_id={(p.jurisdiction, p.id): p for p in provisions},
    )


def _read_nation(folder: Path, jurisdiction: Jurisdiction) -> _Nation:
    entries = {path: strict_yaml.read(path) for path in _files(folder)}
    definitions = _definitions(folder, entries)
    rules: tuple[UrgencyRule, ...] = ()
    provisions: list[Provision] = []
    for path, entry in entries.items():
        if path == folder / _EMERGENCIES:
            rules = urgency_rules_from(entry, jurisdiction, definitions)
        elif path != folder / _DEFINITIONS:
            provision_id = path.relative_to(folder).with_suffix("").as_posix()
            provisions.append(provision_from(entry, provision_id, jurisdiction, definitions))
    _refuse_unused(folder, definitions)
    contents = {p.relative_to(folder).as_posix(): e.plain() for p, e in entries.items()}
    return _Nation(provisions=tuple(provisions), urgency_rules=rules, digest=_digest(contents))


def _files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.rglob("*"), key=lambda path: path.as_posix()):
        if path.is_dir():
            continue
        if path.suffix != ".yaml":
            raise LawFileError(path, 1, "a law file ends in .yaml")
        yield path


def _definitions(folder: Path, entries: Mapping[Path, strict_yaml.Entry]) -> Definitions:
    path = folder / _DEFINITIONS
    return definitions_from(entries[path]) if path in entries else no_definitions()


def _refuse_unused(folder: Path, definitions: Definitions) -> None:
    unused = sorted(definitions.names() - definitions.used)
    if unused:
        raise LawFileError(folder / _DEFINITIONS, 1, f"nothing uses {', '.join(unused)}")


def _digest(content: object) -> str:
    # sorted keys, no spaces: the same on every machine and in every order of lines
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
