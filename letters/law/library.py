"""Reads and checks every law file once; one that cannot be trusted stops the reading."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from letters.law import strict_yaml
from letters.law.definitions import Definitions, add_phases, definitions_from, no_definitions
from letters.law.errors import LawFileError, UnknownProvision
from letters.law.hazard_lists import HazardList, hazard_lists_from
from letters.law.jurisdictions import Jurisdiction
from letters.law.law_files import provision_from, urgency_rules_from
from letters.law.postcodes import nation_of, read_postcode_areas
from letters.law.provision import Provision, UrgencyRule
from letters.law.tenures import TenureRules, tenure_rules_from

_DEFINITIONS = "definitions.yaml"
_EMERGENCIES = "potential_emergencies.yaml"
_TENURES = "tenures.yaml"
_HAZARD_LIST = "hazard_list.yaml"
_PHASES = "phases.yaml"
_NOT_PROVISIONS = (_DEFINITIONS, _EMERGENCIES, _TENURES, _HAZARD_LIST, _PHASES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Every provision of every nation that has files, with a digest of what they say."""

    provisions: tuple[Provision, ...]
    urgency_rules: tuple[UrgencyRule, ...]
    tenure_rules: Mapping[Jurisdiction, TenureRules]
    hazard_lists: Mapping[Jurisdiction, tuple[HazardList, ...]]
    postcode_areas: Mapping[str, Jurisdiction]
    digest: str
    digests: Mapping[Jurisdiction, str]
    _of: Mapping[Jurisdiction, tuple[Provision, ...]] = field(repr=False)
    _by_id: Mapping[tuple[Jurisdiction, str], Provision] = field(repr=False)

    def of(self, jurisdiction: Jurisdiction) -> tuple[Provision, ...]:
        return self._of.get(jurisdiction, ())

    def only(self, provision: Provision) -> "Library":
        """The same library as though its nation had this provision alone, so that one rule is held
        against its cases without asking all others."""
        nation = provision.jurisdiction
        return replace(self, provisions=(provision,), _of={nation: (provision,)})

    def urgency_rules_of(self, jurisdiction: Jurisdiction) -> tuple[UrgencyRule, ...]:
        return tuple(rule for rule in self.urgency_rules if rule.jurisdiction is jurisdiction)

    def tenure_rules_of(self, jurisdiction: Jurisdiction) -> TenureRules:
        """How a home can be held in the nation."""
        if jurisdiction not in self.tenure_rules:
            raise UnknownProvision(f"there are no law files for {jurisdiction.label}")
        return self.tenure_rules[jurisdiction]

    def nation_of(self, postcode: str) -> Jurisdiction | None:
        """The nation of a postcode in its normal form; None where its area does not settle it."""
        return nation_of(postcode, self.postcode_areas)

    def hazard_list(self, jurisdiction: Jurisdiction, day: date) -> HazardList | None:
        """The nation's list as it stood on the day; None where it has no rating system then."""
        lists = self.hazard_lists.get(jurisdiction, ())
        return next((each for each in reversed(lists) if each.starts_on <= day), None)

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
    tenure_rules: TenureRules
    hazard_lists: tuple[HazardList, ...]
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
        tenure_rules={name: nation.tenure_rules for name, nation in nations.items()},
        hazard_lists={name: nation.hazard_lists for name, nation in nations.items()},
        postcode_areas=read_postcode_areas(root),
        digest=_digest(digests),
        digests=digests,
        _of={name: nation.provisions for name, nation in nations.items()},
        _by_id={(p.jurisdiction, p.id): p for p in provisions},
    )


def _read_nation(folder: Path, jurisdiction: Jurisdiction) -> _Nation:
    entries = {path: strict_yaml.read(path) for path in _files(folder)}
    definitions = _definitions(folder, entries)
    urgency, lists = entries.get(folder / _EMERGENCIES), entries.get(folder / _HAZARD_LIST)
    rules = urgency_rules_from(urgency, jurisdiction, definitions) if urgency else ()
    if folder / _TENURES not in entries:
        raise LawFileError(folder / _TENURES, 1, "say how a home can be held in this nation")
    provisions = tuple(
        provision_from(
            entry, path.relative_to(folder).with_suffix("").as_posix(), jurisdiction, definitions
        )
        for path, entry in entries.items()
        if path not in {folder / name for name in _NOT_PROVISIONS}
    )
    _refuse_unused(folder, definitions)
    contents = {p.relative_to(folder).as_posix(): e.plain() for p, e in entries.items()}
    return _Nation(
        provisions=provisions,
        urgency_rules=rules,
        tenure_rules=tenure_rules_from(entries[folder / _TENURES], jurisdiction),
        hazard_lists=hazard_lists_from(lists) if lists else (),
        digest=_digest(contents),
    )


def _files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.rglob("*"), key=lambda path: path.as_posix()):
        if path.is_dir():
            continue
        if path.suffix != ".yaml":
            raise LawFileError(path, 1, "a law file ends in .yaml")
        yield path


def _definitions(folder: Path, entries: Mapping[Path, strict_yaml.Entry]) -> Definitions:
    path = folder / _DEFINITIONS
    definitions = definitions_from(entries[path]) if path in entries else no_definitions()
    if folder / _PHASES in entries:
        add_phases(entries[folder / _PHASES], definitions)
    return definitions


def _refuse_unused(folder: Path, definitions: Definitions) -> None:
    unused = sorted(definitions.names() - definitions.used)
    if unused:
        raise LawFileError(folder / _DEFINITIONS, 1, f"nothing uses {', '.join(unused)}")


def _digest(content: object) -> str:
    # sorted keys, no spaces: the same on every machine and in every order of lines
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
