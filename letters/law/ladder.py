"""What the next step is while nothing happens, by nation and tenure, and who takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from letters.law import strict_yaml
from letters.law.errors import LawError
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Tenure


class NoLadder(LawError):
    """No ladder is written down for this tenure."""


class NotOnLadder(LawError):
    """This step is not on the ladder of this tenure."""


class SentBy(StrEnum):
    """Whose step it is."""

    CLINICIAN = "clinician"
    ADVISER = "adviser"
    TENANT = "tenant"
    SOLICITOR = "solicitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`says` tells an adviser what to do; `public` names the step in a letter, '' if not named.
    `when` says when it may be taken and `needs` what must be at hand; before it, the steps named
    in `after` must have been sent."""

    key: str
    sent_by: SentBy
    says: str
    public: str
    when: str
    needs: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The steps for each tenure, first to last; what to do first in an emergency; and the steps
    that are an adviser's or a solicitor's alone, at whatever time they judge right."""

    jurisdiction: Jurisdiction
    by_tenure: Mapping[Tenure, tuple[Step, ...]]
    emergency: Mapping[Tenure, tuple[Step, ...]]
    reserved: Mapping[Tenure, tuple[Step, ...]]

    def steps(self, tenure: Tenure) -> tuple[Step, ...]:
        if tenure not in self.by_tenure:
            raise NoLadder(f"no ladder for {tenure.value} in {self.jurisdiction.label}")
        return self.by_tenure[tenure]

    def steps_after(self, tenure: Tenure, key: str) -> tuple[Step, ...]:
        """Every step above this one; none at the top."""
        steps = self.steps(tenure)
        keys = [step.key for step in steps]
        if key not in keys:
            raise NotOnLadder(f"the ladder for {tenure.value} has no step {key}")
        return steps[keys.index(key) + 1 :]

    def next_step(self, tenure: Tenure, after: str) -> Step | None:
        """The step after this one; None at the top."""
        return next(iter(self.steps_after(tenure, after)), None)


def read_ladder(root: Path, jurisdiction: Jurisdiction) -> Ladder:
    """Read `<root>/<jurisdiction>/ladder.yaml`."""
    entry = strict_yaml.read(root / jurisdiction.value / "ladder.yaml")
    entry.allow(("verification", "sources", "ladders", "steps"))
    steps = {
        key: _step(key, entry.entry("steps").entry(key)) for key in entry.entry("steps").names()
    }
    found: dict[str, dict[Tenure, tuple[Step, ...]]] = {
        "steps": {},
        "emergency": {},
        "reserved": {},
    }
    for ladder in entry.entries("ladders"):
        ladder.allow(("tenures", "steps", "emergency", "reserved"))
        for tenure in ladder.choices("tenures", Tenure):
            if tenure in found["steps"]:
                ladder.refuse(f"{tenure.value} has two ladders", ladder.line_of("tenures"))
            for name, by_tenure in found.items():
                by_tenure[tenure] = _named(ladder, name, steps)
    return Ladder(
        jurisdiction=jurisdiction,
        by_tenure=found["steps"],
        emergency=found["emergency"],
        reserved=found["reserved"],
    )


def _named(ladder: strict_yaml.Entry, name: str, steps: Mapping[str, Step]) -> tuple[Step, ...]:
    for key in ladder.texts(name):
        if key not in steps:
            ladder.refuse(f"the step {key} is not described", ladder.line_of(name))
    return tuple(steps[key] for key in ladder.texts(name))


def _step(key: str, entry: strict_yaml.Entry) -> Step:
    entry.allow(("sent_by", "says", "public", "when", "needs", "after"))
    return Step(
        key=key,
        sent_by=entry.choice("sent_by", SentBy),
        says=entry.text("says"),
        public="" if entry.is_null("public") else entry.text("public"),
        when=entry.text("when"),
        needs=_texts(entry, "needs"),
        after=_texts(entry, "after"),
    )


def _texts(entry: strict_yaml.Entry, key: str) -> tuple[str, ...]:
    """A list, or the word none."""
    if entry.is_text(key) and entry.text(key) == "none":
        return ()
    return entry.texts(key)
