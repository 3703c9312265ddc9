"""A house with people who have signed in."""

from collections.abc import Callable

import pytest
from django.test import Client

from letters.access.models import User
from tests import factories


@pytest.fixture
def house(db: None) -> factories.House:
    """A partnership whose law two reviewers have signed."""
    house = factories.a_house()
    factories.law_signed(house)
    return house


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which the person has signed in."""

    def as_person(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return as_person
