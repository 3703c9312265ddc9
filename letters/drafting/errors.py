"""Refusals of drafting: about files that reviewers keep, and about facts a letter lacks."""

from dataclasses import dataclass
from pathlib import Path


class DraftingError(Exception):
    """The base of this folder's refusals."""


class WordingFileError(DraftingError):
    """A wording or evidence file that cannot be used; stops start-up with file and line."""

    def __init__(self, path: Path, line: int, says: str) -> None:
        self.path, self.line = path, line
        super().__init__(f"{path}:{line}: {says}")


class UnknownPassage(DraftingError):
    """The wording of this letter has no passage of that name."""

    def __init__(self, kind: str, passage: str) -> None:
        super().__init__(f"The wording of {kind} has no passage called {passage}")


class BlankPlace(DraftingError):
    """A place in the wording would have printed as a blank."""

    def __init__(self, passage: str, place: str) -> None:
        self.passage, self.place = passage, place
        super().__init__(f"Add what is missing: passage {passage} has nothing for {place}")


class NotConsented(DraftingError):
    """The letter cannot be written without telling what the patient has not agreed to tell."""

    def __init__(self, item: str) -> None:
        self.item = item
        super().__init__(
            f"Ask the patient first: no consent to tell about {item.replace('_', ' ')}"
        )


class TooManyPhotographs(DraftingError):
    """More photographs than a letter prints."""

    field = "photographs"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"Choose up to {most} photographs: print the others to a document, and enclose that"
        )


class NotInThisNation(DraftingError):
    """The nation has no letter of this kind."""

    def __init__(self, kind: str, nation: str) -> None:
        super().__init__(f"Choose another letter: {kind} is not written for {nation}")


class NotForThisHome(DraftingError):
    """The letter is not one for a home that is held like this."""

    def __init__(self, kind: str, tenure: str, nation: str) -> None:
        super().__init__(
            f"Choose another letter: {kind} is not for a home held as {tenure.lower()} in {nation}"
        )


class NothingToFollow(DraftingError):
    """The letter says what went before, and nothing has."""


class TooFewHomes(DraftingError):
    """Counts of so few homes would point at somebody."""

    def __init__(self, least: int) -> None:
        super().__init__(
            f"Wait until {least} homes of this landlord share a hazard: fewer point at somebody"
        )


class OneHomeOnly(DraftingError):
    """A letter about several homes is not made from one case."""

    def __init__(self) -> None:
        super().__init__("Give several cases of one landlord: this letter is about all of them")


class MayNotBeSaid(DraftingError):
    """Free words say what this letter must not; the message gives the reason and not the words."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        super().__init__(f"Change the {field.replace('_', ' ')}: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a document: a JSON pointer to it, and what to do about it. `quotes` is
    the beginning of `says` that repeats the document, '' where nothing does."""

    pointer: str
    says: str
    quotes: str = ""

    @property
    def without_quotes(self) -> str:
        """The same for where a misplaced name must not be repeated."""
        rest = self.says.removeprefix(self.quotes)
        return rest[:1].upper() + rest[1:]


class DocumentRefused(DraftingError):
    """A case document with faults; the message counts them and repeats nothing of the document."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"The case document has {count}")
