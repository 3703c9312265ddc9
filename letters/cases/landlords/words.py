"""The words of a landlord's name, as far as they tell one from another, and their keyed hashes.

What it costs: whoever reads the database without the key sees which entries share a word, and how
common each is, but no word. With the key they can try words. Only whole words are found.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from letters.drafting.identifiers import NotAPostcode, normal_postcode
from letters.encryption import lookup_key

# They stand in many names, or come and go in one.
_SAY_NOTHING = frozenset(
    {"the", "of", "and", "for", "landlord", "ltd", "limited", "plc", "llp", "mr", "mrs", "ms", "dr"}
)


def normal_words(name: str) -> frozenset[str]:
    """Without case, accents, punctuation, and words that say nothing."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"\w+", re.sub("['\u2019.]", "", plain))
    return frozenset(words) - _SAY_NOTHING


def word_keys(name: str) -> list[str]:
    """A keyed hash of each of them, in one order: two names of the same words have the same."""
    return sorted(lookup_key(word, kind="landlord_word") for word in normal_words(name))


def postcode_key_of(address: Sequence[str]) -> str:
    """A keyed hash of the postcode, which is the last line; '' where that is none."""
    try:
        postcode = normal_postcode(address[-1])
    except (NotAPostcode, IndexError):
        return ""
    return lookup_key(postcode, kind="landlord_postcode")


def found_by(name: str, address: Sequence[str]) -> Mapping[str, Any]:
    """The fields of an entry by which it is found, from what it says."""
    return {"name_words": word_keys(name), "postcode_key": postcode_key_of(address)}
