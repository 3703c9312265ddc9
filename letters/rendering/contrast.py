"""Whether a colour can be read on the paper and on the tinted panels, as WCAG 2.2 counts it."""

import re
from itertools import pairwise

WRITTEN = re.compile(r"#[0-9a-f]{6}")
LEAST = 4.5
# What words in the colour of the house stand on: paper, and the panel of what the law requires
# (templates_legal/layout/letter.css).
GROUNDS = ("#ffffff", "#eff4f9")
_STEPS = 256


def ratio(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least_ratio(colour: str) -> float:
    """On the ground where it is hardest to read."""
    return min(ratio(colour, ground) for ground in GROUNDS)


def nearest_readable(colour: str) -> str:
    """The colour itself where it can be read, else the first darker one of its hue that can."""
    channels = _channels(colour)
    shades = (
        "#" + "".join(f"{round(channel * step / _STEPS):02x}" for channel in channels)
        for step in range(_STEPS, -1, -1)
    )
    return next(shade for shade in shades if least_ratio(shade) >= LEAST)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[start:end], 16) for start, end in pairwise((1, 3, 5, 7)))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
