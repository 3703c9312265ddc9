"""Which case a message belongs to: certain, or a person's to say. Never the wrong one."""

import random
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.incoming.deciding import MOST_CASES, Decision, Mark, decide
from letters.incoming.reading.marks import references_in, tokens_in
from letters.incoming.reading.read import read
from tests.incoming.mails import MAILBOX, Known, Mail

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))
HERE, THERE = UUID(int=10), UUID(int=11)
THEIRS = {ONE: HERE, TWO: HERE, THREE: THERE}
TRIES = 2_500
_SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"


def decided(**marks: set[UUID]) -> Decision:
    return decide({Mark(name): frozenset(cases) for name, cases in marks.items()}, THEIRS)


def cases_of(decision: Decision) -> set[UUID]:
    return {case for case, _ in decision.links}


def test_a_token_decides() -> None:
    assert decided(token={ONE}).links == ((ONE, Mark.TOKEN),)


def test_tokens_of_two_cases_decide_for_both() -> None:
    assert cases_of(decided(token={ONE, TWO})) == {ONE, TWO}


def test_what_is_said_adds_to_the_address() -> None:
    assert cases_of(decided(token={ONE}, said={ONE, TWO})) == {ONE, TWO}


@pytest.mark.parametrize("other", [Mark.SAID, Mark.ANSWERS, Mark.REPORT, Mark.THREAD, Mark.QUOTED])
def test_marks_that_disagree_decide_nothing(other: Mark) -> None:
    decision = decided(**{"token": {ONE}, other.value: {TWO}})

    assert decision.links == ()
    assert decision.note == "marks_disagree"
    assert {case for case, _ in decision.suggestions} == {ONE, TWO}


def test_an_older_case_of_the_thread_is_only_suggested() -> None:
    decision = decided(token={ONE}, thread={ONE, TWO})

    assert cases_of(decision) == {ONE}
    assert decision.suggestions == ((TWO, Mark.THREAD),)


def test_cases_of_two_partnerships_are_a_persons_to_part() -> None:
    assert decided(token={ONE, THREE}).note == "several_partnerships"


def test_a_message_for_very_many_cases_is_a_persons() -> None:
    many = {uuid4() for _ in range(MOST_CASES + 1)}

    decision = decide({Mark.TOKEN: frozenset(many)}, dict.fromkeys(many, HERE))

    assert (decision.links, decision.note) == ((), "too_many_cases")


@pytest.mark.parametrize("mark", [Mark.SENDER, Mark.WROTE_BEFORE])
def test_a_sender_suggests_and_never_decides(mark: Mark) -> None:
    decision = decided(**{mark.value: {ONE}})

    assert decision.links == ()
    assert decision.suggestions == ((ONE, mark),)


def test_one_quoted_case_decides_and_two_do_not() -> None:
    assert cases_of(decided(quoted={ONE})) == {ONE}
    assert decided(quoted={ONE, TWO}).note == "several_cases"
    assert decided(quoted={ONE}, thread={TWO}).note == "several_cases"


@given(st.dictionaries(st.sampled_from(list(Mark)), st.sets(st.sampled_from([ONE, TWO, THREE]))))
def test_no_mark_is_lost_and_none_made_up(marks: dict[Mark, set[UUID]]) -> None:
    decision = decide({mark: frozenset(cases) for mark, cases in marks.items()}, THEIRS)

    named = set().union(*marks.values()) if marks else set()
    told = cases_of(decision) | {case for case, _ in decision.suggestions}
    assert told == named
    assert len({THEIRS[case] for case in cases_of(decision)}) <= 1
    assert bool(decision.links) != bool(decision.note)


@pytest.mark.parametrize(
    "text",
    ["abcdefghij234567", "ABCDEFGHIJ234567", "a8cdefghij234567"],
)
def test_a_token_is_read_however_it_was_copied(text: str) -> None:
    assert tokens_in([f"<replies+{text}@x.example>"]) == ("abcdefghij234567",)


@pytest.mark.parametrize(
    "text",
    ["BCDF-2345", "bcdf 2345", "BCDF2345", "BCDF\u20132345", "ref:BCDF-2345.", "(BCDF - 2345)"],
)
def test_a_reference_is_read_however_it_was_typed(text: str) -> None:
    assert references_in([text]) == ("BCDF-2345",)


@pytest.mark.parametrize("text", ["BCDFG-2345", "BCDF-23456", "ABCD-2345", "BCDF/2345", "0207 946"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert references_in([text]) == ()


@dataclass
class Town:
    """Many cases, and a landlord's programs that mix their marks in every way."""

    chance: random.Random
    cases: list[Known] = field(default_factory=list)

    def settle(self, count: int) -> None:
        for _ in range(count):
            signs = "".join(self.chance.choices(_SIGNS, k=8))
            token = "".join(self.chance.choices("abcdefghijklmnopqrstuvwxyz234567", k=16))
            self.cases.append(
                Known(
                    reference=f"{signs[:4]}-{signs[4:]}",
                    token=token,
                    dispatch_id=UUID(int=self.chance.getrandbits(128), version=4),
                )
            )

    def mail(self, about: Known, other: Known) -> bytes:
        """A message about one case, with some of its marks, and now and then one of another."""
        headers, body = [], ["We will come.\n"]
        to, subject = MAILBOX, "Damp"
        for mark in self.chance.sample(range(6), k=self.chance.randint(1, 4)):
            case = other if self.chance.random() < 0.15 else about
            if mark == 0:
                to = case.address
            elif mark == 1:
                headers.append(("In-Reply-To", case.message_id))
            elif mark == 2:
                headers.append(("References", case.message_id))
            elif mark == 3:
                subject = f"Re: {case.reference}"
            elif mark == 4:
                body.insert(0, f"About {case.reference.lower()}:\n")
            else:
                body.append(case.quoted)
        return Mail(to=to, subject=subject, headers=headers, text="".join(body)).bytes()

    def decided(self, raw: bytes) -> Decision:
        """As the service decides, without its rows."""
        marks = read(raw).marks
        ids = {str(case.dispatch_id): UUID(int=at) for at, case in enumerate(self.cases)}
        texts = {case.token: UUID(int=at) for at, case in enumerate(self.cases)}
        texts |= {case.reference: UUID(int=at) for at, case in enumerate(self.cases)}
        found = {
            Mark.TOKEN: frozenset(texts[each] for each in marks.tokens if each in texts),
            Mark.ANSWERS: frozenset(ids[each] for each in marks.replied_to if each in ids),
            Mark.THREAD: frozenset(ids[each] for each in marks.thread if each in ids),
            Mark.SAID: frozenset(texts[each] for each in marks.said if each in texts),
            Mark.QUOTED: frozenset(texts[each] for each in marks.quoted if each in texts),
        }
        return decide(found, {UUID(int=at): HERE for at in range(len(self.cases))})


@pytest.mark.no_cover  # three thousand times the same ways; it is slow
def test_single_guesses_are_right_in_random_mixtures() -> None:
    """Marks of the wrong case are as likely as people mistake a thread; where a message bears only
    those, nobody could know better, and it is left out of the count."""
    chance = random.Random(20261122)  # noqa: S311 - mixes, guards nothing
    town = Town(chance)
    town.settle(500)
    right = wrong = left = 0

    for _ in range(TRIES):
        about, other = chance.sample(town.cases, k=2)
        raw = town.mail(about, other)
        if not _bears(raw, about):
            continue
        guessed = {town.cases[case.int] for case, _ in town.decided(raw).links}
        if len(guessed) != 1:
            left += 1
        elif guessed == {about}:
            right += 1
        else:
            wrong += 1

    assert right > TRIES / 2, (right, wrong, left)
    assert left > 0
    assert right / (right + wrong) >= 0.99


def _bears(raw: bytes, case: Known) -> bool:
    """Whether anything in it is of the case that it is about."""
    text = raw.decode().lower()
    marks = (case.reference.lower(), case.token, str(case.dispatch_id))
    return any(mark in text for mark in marks)
