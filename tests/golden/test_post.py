"""Each kind of letter that goes to somebody with an address fits an envelope with a window."""

import pytest

from letters.rendering import pdf
from letters.rendering.hindrances import Hindrance
from letters.rendering.post import faults_for_post
from tests.golden.letters import LETTERS

# Letters that are handed over show no address, so the window is empty.
WITHOUT_ADDRESS = {Hindrance.ADDRESS_LINES, Hindrance.ADDRESS_POSTCODE}


@pytest.mark.parametrize("name", LETTERS)
def test_letter_can_be_posted(name: str) -> None:
    content = LETTERS[name]().content
    faults = {fault.what for fault in faults_for_post(pdf.render(content))}

    assert faults == (set() if len(content.addressee) > 2 else WITHOUT_ADDRESS)
