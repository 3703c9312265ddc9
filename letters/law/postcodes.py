"""Which nation a postcode lies in, where its area lies in one; nothing is guessed at a border."""

import re
from collections.abc import Mapping
from pathlib import Path

from letters.law import strict_yaml
from letters.law.jurisdictions import Jurisdiction

_AREA = re.compile(r"[A-Z]{1,2}(?=[0-9])")


def read_postcode_areas(root: Path) -> Mapping[str, Jurisdiction]:
    """Read `<root>/postcode_areas.yaml`: area letters, "EH", to their nation."""
    entry = strict_yaml.read(root / "postcode_areas.yaml")
    entry.allow(["verification", "areas"])
    listed = entry.entry("areas")
    listed.allow([jurisdiction.value for jurisdiction in Jurisdiction])
    areas: dict[str, Jurisdiction] = {}
    for jurisdiction in Jurisdiction:
        for area in listed.texts(jurisdiction.value):
            if area in areas:
                listed.refuse(f"{area} is there twice", listed.line_of(jurisdiction.value))
            areas[area] = jurisdiction
    return areas


def nation_of(postcode: str, areas: Mapping[str, Jurisdiction]) -> Jurisdiction | None:
    """The nation of a postcode in its normal form; None where its area does not settle it."""
    match = _AREA.match(postcode)
    return areas.get(match[0]) if match else None
