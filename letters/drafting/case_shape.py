"""What is wrong with the shape of a case document, told as pointers and what to do."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from unicodedata import category

from jsonschema import Draft202012Validator

from letters.drafting.errors import Fault
from letters.drafting.phrases import says_something


def shape_faults(document: object, validator: Draft202012Validator) -> Iterator[Fault]:
    """Every way in which the document breaks the schema."""
    for error in sorted(validator.iter_errors(document), key=lambda e: list(map(str, e.path))):
        yield from _faults_of(error)


def text_faults(value: object, pointer: str = "") -> Iterator[Fault]:
    """Every text that would print as a blank, or that no file can hold."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from text_faults(inner, f"{pointer}/{_escaped(key)}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from text_faults(inner, f"{pointer}/{number}")
    elif isinstance(value, str) and value and not says_something(value):
        yield Fault(pointer=pointer, says="Fill this in: nothing in it can be seen")
    elif isinstance(value, str) and any(category(character) == "Cs" for character in value):
        yield Fault(pointer=pointer, says="Mend this: it holds half of a character (a surrogate)")


def _faults_of(error: Any) -> Iterator[Fault]:  # a ValidationError, see _advice
    pointer = _pointer(error.absolute_path)
    if error.validator == "oneOf" and isinstance(error.instance, dict):
        # null or an object: what is wrong with the object is what helps
        for inner in error.context or ():
            if inner.validator != "type" or inner.relative_path:
                yield from _faults_of(inner)
        return
    if error.validator == "required":
        yield from (
            Fault(pointer=f"{pointer}/{name}", says="Add this; nothing is assumed in its place")
            for name in error.validator_value
            if name not in error.instance
        )
    elif error.validator == "additionalProperties":
        known = error.schema["properties"]
        for name in sorted(set(error.instance) - set(known)):
            says = f"Take this out or mend its name; known here are {', '.join(known)}"
            yield Fault(pointer=f"{pointer}/{_escaped(name)}", says=says)
    else:
        quotes = _quotes(error)
        yield Fault(pointer=pointer, says=f"{quotes}{_advice(error)}", quotes=quotes)


def _quotes(error: Any) -> str:  # see _advice
    if error.validator != "enum":
        return ""
    shown = json.dumps(error.instance, ensure_ascii=False)[:60]
    return f"{shown} is not known here; "


def _advice(error: Any) -> str:  # a ValidationError, whose parts the library leaves untyped
    if error.validator == "enum":
        return f"choose one of {', '.join(error.validator_value)}"
    advice = _ADVICE[error.validator](error.validator_value)
    # the whole document's description is no help with a part of it
    described = error.schema.get("description", "") if error.absolute_path else ""
    return f"{advice}. {described}" if described else advice


def _kinds(value: str | list[str]) -> str:
    kinds = [value] if isinstance(value, str) else value
    return " or ".join(_KINDS.get(kind, kind) for kind in kinds)


def _pattern(pattern: str) -> str:
    return "Fill this in" if pattern == _SAYS_SOMETHING else "Write this in the form asked for"


_SAYS_SOMETHING = r"\S"
_FORMATS = {"date": "a day, like 2026-11-23", "email": "an e-mail address"}
_KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "null": "null",
}
# One for each keyword of the schema that the reader does not treat by itself.
_ADVICE: Mapping[str, Callable[[Any], str]] = {  # what a keyword's value is differs by keyword
    "format": lambda name: f"Write this as {_FORMATS[name]}",
    "minLength": lambda _: "Fill this in",
    "maxLength": lambda most: f"Shorten this to {most} characters",
    "minItems": lambda _: "Add at least one",
    "maxItems": lambda most: f"Keep to {most}",
    "minimum": lambda least: f"Enter {least} or more",
    "maximum": lambda most: f"Enter {most} or less",
    "uniqueItems": lambda _: "Keep each only once",
    "pattern": _pattern,
    "type": lambda kinds: f"Write this as {_kinds(kinds)}",
    "oneOf": lambda _: "Write this as an object or null",
}


def _pointer(path: Iterable[str | int]) -> str:
    return "".join(f"/{_escaped(str(part))}" for part in path)


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
