"""Plain values to JSON and back: how a letter's content is kept, byte for byte the same."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from letters.drafting.content import LetterContent
from letters.drafting.history import Earlier
from letters.drafting.trace import Trace
from letters.law.facts import CaseFacts


def to_json(value: object) -> Any:  # JSON has no narrower type
    """The value as JSON would hold it; each dataclass says its name under "type"."""
    if is_dataclass(value) and not isinstance(value, type):
        named = {
            field.name: to_json(getattr(value, field.name))
            for field in fields(value)
            if not (_is_later(field) and getattr(value, field.name) == field.default)
        }
        return {"type": type(value).__name__, **named}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(to_json(item) for item in value)
    if isinstance(value, Mapping):
        return {str(to_json(key)): to_json(item) for key, item in value.items()}
    return value


def content_from_json(stored: Mapping[str, Any]) -> LetterContent:
    """The content that to_json made; anything that is not exactly that raises ValueError."""
    content = _read(LetterContent, stored)
    if not isinstance(content, LetterContent):
        raise TypeError("not the content of a letter")
    return content


def facts_from_json(stored: Mapping[str, Any]) -> CaseFacts:
    """The facts that to_json made."""
    facts = _read(CaseFacts, stored)
    if not isinstance(facts, CaseFacts):
        raise TypeError("not the facts of a case")
    return facts


def earlier_from_json(stored: Mapping[str, Any]) -> Earlier:
    """The earlier letter that to_json made."""
    earlier = _read(Earlier, stored)
    if not isinstance(earlier, Earlier):
        raise TypeError("not an earlier letter")
    return earlier


def trace_from_json(stored: Mapping[str, Any]) -> Trace:
    """The reasons that to_json made; those kept before there were tiers of urgency have none."""
    trace = _read(Trace, {"urgency": None, **stored})
    if not isinstance(trace, Trace):
        raise TypeError("not the reasons of a letter")
    return trace


def digest_of(content: LetterContent) -> str:
    """SHA-256 of the content, in hexadecimal; the same on every machine."""
    text = json.dumps(to_json(content), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _read(hint: Any, stored: Any) -> Any:  # a type as typing spells it
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _read_one_of(get_args(hint), stored)
    if origin is tuple:
        return _read_tuple(get_args(hint), stored)
    if is_dataclass(hint) and isinstance(hint, type):
        return _read_dataclass(hint, stored)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(stored)
    if hint is date and isinstance(stored, str):
        return date.fromisoformat(stored)
    if type(stored) is not hint:  # true is no number
        raise ValueError(f"a stored letter holds a value that is no {hint.__name__}")
    return stored


def _read_tuple(hints: tuple[Any, ...], stored: Any) -> tuple[Any, ...]:
    if not isinstance(stored, list):
        raise ValueError("a stored letter holds a value that is no list")
    if len(hints) == 2 and hints[1] is Ellipsis:
        return tuple(_read(hints[0], item) for item in stored)
    return tuple(_read(hint, item) for hint, item in zip(hints, stored, strict=True))


def _read_one_of(hints: tuple[Any, ...], stored: Any) -> Any:
    if stored is None and type(None) in hints:
        return None
    if isinstance(stored, dict):
        # a block says its name; where it says none that is known here, the first refuses it
        named = (hint for hint in hints if getattr(hint, "__name__", "") == stored.get("type"))
        return _read(next(named, hints[0]), stored)
    return _read(hints[0], stored)


def _read_dataclass(hint: type, stored: Any) -> Any:
    hints = get_type_hints(hint)
    names = {field.name for field in fields(hint)}
    needed = {field.name for field in fields(hint) if not _is_later(field)}
    is_named = isinstance(stored, dict) and stored.get("type") == hint.__name__
    if not is_named or not needed | {"type"} <= set(stored) <= names | {"type"}:
        raise ValueError(f"a stored letter holds something that is no {hint.__name__}")
    return hint(**{name: _read(hints[name], stored[name]) for name in names & set(stored)})


def _is_later(field: Field[Any]) -> bool:
    """Whether letters were frozen before there was such a field."""
    return bool(field.metadata.get("later"))
