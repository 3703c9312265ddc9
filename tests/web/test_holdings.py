"""What answers about a home come to, in every nation."""

from itertools import product

import pytest

from letters.issuing.sources import library, nations
from letters.law.jurisdictions import Jurisdiction
from letters.law.tenures import Agreement, LandlordKind, Tenure
from letters.web.forms.holdings import AGREEMENTS, LANDLORD_KINDS, Held, held_as, public_tenure
from letters.web.forms.opening import ASKED


@pytest.mark.parametrize("nation", nations())
@pytest.mark.parametrize("tenure", Tenure)
def test_whatever_is_held_is_allowed_by_the_nation(nation: Jurisdiction, tenure: Tenure) -> None:
    rules = library().tenure_rules_of(nation)

    for agreement, kind in product((None, *AGREEMENTS), (None, *LANDLORD_KINDS)):
        held = held_as(rules, tenure, agreement, kind)

        if isinstance(held, Held):
            assert not rules.contradiction(held.tenure, held.agreement, held.landlord_kind)
        else:
            assert all(fault.says for fault in held)
            assert held


@pytest.mark.parametrize("nation", nations())
def test_nothing_that_is_asked_for_has_no_field(nation: Jurisdiction) -> None:
    """A button without a question leaves one possibility in every nation that has its tenure."""
    rules = library().tenure_rules_of(nation)

    for button, (agreement, kind) in ASKED.items():
        tenure = public_tenure(rules) if button == Tenure.COUNCIL_TENANCY else button
        if tenure in rules.ways and tenure in list(Tenure):
            agreements, kinds = rules.ways[Tenure(tenure)]
            assert agreement or len(agreements) == 1
            assert kind or len(kinds) == 1


@pytest.mark.parametrize("nation", nations())
def test_not_known_is_always_an_answer(nation: Jurisdiction) -> None:
    rules = library().tenure_rules_of(nation)

    for tenure in rules.ways:
        held = held_as(rules, tenure, Agreement.NOT_KNOWN, LandlordKind.NOT_KNOWN)
        assert isinstance(held, Held)
