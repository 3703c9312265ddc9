"""The lists of hazards a nation's rating system has had, each from its day, mapped to our keys."""

from dataclasses import dataclass
from datetime import date

from letters.law.hazards import Hazard
from letters.law.provision import Verification
from letters.law.strict_yaml import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedHazard:
    """One entry of a list by its official name; `verification` is of the mapping to our keys."""

    name: str
    hazards: tuple[Hazard, ...]
    verification: Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardList:
    """One list as it stood from a day until the next."""

    starts_on: date
    name: str
    verification: Verification
    sources: tuple[str, ...]
    listed: tuple[ListedHazard, ...]

    def name_of(self, hazard: Hazard) -> str:
        """The list's own name for our hazard; '' where it has none."""
        names = (each.name for each in self.listed if hazard in each.hazards)
        return next(names, "")


def hazard_lists_from(entry: Entry) -> tuple[HazardList, ...]:
    """The lists of one nation, the oldest first."""
    entry.allow(["lists"])
    dated = entry.entry("lists")
    return tuple(_list(day, dated.entry(day)) for day in dated.days())


def _list(day: date, entry: Entry) -> HazardList:
    entry.allow(["name", "verification", "sources", "hazards"])
    listed = tuple(_listed(each) for each in entry.entries("hazards"))
    ours = [hazard for each in listed for hazard in each.hazards]
    twice = sorted({hazard.value for hazard in ours if ours.count(hazard) > 1})
    if twice:
        entry.refuse(f"{', '.join(twice)} stands in the list twice", entry.line_of("hazards"))
    return HazardList(
        starts_on=day,
        name=entry.text("name"),
        verification=entry.choice("verification", Verification),
        sources=entry.texts("sources"),
        listed=listed,
    )


def _listed(entry: Entry) -> ListedHazard:
    entry.allow(["name", "hazards", "verification"])
    return ListedHazard(
        name=entry.text("name"),
        hazards=entry.choices("hazards", Hazard),
        verification=entry.choice("verification", Verification),
    )
