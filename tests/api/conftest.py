"""Programs that call the API as somebody's program would, with tokens that they ask for."""

from collections.abc import Callable, Iterator

import pytest
import time_machine

from letters.access.models import User
from tests import factories
from tests.api.programs import Program, a_program
from tests.factories import NOW


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    """The moment of the factories, standing still; a test may move on."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def house(noon: time_machine.Traveller, db: None) -> factories.House:
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def clinic(house: factories.House) -> Program:
    """The clinic's own system, which acts as the clinician."""
    return a_program(house.clinician)


@pytest.fixture
def agency(house: factories.House) -> Program:
    """The advice agency's system, which acts as the adviser."""
    return a_program(house.adviser)


@pytest.fixture
def evaluation(house: factories.House) -> Program:
    """The evaluator's notebook, with every scope there is."""
    return a_program(house.evaluator)


@pytest.fixture
def program_of(house: factories.House) -> Callable[[User, str], Program]:
    """A program with only these scopes."""
    return lambda user, scopes: a_program(user, scopes)
