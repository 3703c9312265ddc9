"""Finding the cases that the marks of a message name, and the dispatch that a report is about."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from letters.access.models import Partnership
from letters.cases.models import Case, Landlord
from letters.delivery.models import Channel, Dispatch
from letters.delivery.reply_addresses import cases_by_token
from letters.encryption import lookup_key
from letters.incoming.deciding import Decision, Mark, decide
from letters.incoming.models import MessageLink
from letters.incoming.reading.values import Incoming

_MOST_OF_A_LANDLORD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What was decided, with the rows it is about. `dispatches` are those that the message answers
    or reports on, by case."""

    decision: Decision
    cases: dict[UUID, Case]
    dispatches: dict[UUID, Dispatch]
    partnership: Partnership | None
    is_placed: bool = False  # a person has put it to a case before it was sorted


def match(incoming: Incoming) -> Matched:
    """Look up every mark, decide, and say whose message it is as far as that is known."""
    marks, cases, dispatches = _certain_marks(incoming)
    if not any(marks.values()):
        for mark, found in _by_sender(incoming.sender).items():
            marks[mark] = frozenset(found)
            cases |= found
    partnerships = {pk: case.team.organisation.partnership_id for pk, case in cases.items()}
    decision = decide(marks, partnerships)
    return Matched(
        decision=decision,
        cases=cases,
        dispatches=dispatches,
        partnership=_partnership_of(decision, cases),
    )


def _certain_marks(
    incoming: Incoming,
) -> tuple[dict[Mark, frozenset[UUID]], dict[UUID, Case], dict[UUID, Dispatch]]:
    marks = incoming.marks
    ids = (*marks.reported, *marks.replied_to, *marks.thread)
    by_id = {str(row.pk): row for row in _dispatches(ids)}
    texts = (*marks.tokens, *marks.said, *marks.quoted)
    by_text = cases_by_token(texts) | _cases_by_reference(texts)

    def of_ids(given: Iterable[str]) -> frozenset[UUID]:
        return frozenset(by_id[each].letter.case_id for each in given if each in by_id)

    def of_texts(given: Iterable[str]) -> frozenset[UUID]:
        return frozenset(by_text[each].pk for each in given if each in by_text)

    found = {
        Mark.REPORT: of_ids(marks.reported),
        Mark.TOKEN: of_texts(marks.tokens),
        Mark.ANSWERS: of_ids(marks.replied_to),
        Mark.SAID: of_texts(marks.said),
        Mark.THREAD: of_ids(marks.thread),
        Mark.QUOTED: of_texts(marks.quoted),
    }
    cases = {case.pk: case for case in by_text.values()}
    cases |= {row.letter.case_id: row.letter.case for row in by_id.values()}
    # The one it answers or reports on, before an older one of the thread.
    dispatches: dict[UUID, Dispatch] = {}
    for each in ids:
        if each in by_id:
            dispatches.setdefault(by_id[each].letter.case_id, by_id[each])
    return found, cases, dispatches


def _dispatches(ids: Collection[str]) -> Iterable[Dispatch]:
    rows = Dispatch.objects.filter(pk__in=[UUID(each) for each in ids])
    return rows.select_related("letter__case__team__organisation") if ids else ()


def _cases_by_reference(references: Collection[str]) -> dict[str, Case]:
    rows = Case.objects.filter(reference__in=references).select_related("team__organisation")
    return {row.reference: row for row in rows}


def _by_sender(sender: str) -> dict[Mark, dict[UUID, Case]]:
    """The cases of the landlord who uses this address, and those that it wrote about before.
    Anybody can write any address: it suggests, and never decides."""
    if not sender:
        return {}
    before = MessageLink.objects.filter(
        message__sender_key=lookup_key(sender, kind="sender"), ended_at__isnull=True
    ).select_related("case__team__organisation")
    wrote = {link.case_id: link.case for link in before.order_by("-made_at")[:_MOST_OF_A_LANDLORD]}
    return {Mark.SENDER: _of_landlord(sender), Mark.WROTE_BEFORE: wrote}


def _of_landlord(sender: str) -> dict[UUID, Case]:
    """Open cases of the landlords with this address, if they are few enough to choose from."""
    # Encrypted addresses cannot be searched for: a directory is short enough to be read through.
    landlords = Landlord.objects.values_list("pk", "merged_into", "email")
    named = [
        merged_into or pk
        for pk, merged_into, email in landlords
        if email and email.strip().lower() == sender
    ]
    rows = Case.objects.filter(tenancy__landlord__in=named, closed_at__isnull=True)
    found = rows.select_related("team__organisation").order_by("-opened_at")
    cases = list(found[: _MOST_OF_A_LANDLORD + 1]) if named else []
    return {case.pk: case for case in cases} if len(cases) <= _MOST_OF_A_LANDLORD else {}


def _partnership_of(decision: Decision, cases: dict[UUID, Case]) -> Partnership | None:
    """Whose message it is: by what is certain, by what is suggested, or because there is only one
    partnership that it can be for; None while nothing says so."""
    named = [case for case, _ in decision.links or decision.suggestions]
    theirs = {cases[case].team.organisation.partnership_id for case in named}
    if len(theirs) == 1:
        return Partnership.objects.get(pk=theirs.pop())
    if theirs:
        return None
    only = list(Partnership.objects.filter(is_demonstration=False)[:2])
    return only[0] if len(only) == 1 else None


def dispatch_reported(matched: Matched, incoming: Incoming) -> Dispatch | None:
    """The dispatch that a report is about: the one it names, or the only one of the case that went
    to the mailbox it names. None where that is not certain."""
    cases = [case for case, _ in matched.decision.links]
    if len(cases) != 1 or incoming.report is None:
        return None
    mailboxes = {incoming.report.recipient, incoming.report.original_recipient} - {""}
    named = matched.dispatches.get(cases[0])
    if named is not None:
        # What was passed on to another mailbox, and bounced there, may well have been read.
        return named if not mailboxes or (named.address or "").lower() in mailboxes else None
    sent = Dispatch.objects.filter(
        letter__case=cases[0], channel=Channel.EMAIL, sent_at__isnull=False
    )
    there = [row for row in sent if (row.address or "").lower() in mailboxes]
    return there[0] if len(there) == 1 else None
