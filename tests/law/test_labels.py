"""Every closed set has words for each of its members, none of them a key."""

from enum import StrEnum

import pytest

from letters.law import facts, grounds, hazards, jurisdictions, periods, provision, tenures

CLOSED_SETS = [
    member
    for module in (facts, grounds, hazards, jurisdictions, periods, provision, tenures)
    for member in vars(module).values()
    if isinstance(member, type) and issubclass(member, StrEnum) and hasattr(member, "label")
]


@pytest.mark.parametrize("closed_set", CLOSED_SETS, ids=lambda closed_set: closed_set.__name__)
def test_label_of_every_member(closed_set: type[provision.Fact]) -> None:
    labels = [member.label for member in closed_set]

    assert len(set(labels)) == len(labels)
    assert all(label and "_" not in label for label in labels)
