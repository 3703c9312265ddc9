"""The table of gates: what holds which letter, for every answer that there can be."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.drafting.gates import RULES, Effect, GateKey, Safety, gates_for
from letters.drafting.stages import Stage
from letters.drafting.vocabulary import Concern, ContactWay, Recipient
from letters.law.facts import Answer

ANSWERS: Mapping[str, st.SearchStrategy[object]] = {
    "answers": st.fixed_dictionaries(dict.fromkeys(Concern, st.sampled_from(Answer))),
    "contact": st.sampled_from(ContactWay),
    "hide_whereabouts": st.sampled_from(Answer),
}
safeties = st.builds(Safety, **ANSWERS)
stages = st.sampled_from(Stage)
readers = st.sampled_from(Recipient)
WORST = Safety(
    answers=dict.fromkeys(Concern, Answer.YES),
    contact=ContactWay.NONE,
    hide_whereabouts=Answer.YES,
)
SAFE = Safety(
    answers=dict.fromkeys(Concern, Answer.NO), contact=ContactWay.ANY, hide_whereabouts=Answer.NO
)


def keys(safety: Safety | None, reader: Recipient, stage: Stage = Stage.FIRST_LETTER) -> set[str]:
    return {gate.key.value for gate in gates_for(safety, stage=stage, reader=reader)}


@given(stages, readers)
def test_where_nothing_is_feared_nothing_holds(stage: Stage, reader: Recipient) -> None:
    assert gates_for(SAFE, stage=stage, reader=reader) == ()


@given(stages)
def test_the_copy_for_the_record_is_never_held(stage: Stage) -> None:
    for safety in (WORST, None):
        assert gates_for(safety, stage=stage, reader=Recipient.PATIENT_RECORD) == ()


@given(safeties, stages, st.sampled_from([Recipient.LANDLORD, Recipient.MANAGING_AGENT]))
def test_a_landlord_reads_nothing_that_anything_speaks_against(
    safety: Safety, stage: Stage, reader: Recipient
) -> None:
    speaks_against = {each.value for each in Concern if safety.answers[each] is not Answer.NO}
    if safety.hide_whereabouts is not Answer.NO:
        speaks_against.add("whereabouts")
    if safety.contact in (ContactWay.NONE, ContactWay.NOT_KNOWN):
        speaks_against.add("contact")

    assert keys(safety, reader, stage) == speaks_against


@given(safeties, stages, readers, st.sampled_from(Concern))
def test_what_nobody_knows_holds_as_much_as_yes(
    safety: Safety, stage: Stage, reader: Recipient, concern: Concern
) -> None:
    def with_answer(answer: Answer) -> set[str]:
        answers = {**safety.answers, concern: answer}
        other = Safety(
            answers=answers, contact=safety.contact, hide_whereabouts=safety.hide_whereabouts
        )
        return keys(other, reader, stage)

    assert with_answer(Answer.NOT_KNOWN) == with_answer(Answer.YES)


@given(safeties, stages, readers)
def test_what_stops_comes_first(safety: Safety, stage: Stage, reader: Recipient) -> None:
    effects = [gate.effect for gate in gates_for(safety, stage=stage, reader=reader)]

    assert effects == sorted(effects, key=[*Effect].index)


def test_a_concern_that_was_not_asked_about_counts_as_not_known() -> None:
    older = Safety(answers={}, contact=ContactWay.ANY, hide_whereabouts=Answer.NO)

    assert keys(older, Recipient.LANDLORD) == {each.value for each in Concern}


@pytest.mark.parametrize(
    ("reader", "stage", "expected"),
    [
        (Recipient.PATIENT, Stage.PATIENT_COPY, {"safeguarding", "domestic_abuse"}),
        (
            Recipient.COUNCIL_HOUSING,
            Stage.HOMELESSNESS,
            {"safeguarding", "domestic_abuse", "immigration"},
        ),
        (
            Recipient.COUNCIL_HOUSING,
            Stage.GRANT,
            {each.value for each in Concern},
        ),
        (
            Recipient.OMBUDSMAN,
            Stage.OMBUDSMAN,
            {"safeguarding", "domestic_abuse", "immigration", "eviction_or_reprisal"},
        ),
        (Recipient.COUNCIL, Stage.COUNCIL_INSPECTION, {each.value for each in Concern}),
    ],
)
def test_each_reader_has_their_own_gates(
    reader: Recipient, stage: Stage, expected: set[str]
) -> None:
    told = Safety(answers=WORST.answers, contact=ContactWay.ANY, hide_whereabouts=Answer.NO)

    assert keys(told, reader, stage) == expected


def test_without_a_record_it_is_asked_for() -> None:
    (gate,) = gates_for(None, stage=Stage.FIRST_LETTER, reader=Recipient.LANDLORD)

    assert (gate.key, gate.effect) == (GateKey.NOT_RECORDED, Effect.RECORD)


def test_every_concern_has_a_rule() -> None:
    assert {each.value for each in Concern} <= {key.value for key in RULES}
