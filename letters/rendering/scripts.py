"""Which way words run: text from right to left inside text from left to right, and whole passages.

A name in Arabic inside an English sentence must not pull the number after it to its other side, so
each run from right to left is marked off from what stands around it.
"""

import re

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
# From its first letter to its last, with the spaces, signs and numbers between them.
RUN = re.compile(rf"[{_LETTER}](?:(?:[{_LETTER}]|[\W\d_])*[{_LETTER}])?")


def runs_right_to_left(language: str) -> bool:
    """Whether the language (BCP 47) is written from right to left."""
    tag, *rest = language.lower().split("-")
    return tag in RIGHT_TO_LEFT and "latn" not in rest


def split_runs(text: str) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it runs from right to left."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for run in RUN.finditer(text):
        pieces += [(text[at : run.start()], False), (run.group(), True)]
        at = run.end()
    pieces.append((text[at:], False))
    return tuple((piece, is_run) for piece, is_run in pieces if piece)
