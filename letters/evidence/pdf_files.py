"""What a PDF must not be, before it goes out with a letter: locked, endless, or able to act."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf

from letters.evidence.errors import DocumentRefused

MOST_PAGES = 100
_MOST_OBJECTS = 200_000
_DEEPEST = 30

# Actions that run something, fetch something or send something; links to pages and to the web
# stay, since nothing happens until a reader follows them.
_ACTS = frozenset(
    f"/{action}"
    for action in (
        *("JavaScript", "Launch", "ImportData", "SubmitForm", "ResetForm", "GoToR", "GoToE"),
        *("Rendition", "Movie", "Sound", "RichMediaExecute", "SetOCGState", "GoTo3DView"),
    )
)
_CARRIES = frozenset({"/JS", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"})
_MOVES = frozenset({"/RichMedia", "/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D"})
_PRINT_ANEW = "print it to a new PDF and choose that file"


def page_count_of(data: bytes) -> int:
    """How many pages; refuses a PDF that must not go out, and says how to make one that may."""
    try:
        with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
            _refuse_locked(pdf)
            _refuse_acting(pdf)
            return _pages(pdf)
    except pikepdf.PasswordError:
        raise DocumentRefused("Save the document without a password, and choose that") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, LookupError):
        raise DocumentRefused(f"The document is damaged: {_PRINT_ANEW}") from None


def _refuse_locked(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise DocumentRefused(f"The document is protected: {_PRINT_ANEW}")


def _pages(pdf: pikepdf.Pdf) -> int:
    count = len(pdf.pages)
    if count == 0:
        raise DocumentRefused("Choose a document that has pages: this one is empty")
    if count > MOST_PAGES:
        raise DocumentRefused(f"Choose the pages that matter: the most is {MOST_PAGES} pages")
    return count


def _refuse_acting(pdf: pikepdf.Pdf) -> None:
    if len(pdf.objects) > _MOST_OBJECTS:
        raise DocumentRefused(f"The document is too intricate: {_PRINT_ANEW}")
    for found in pdf.objects:
        for dictionary in _dictionaries(found, _DEEPEST):
            if _acts(dictionary):
                raise DocumentRefused(
                    f"The document holds a program, a form or another file: {_PRINT_ANEW}"
                )


def _acts(dictionary: pikepdf.Object) -> bool:
    keys = set(dictionary.keys())
    if keys & _CARRIES:
        return True
    names = {str(dictionary[key]) for key in ("/S", "/Subtype") if _is_name(dictionary, key)}
    return bool(names & (_ACTS | _MOVES))


def _is_name(dictionary: pikepdf.Object, key: str) -> bool:
    return key in dictionary and isinstance(dictionary[key], pikepdf.Name)


def _dictionaries(found: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    """The object and what stands within it; what it only points to comes by itself."""
    if depth == 0:
        raise DocumentRefused(f"The document is too intricate: {_PRINT_ANEW}")
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        yield found
        inner = [found[key] for key in found.keys()]  # noqa: SIM118 - no mapping of Python's
    elif isinstance(found, pikepdf.Array):
        inner = list(found)
    else:
        return
    for each in inner:
        if not getattr(each, "is_indirect", True):  # numbers and texts come as Python's own
            yield from _dictionaries(each, depth - 1)
