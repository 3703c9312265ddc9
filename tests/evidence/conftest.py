"""A house with a case, and photographs in it."""

import pytest

from letters.cases.models import Case
from letters.evidence import actions as evidence
from letters.evidence.models import Photograph
from tests import factories
from tests.factories import NOW
from tests.rendering import picture_samples as samples


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.a_house()


@pytest.fixture
def case(house: factories.House) -> Case:
    return factories.a_full_case(house)


@pytest.fixture
def photograph(house: factories.House, case: Case) -> Photograph:
    """As it came, not described yet."""
    data = samples.jpeg(exif=samples.exif())
    return evidence.add_photograph(case=case, data=data, by=house.clinician, at=NOW)
