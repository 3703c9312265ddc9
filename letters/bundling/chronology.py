"""What happened, by date, with the part of the bundle that shows it.

Only what was recorded, and only what the bundle holds: a letter, a reply or a claim that was not
chosen is not told of by the back door.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from letters.bundling.models import PartKind
from letters.cases.models import Case
from letters.cases.queries import hazards_of
from letters.delivery.models import Channel, Dispatch, DispatchStatus, Says
from letters.delivery.queries import dispatches_about, receipts_of
from letters.drafting.history import Missed
from letters.drafting.phrases import clause, lower_first
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Happening
from letters.issuing.models import Letter
from letters.issuing.queries import content_of, letters_of
from letters.law.hazards import Hazard
from letters.law.periods import LONDON
from letters.outcomes.models import Remediation, Response
from letters.outcomes.queries import claims_about, responses_to
from letters.rendering import text
from letters.tracking.queries import missed_of

_WENT = {
    Channel.EMAIL.value: "Sent by e-mail",
    Channel.TEXT.value: "Sent by text message",
    Channel.POST.value: "Handed over to be printed and posted",
    Channel.DOWNLOAD.value: "Posted",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line; `part` is the key of what shows it, None where the bundle shows it nowhere."""

    on: date
    says: str
    part: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """A chosen letter with its words, to find where a day is printed."""

    row: Letter
    key: str
    words: str


def chronology_of(case: Case, chosen: Collection[str]) -> tuple[Told, ...]:
    """Each dated fact once, the earliest first; `chosen` are the keys of the parts."""
    letters = tuple(_chosen_letters(case, chosen))
    found = (
        *_of_hazards(case, letters),
        *_of_letters(case, letters, chosen),
        *_of_missed(letters),
        *_of_replies(case, chosen),
        *_of_claims(case, chosen),
    )
    return tuple(sorted(dict.fromkeys(found), key=lambda each: each.on))


def key_of(kind: PartKind, row: Letter | Dispatch | Response | Remediation) -> str:
    return f"{kind.value}-{row.pk}"


def _chosen_letters(case: Case, chosen: Collection[str]) -> Iterable[_Letter]:
    for letter in letters_of(case).order_by("approved_at", "id"):
        key = key_of(PartKind.LETTER, letter)
        if key in chosen:
            words = " ".join(text.render(content_of(letter)).split())
            yield _Letter(row=letter, key=key, words=words)


def _shown_by(letters: Iterable[_Letter], day: date) -> str | None:
    """The first letter, written on that day or later, that prints the day."""
    printed = re.compile(rf"(?<!\d){day.day} {day:%B} {day.year}")
    found = (each for each in letters if each.row.day >= day and printed.search(each.words))
    return next((each.key for each in found), None)


def _of_hazards(case: Case, letters: Collection[_Letter]) -> Iterable[Told]:
    for report in hazards_of(case):
        name = Hazard(report.hazard).label
        if report.first_noticed_on:
            day = report.first_noticed_on
            says = f"First noticed: {lower_first(name)}"
            yield Told(on=day, says=says, part=_shown_by(letters, day))
        if report.landlord_told_on:
            day = report.landlord_told_on
            says = f"{Happening.TOLD.label}: {lower_first(name)}"
            yield Told(on=day, says=says, part=_shown_by(letters, day))


def _of_letters(
    case: Case, letters: Collection[_Letter], chosen: Collection[str]
) -> Iterable[Told]:
    """Each time a letter left, with the proof of it, or the letter where no proof was chosen."""
    keys = {each.row.pk: each.key for each in letters}
    for dispatch in dispatches_about(case).filter(sent_at__isnull=False).select_related("letter"):
        proof = key_of(PartKind.PROOF, dispatch)
        part = proof if proof in chosen else keys.get(dispatch.letter_id)
        if part is not None and dispatch.sent_at is not None:
            yield Told(on=_day(dispatch.sent_at), says=went(dispatch), part=part)
            yield from _came_back(dispatch, part)


def _came_back(dispatch: Dispatch, part: str) -> Iterable[Told]:
    if dispatch.status == DispatchStatus.RETURNED:
        told = receipts_of(dispatch).filter(says=Says.RETURNED).last()
        name = lower_first(Stage(dispatch.letter.stage).label)
        if told is not None:
            yield Told(on=_day(told.happened_at), says=f"Came back: {name}", part=part)


def went(dispatch: Dispatch) -> str:
    """How a letter left, which, and to whom."""
    letter = dispatch.letter
    name, to = lower_first(Stage(letter.stage).label), letter.content["addressee"][0]
    return f"{_WENT[dispatch.channel]}: {name}, to {to}"


def _of_missed(letters: Collection[_Letter]) -> Iterable[Told]:
    seen: set[Missed] = set()
    for letter in letters:
        for missed in missed_of(letter.row):
            if missed not in seen:
                seen.add(missed)
                part = _shown_by(letters, missed.due_on)
                yield Told(on=missed.due_on, says=_passed(missed), part=part)


def _passed(missed: Missed) -> str:
    basis = missed.basis.label if missed.is_certain else "under law that may apply"
    return f"{Happening.DATE_MISSED.label}: {clause(missed.requires)} ({basis})"


def _of_replies(case: Case, chosen: Collection[str]) -> Iterable[Told]:
    for response in responses_to(case):
        key = key_of(PartKind.RESPONSE, response)
        if key in chosen:
            says = replied(response)
            yield Told(on=_day(response.received_at), says=says, part=key)


def replied(response: Response) -> str:
    """What the landlord said or did, without anybody's own words."""
    if response.kind == Response.Kind.INSPECTED:
        return Happening.INSPECTION.label
    return f"Reply: {lower_first(response.get_kind_display())}"


def _of_claims(case: Case, chosen: Collection[str]) -> Iterable[Told]:
    """On the day on which the work is said to have been finished, else on that of the claim."""
    for claim in claims_about(case):
        key = key_of(PartKind.CLAIM, claim)
        if key in chosen:
            day = claim.completed_on or _day(claim.recorded_at)
            yield Told(on=day, says=claimed(claim), part=key)


def claimed(claim: Remediation) -> str:
    """What was done to which hazard, and who says so."""
    name, who = Hazard(claim.hazard_report.hazard).label, claim.get_claimed_by_display()
    return f"{claim.get_extent_display()}: {lower_first(name)}, says {lower_first(who)}"


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
