"""What was recorded, as the pages of a bundle tell it to somebody who never saw this service."""

from collections.abc import Iterable
from datetime import date, datetime

from letters.access.queries import names_of
from letters.audit.models import AuditEvent
from letters.audit.queries import events_about
from letters.delivery.models import Channel, Dispatch, DispatchStatus, Receipt
from letters.delivery.queries import receipts_of
from letters.drafting.content import Picture
from letters.drafting.phrases import counted, lower_first, moment_in_words, sentence, short_day
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import TakenBy
from letters.evidence.models import Photograph, PreparedCopy
from letters.evidence.queries import latest_copy, redactions_of
from letters.issuing.models import Letter, LetterFile
from letters.law.hazards import Hazard
from letters.law.periods import LONDON
from letters.outcomes.models import Remediation, Response
from letters.rendering.records import Pairs, PhotographPage, Record

_HOW = {
    Channel.EMAIL.value: "By e-mail",
    Channel.TEXT.value: "By text message with a link to the letter",
    Channel.POST.value: "Printed and posted by GOV.UK Notify",
    Channel.DOWNLOAD.value: "Printed, and put in the post by hand",
}
_ANSWERED = {
    DispatchStatus.ACCEPTED.value: "The carrier accepted it",
    DispatchStatus.POSTED.value: "Nothing: post is not tracked",
    DispatchStatus.DELIVERED.value: "It was delivered, as told below",
    DispatchStatus.RETURNED.value: "It came back, as told below",
    DispatchStatus.FAILED.value: "The carrier accepted it and could not send it",
}
_SETTLED = "Nobody at the time; a person found out later that it had come"
_SHOWS = {
    Channel.EMAIL.value: "This page shows that the message was handed to the reader's mail server. "
    "It does not show that anybody has read it.",
    Channel.TEXT.value: "This page shows that the message was handed to the provider, and what "
    "was told of it since. It does not show that anybody has read the letter.",
    Channel.POST.value: "This page shows that the letter was handed to the provider that prints "
    "and posts, and what was told of it since. Post is not tracked: it does not show that it "
    "arrived.",
    Channel.DOWNLOAD.value: "This page shows what a person recorded here of posting the letter. It "
    "does not show that it arrived.",
}
_STEPS = {"queue_dispatch": "Asked for", "move_dispatch": ""}


def proof_of(dispatch: Dispatch, file: LetterFile) -> Record:
    """That a letter left: which file of it, how, to whom and when, and what was answered."""
    letter, sent_at = dispatch.letter, dispatch.sent_at
    assert sent_at is not None  # noqa: S101 - asked only of those that left
    by_hand: Pairs = (("Reference of the carrier", dispatch.provider_reference),)
    return Record(
        heading=f"Proof of sending: {Stage(letter.stage).label}",
        on=_day(sent_at),
        pairs=(
            ("Letter", f"{Stage(letter.stage).label}, dated {short_day(letter.day)}"),
            ("Reference", letter.content["reference"]),
            ("SHA-256 of its PDF", _in_halves(file.sha256)),
            ("How it went", _HOW[dispatch.channel]),
            ("To", "\n".join((*letter.content["addressee"], *_mailbox(dispatch)))),
            ("Handed over", _handed_over(dispatch, sent_at)),
            ("What was answered", _answered(dispatch)),
            *(by_hand if dispatch.provider_reference else ()),
        ),
        steps=_steps(dispatch),
        note=_SHOWS[dispatch.channel],
    )


def _mailbox(dispatch: Dispatch) -> tuple[str, ...]:
    return (dispatch.address,) if dispatch.address else ()


def _handed_over(dispatch: Dispatch, sent_at: datetime) -> str:
    """Of a letter that was posted the day is known, and no hour."""
    if dispatch.channel == Channel.DOWNLOAD:
        return f"On {short_day(_day(sent_at))}"
    return _capital(_moment(sent_at))


def _answered(dispatch: Dispatch) -> str:
    return _SETTLED if dispatch.reason == "settled" else _ANSWERED[dispatch.status]


def _steps(dispatch: Dispatch) -> Pairs:
    """What was done, from the audit, and what was heard of it, the earliest first; whoever did it
    by name, where it was a person."""
    done = [(event.at, says) for event, says in _done(dispatch)]
    heard = [(receipt.happened_at, _heard(receipt)) for receipt in receipts_of(dispatch)]
    return tuple((_capital(_moment(at)), says) for at, says in sorted(done + heard))


def _heard(receipt: Receipt) -> str:
    return f"{receipt.get_says_display()}, as told by {lower_first(receipt.get_source_display())}"


def _done(dispatch: Dispatch) -> Iterable[tuple[AuditEvent, str]]:
    events = [e for e in reversed(events_about([dispatch.pk])) if e.verb in _STEPS]
    names = names_of(event.actor_id for event in events if event.actor_id)
    for event in events:
        yield event, _step(event, names[event.actor_id] if event.actor_id else "")


def _step(event: AuditEvent, name: str) -> str:
    says = _STEPS[event.verb] or DispatchStatus(event.details["to"]).label
    return f"{says}, by {name}" if name else says


def reply_of(response: Response) -> Record:
    """One thing that was said or done in answer, as it was recorded."""
    letter = response.letter
    return Record(
        heading=f"Reply: {lower_first(response.get_kind_display())}",
        on=_day(response.received_at),
        pairs=(
            ("What", response.get_kind_display()),
            ("When", _capital(_moment(response.received_at))),
            ("From", letter.content["addressee"][0]),
            ("In answer to", letter_title(letter)),
            ("Recorded", f"By {response.recorded_by.name}, {_moment(response.recorded_at)}"),
        ),
        said=_said(response.summary),
        note="This page tells what a person recorded here of a reply. It is not the reply itself.",
    )


def claim_of(claim: Remediation) -> Record:
    """One claim about what was done to a hazard, and whether anybody checked it."""
    finished = short_day(claim.completed_on) if claim.completed_on else "Not said"
    return Record(
        heading=f"Claim of repair: {lower_first(Hazard(claim.hazard_report.hazard).label)}",
        on=claim.completed_on or _day(claim.recorded_at),
        pairs=(
            ("What is said", claim.get_extent_display()),
            ("Who says so", claim.get_claimed_by_display()),
            ("Finished on", finished),
            ("Cause put right", _capital(str(claim.get_cause_addressed_display()))),
            ("Checked", claim.get_verification_display()),
            ("Recorded", f"By {claim.recorded_by.name}, {_moment(claim.recorded_at)}"),
        ),
        said=_said(claim.description),
        note="A claim is what somebody says. It is verified only where somebody went to look.",
    )


def photograph_of(photograph: Photograph) -> PhotographPage:
    """The copy that letters print, with what is known of the picture; never the original."""
    copy, hidden = latest_copy(photograph), redactions_of(photograph).count()
    return PhotographPage(
        heading=f"Photograph {photograph.number}",
        on=photograph.taken_on or _day(photograph.received_at),
        picture=_picture(copy, photograph.shows),
        pairs=tuple(_known_of(photograph, copy, hidden)),
    )


def _picture(copy: PreparedCopy, shows: str) -> Picture:
    return Picture(
        digest=copy.digest,
        media_type=copy.media_type,
        width=copy.width,
        height=copy.height,
        alt=shows,
    )


def _known_of(photograph: Photograph, copy: PreparedCopy, hidden: int) -> Iterable[tuple[str, str]]:
    yield "Shows", sentence(photograph.shows)
    if photograph.room:
        yield "Where", _capital(photograph.room)
    if photograph.hazard_report:
        yield "Hazard", _capital(Hazard(photograph.hazard_report.hazard).label)
    yield "Taken on", short_day(photograph.taken_on) if photograph.taken_on else "Not known"
    yield "Taken by", _capital(TakenBy(photograph.taken_by).label)
    yield "Kept here since", _capital(_moment(photograph.received_at))
    if hidden:
        yield "Hidden", f"{counted(hidden, 'part', 'parts')} of it printed black"
    yield "SHA-256 as it came", _in_halves(photograph.original_digest)
    yield "SHA-256 as printed", _in_halves(copy.digest)


def letter_title(letter: Letter) -> str:
    """By what a letter is told from every other one of its case."""
    return f"{Stage(letter.stage).label}, {short_day(letter.day)}"


def _said(words: str) -> Pairs:
    return (("What was recorded of it", words.strip()),) if words.strip() else ()


def _in_halves(digest: str) -> str:
    """On two lines, which a person can compare."""
    return f"{digest[:32]}\n{digest[32:]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _moment(at: datetime) -> str:
    return moment_in_words(at.astimezone(LONDON))


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()
