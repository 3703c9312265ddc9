"""Everything a nation's reviewers sign, unit by unit, and the units that one letter rests on."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from letters.drafting.content import Emphasis
from letters.drafting.kinds import Signatory
from letters.drafting.passages import LetterWording, Line, Passage
from letters.drafting.stages import Stage
from letters.drafting.trace import Trace
from letters.drafting.wording import Wording
from letters.issuing.explorer import listed_on
from letters.issuing.sources import library, nations, wording
from letters.law import strict_yaml
from letters.law.jurisdictions import Jurisdiction
from letters.law.units import Unit, UnitKind, lines_of, version_unit_id
from letters.law.units import units_of as units_of_law

# What was signed before units were signed one by one: no unit, so it lets nothing go.
WHOLE_NATION = "whole nation"
# Every letter of a nation rests on these, whatever it cites.
_UNDER_EVERY_LETTER = (
    UnitKind.TENURES,
    UnitKind.HAZARD_LIST,
    UnitKind.POTENTIAL_EMERGENCIES,
    UnitKind.WORDS,
    UnitKind.LADDER,
    UnitKind.RECEIPT,
)
# Where a postcode lies settles no word of a letter: that list is signed for its own sake.
_FILES_OF_EVERY_NATION = {
    UnitKind.RESTRAINT: "what_a_clinician_may_not_say.yaml",
    UnitKind.POSTCODES: "postcode_areas.yaml",
}


def units_of(jurisdiction: Jurisdiction) -> Mapping[str, Unit]:
    """Every unit of a nation by its id: its law, its letters, and the evidence they may quote."""
    digest = wording(jurisdiction).digest if jurisdiction in nations() else ""
    root = settings.TEMPLATES_LEGAL
    return _units(root, jurisdiction, library().digest_of(jurisdiction), digest)


@cache
def _units(root: Path, jurisdiction: Jurisdiction, law: str, words: str) -> Mapping[str, Unit]:
    """Made once for each digest of the files."""
    units = list(units_of_law(library(), jurisdiction))
    if words:
        units += _units_of_wording(wording(jurisdiction))
    files = _FILES_OF_EVERY_NATION.items()
    units += [_of_every_nation(kind, root / name) for kind, name in files]
    return MappingProxyType({unit.id: unit for unit in units})


def _of_every_nation(kind: UnitKind, path: Path) -> Unit:
    """One file that is the same for all nations, and signed once for all of them."""
    content = strict_yaml.read(path).plain()
    return Unit(
        id=unit_id_of_every_nation(kind),
        kind=kind,
        title=f"{kind.label[:1].upper()}{kind.label[1:]}, in every nation",
        said=tuple(lines_of(_with_lists_in_words(content))),
        of=kind.value,
    )


def unit_id_of_every_nation(kind: UnitKind) -> str:
    """ "every_nation/restraint"."""
    return f"every_nation/{kind.value}"


def _with_lists_in_words(value: object) -> object:
    """Each list as one line, in which a word that is added unsettles no other."""
    if isinstance(value, dict):
        return {key: _with_lists_in_words(each) for key, each in value.items()}
    return "; ".join(str(each) for each in value) if isinstance(value, list) else value


def _units_of_wording(words: Wording) -> Iterable[Unit]:
    nation = words.jurisdiction.value
    for stage, letter in words.letters.items():
        yield _letter(words, stage, letter)
    yield _of_nation(nation, UnitKind.WORDS, _words(words))
    yield _of_nation(nation, UnitKind.LADDER, lines_of(words.ladder))
    yield _of_nation(nation, UnitKind.RECEIPT, lines_of(words.receipt))
    for statement in words.evidence.statements:
        if words.jurisdiction in statement.nations:
            yield Unit(
                id=f"evidence/{statement.id}",
                kind=UnitKind.STATEMENT,
                title=f"Evidence: {statement.id.replace('_', ' ')}",
                said=statement.lines,
                of=statement.id,
            )


def _of_nation(nation: str, kind: UnitKind, said: Iterable[str]) -> Unit:
    title = f"{kind.label[:1].upper()}{kind.label[1:]}"
    return Unit(
        id=f"{nation}/{kind.value}", kind=kind, title=title, said=tuple(said), of=kind.value
    )


def _letter(words: Wording, stage: Stage, letter: LetterWording) -> Unit:
    here = words.here[stage]
    cites = "every duty of the landlord" if here.cites is None else "; ".join(here.cites) or "none"
    made_of = (
        *lines_of(words.kinds[stage], "kind"),
        *lines_of(here.tenures, "tenures"),
        f"cites: {cites}",
    )
    passages = (line for passage in letter.passages.values() for line in _passage(passage))
    return Unit(
        id=letter_unit_id(words.jurisdiction, stage),
        kind=UnitKind.LETTER,
        title=f"Letter: {stage.label}",
        said=(*made_of, *passages),
        of=stage.value,
    )


def letter_unit_id(jurisdiction: Jurisdiction, stage: Stage) -> str:
    """ "england/letters/first_letter"."""
    return f"{jurisdiction.value}/letters/{stage.value}"


def _words(words: Wording) -> Iterable[str]:
    letter = next(iter(words.letters.values()), None)
    yield from lines_of(letter.terms if letter else {})
    yield from lines_of(words.holdings, "holdings")
    yield from lines_of(words.order, "order")
    yield from lines_of(words.not_printed, "not printed")
    yield from lines_of(words.protections, "protections")
    for unit, (one, many) in words.units.items():
        yield f"units, {unit.value.replace('_', ' ')}: {one}; {many}"


def _passage(passage: Passage) -> Iterable[str]:
    """The words as the reviewers wrote them, each paragraph and item a line."""
    for part in passage.parts:
        if isinstance(part, Line):
            yield f"{passage.name}: {_line(part)}"
        else:
            kind, lines = part
            yield from (f"{passage.name}, {kind.value}: {_line(line)}" for line in lines)


def _line(line: Line) -> str:
    marks = {Emphasis.STRONG: "**"}
    return "".join(f"{marks.get(kind, '')}{text}{marks.get(kind, '')}" for text, kind in line.runs)


def in_force(jurisdiction: Jurisdiction, day: date) -> tuple[Unit, ...]:
    """Every unit that counts on the day: no version before its start or after the next one's."""
    law = {
        version_unit_id(jurisdiction, provision.id, version.starts_on)
        for provision in library().of(jurisdiction)
        if (version := listed_on(provision, day).version) is not None
    }
    dated = (UnitKind.VERSION, UnitKind.ENDING)
    units = units_of(jurisdiction).values()
    return tuple(unit for unit in units if unit.kind not in dated or unit.id in law)


def rests_on(trace: Trace, stage: Stage) -> frozenset[str]:
    """The ids of the units that a letter of this stage, with these reasons, rests on."""
    nation = trace.jurisdiction
    cited = (each for entry in trace.entries for each in entry.provisions)
    versions = {version_unit_id(nation, c.provision_id, c.version_starts_on) for c in cited}
    statements = {f"evidence/{s}" for entry in trace.entries for s in entry.statements}
    under = {f"{nation.value}/{kind.value}" for kind in _UNDER_EVERY_LETTER}
    there = {unit_id for unit_id in under if unit_id in units_of(nation)}
    own = {letter_unit_id(nation, stage), *_restraint(nation, stage)}
    return frozenset(versions | statements | there | own)


def _restraint(nation: Jurisdiction, stage: Stage) -> Iterable[str]:
    """What a clinician may not say, for the kinds of letter that a clinician may sign."""
    if a_clinician_may_sign(nation, stage):
        yield unit_id_of_every_nation(UnitKind.RESTRAINT)


def a_clinician_may_sign(nation: Jurisdiction, stage: Stage) -> bool:
    """Whether what a clinician may not say is held against this kind of letter."""
    return wording(nation).kinds[stage].signs in (Signatory.CLINICIAN, Signatory.EITHER)


def digests_of(trace: Trace, stage: Stage) -> dict[str, str]:
    """Each of those units with what it says now, by its digest; "" for one that is gone."""
    units = units_of(trace.jurisdiction)
    return {
        unit_id: units[unit_id].digest if unit_id in units else ""
        for unit_id in sorted(rests_on(trace, stage))
    }


def changed_since(then: Mapping[str, str], trace: Trace, stage: Stage) -> tuple[str, ...]:
    """The titles of what a letter rests on that says something else than `then`, when it was
    drafted: other words, or a version that has begun since. What the facts brought in does not
    count."""
    now, units = digests_of(trace, stage), units_of(trace.jurisdiction)
    reworded = {unit_id for unit_id in then if now.get(unit_id, then[unit_id]) != then[unit_id]}
    provisions = {_provision(unit_id) for unit_id in then if unit_id not in now}
    begun = {
        unit_id for unit_id in now if unit_id not in then and _provision(unit_id) in provisions
    }
    changed = sorted(reworded | (begun if then else set()))
    return tuple(units[unit_id].title for unit_id in changed if unit_id in units)


def _provision(unit_id: str) -> str:
    return unit_id.partition("@")[0]
