"""What pages say of safety, of what was stopped, and of letters that are held."""

from collections.abc import Iterable
from dataclasses import dataclass

from letters.access.models import User
from letters.cases.models import Case
from letters.cases.queries import is_open_to_advisers
from letters.cases.safety import SafetyRecord, safety_of
from letters.delivery.models import Channel, Dispatch
from letters.delivery.queries import may_still_leave
from letters.delivery.withholding import Withheld
from letters.drafting.gates import Effect, Gate
from letters.drafting.phrases import lower_first, short_day
from letters.drafting.vocabulary import ContactWay
from letters.issuing.gates import (
    GateLifted,
    lifted_of,
    standing_gates,
    standing_gates_of_each,
)
from letters.issuing.models import Letter
from letters.law.facts import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """What whoever opens the case must know before they do anything."""

    recorded: SafetyRecord | None

    @property
    def do_not_contact(self) -> bool:
        return self.recorded is not None and self.recorded.contact == ContactWay.NONE

    @property
    def hide_whereabouts(self) -> bool:
        return self.recorded is not None and self.recorded.hide_whereabouts == Answer.YES

    @property
    def concerns(self) -> tuple[str, ...]:
        return tuple(each.label for each in self.recorded.concerns) if self.recorded else ()

    @property
    def unsure(self) -> tuple[str, ...]:
        return tuple(each.label for each in self.recorded.unsure) if self.recorded else ()

    @property
    def says(self) -> str:
        """In the list of what is recorded; '' where nothing is."""
        if self.recorded is None:
            return ""
        count = len(self.concerns) + self.do_not_contact + self.hide_whereabouts
        if count:
            return "1 concern" if count == 1 else f"{count} concerns"
        return "Recorded"


def warnings_of(case: Case) -> Warnings:
    return Warnings(recorded=safety_of(case))


@dataclass(frozen=True, slots=True, kw_only=True)
class AtGate:
    """What holds a letter. `reaches_adviser` says whether an adviser can see the case at all."""

    gates: tuple[Gate, ...]
    lifted: tuple[GateLifted, ...]
    reaches_adviser: bool

    @property
    def asks_to_record(self) -> bool:
        return any(gate.effect is Effect.RECORD for gate in self.gates)

    @property
    def stops(self) -> bool:
        return any(gate.effect is Effect.STOPS for gate in self.gates)


def at_gate(letter: Letter) -> AtGate:
    gates = standing_gates(letter)
    return AtGate(
        gates=gates,
        lifted=lifted_of(letter),
        reaches_adviser=bool(gates) and is_open_to_advisers(letter.case),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One letter that waits for an adviser, and what holds it."""

    letter: Letter
    gates: tuple[Gate, ...]


def letters_held_for(user: User) -> tuple[Held, ...]:
    """The letters that an adviser has been asked about, the oldest first."""
    letters = tuple(may_still_leave(user))  # answers are encrypted: which are held, rows cannot say
    found = standing_gates_of_each(letters)
    held = ((letter, found[letter.pk]) for letter in letters)
    return tuple(
        Held(letter=letter, gates=gates)
        for letter, gates in held
        if any(gate.effect is not Effect.RECORD for gate in gates)
    )


def withheld_in_words(done: str, withheld: Withheld) -> str:
    """For the line at the head of the next page."""
    parts = [done]
    if withheld.stopped:
        parts.append(f"Stopped: {_named(withheld.stopped)}")
    if any(each.channel == Channel.DOWNLOAD for each in withheld.stopped):
        parts.append("Do not post what was printed of it")
    if withheld.gone:
        parts.append(f"Left already, and cannot be called back: {_named(withheld.gone)}")
    return ". ".join(parts)


def _named(dispatches: Iterable[Dispatch]) -> str:
    """By kind and day; the line says no name."""
    letters = (each.letter for each in dispatches)
    return "; ".join(
        f"{lower_first(letter.get_stage_display())} of {short_day(letter.day)}"
        for letter in letters
    )
