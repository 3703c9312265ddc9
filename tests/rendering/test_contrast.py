"""Whether a colour can be read, by the figures that WCAG publishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.rendering import contrast

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#000000", 21), ("#ffffff", 1), ("#777777", 4.48), ("#767676", 4.54), ("#ff0000", 4.0)],
)
def test_ratio_is_that_of_wcag(colour: str, ratio: float) -> None:
    assert contrast.ratio(colour, "#ffffff") == pytest.approx(ratio, abs=0.01)


def test_a_colour_must_be_read_on_a_tinted_panel_too() -> None:
    assert contrast.ratio("#767676", "#ffffff") >= contrast.LEAST
    assert contrast.least_ratio("#767676") < contrast.LEAST


@given(COLOURS)
def test_the_nearest_readable_colour_can_be_read(colour: str) -> None:
    nearest = contrast.nearest_readable(colour)

    assert contrast.least_ratio(nearest) >= contrast.LEAST
    assert (nearest == colour) == (contrast.least_ratio(colour) >= contrast.LEAST)


@given(COLOURS)
def test_no_lighter_shade_would_do(colour: str) -> None:
    nearest = contrast.nearest_readable(colour)

    channels = zip(*(_channels(each) for each in (nearest, colour)), strict=True)
    assert all(dark <= light for dark, light in channels)
    lighter = "#" + "".join(f"{min(c + 2, 255):02x}" for c in _channels(nearest))
    assert nearest == colour or contrast.least_ratio(lighter) < contrast.LEAST + 0.15


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))
