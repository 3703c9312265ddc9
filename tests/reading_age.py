"""How hard a text is to read, by the Flesch-Kincaid grade."""

import re

import pyphen

# grade 6 of a United States school, whose children are eleven and twelve
ELEVEN_YEARS = 6.0
_BREAKS = pyphen.Pyphen(lang="en_US", left=1, right=1)
_SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)")
_WORD = re.compile(r"[A-Za-z][A-Za-z']*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^laeiouytd])(e|es|ed)$")


def grade(text: str) -> float:
    """The school year, of the United States, in which children can read it."""
    words = _WORD.findall(text)
    sentences = [each for each in _SENTENCE.split(text) if _WORD.search(each)]
    if not sentences:
        return 0.0
    syllables = sum(syllables_of(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def syllables_of(word: str) -> int:
    """By where it may be broken or by its vowels, whichever is more: breaks leave short ends on."""
    plain = word.lower()
    broken = len(_BREAKS.positions(plain)) + 1
    return max(1, broken, len(_VOWELS.findall(_SILENT.sub("", plain))))
