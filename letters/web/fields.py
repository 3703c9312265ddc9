"""Form fields, each of which knows the component of the design system that it is shown as."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from typing_extensions import override

from letters.issuing.errors import NotPrintable
from letters.issuing.printing import signs_without_form
from letters.law.periods import LONDON

Options = Sequence[tuple[str, str]]
_Value = TypeVar("_Value", bound=StrEnum)
LONGEST_LINE, LONGEST_TEXT = 200, 4000
_OPEN_AGAIN = "Open the page again: it does not say which one this is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a field is shown. `asks` maps a value to the fields that it makes worth asking; `hints`
    maps a value to what it means."""

    component: str
    size: str = "s"
    width: str = ""
    inline: bool = False
    classes: str = ""
    asks: Mapping[Any, Sequence[str]] = field(default_factory=dict)  # by a text or a StrEnum
    hints: Mapping[Any, str] = field(default_factory=dict)  # by a text or a StrEnum
    autocomplete: str = "off"  # a shared computer must not offer one patient's words for another
    type: str = "text"
    inputmode: str = ""
    rows: int = 3
    nothing: str = "Choose one"  # what a select shows while nothing is chosen
    accept: str = ""  # which files are offered first
    multiple: bool = False  # whether several files may be chosen
    capture: str = ""  # the camera that a telephone opens at once, in place of its gallery


def options(values: Iterable[StrEnum]) -> Options:
    """Value and words of each."""
    return [(value.value, _label(value)) for value in values]


def named(words: Mapping[_Value, str]) -> Options:
    """Value and the words given for it here."""
    return [(value.value, said) for value, said in words.items()]


def _label(value: StrEnum) -> str:
    label = str(getattr(value, "label", value.value.replace("_", " ")))
    return label[:1].upper() + label[1:]


def refuse_without_form(text: str) -> None:
    """What is typed may be printed one day, in a letter or a bundle: it is said at once where it
    cannot be."""
    signs = signs_without_form(text)
    if signs:
        raise ValidationError(str(NotPrintable(signs)))


class Text(forms.CharField):
    """One line."""

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        look: Look | None = None,
        **more: Any,
    ) -> None:
        more.setdefault("max_length", LONGEST_LINE)
        more.setdefault("validators", [refuse_without_form])
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(missing),
            error_messages=_messages(missing) | {"max_length": _too_long(more["max_length"])},
            **more,
        )
        self.look = look or Look(component="input")


class LongText(Text):
    """Several lines."""

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        look: Look | None = None,
        **more: Any,
    ) -> None:
        more.setdefault("max_length", LONGEST_TEXT)
        shown = look or Look(component="textarea")
        super().__init__(label, missing=missing, hint=hint, look=shown, **more)


class Lines(LongText):
    """Several lines, each of which counts by itself."""

    @override
    def clean(self, value: Any) -> Any:  # Django's own signature
        return tuple(line.strip() for line in super().clean(value).splitlines() if line.strip())


class Email(forms.EmailField):
    """An e-mail address."""

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        look: Look | None = None,
        **more: Any,
    ) -> None:
        wrong = "Enter an e-mail address in the correct format, like name@example.com"
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(missing),
            error_messages=_messages(missing) | {"invalid": wrong},
            **more,
        )
        self.look = look or Look(component="input", type="email")


class Whole(forms.IntegerField):
    """A whole number that is not negative."""

    def __init__(
        self, label: str, *, missing: str = "", hint: str = "", most: int = 999, **more: Any
    ) -> None:
        wrong = f"{label} must be a whole number between 0 and {most}"
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(missing),
            min_value=0,
            max_value=most,
            error_messages=_messages(missing)
            | {"invalid": wrong, "min_value": wrong, "max_value": wrong},
            **more,
        )
        self.look = Look(component="input", width="3", inputmode="numeric")


class Choice(forms.TypedChoiceField):
    """One of a few; nothing is chosen beforehand."""

    def __init__(
        self,
        label: str,
        choices: Options = (),
        *,
        missing: str = "",
        hint: str = "",
        coerce: Callable[[str], Any] = str,
        look: Look | None = None,
    ) -> None:
        super().__init__(
            label=label,
            choices=choices,
            coerce=coerce,
            empty_value=None,
            help_text=hint,
            required=bool(missing),
            error_messages=_messages(missing)
            | {"invalid_choice": missing or f"Choose one of the answers: {label}"},
        )
        self.look = look or Look(component="radios")

    @property
    def offered(self) -> Options:
        return [(str(value), str(words)) for value, words in self.choices]  # type: ignore[misc, union-attr]  # never grouped here


class Choices(forms.TypedMultipleChoiceField):
    """Any number of a few."""

    def __init__(
        self,
        label: str,
        choices: Options = (),
        *,
        missing: str = "",
        hint: str = "",
        coerce: Callable[[str], Any] = str,
        look: Look | None = None,
    ) -> None:
        super().__init__(
            label=label,
            choices=choices,
            coerce=coerce,
            empty_value=[],
            help_text=hint,
            required=bool(missing),
            error_messages=_messages(missing)
            | {"invalid_choice": missing or f"Choose from the answers: {label}"},
        )
        self.look = look or Look(component="checkboxes")

    @property
    def offered(self) -> Options:
        return [(str(value), str(words)) for value, words in self.choices]  # type: ignore[misc, union-attr]  # never grouped here


class Tick(forms.BooleanField):
    """A single box to tick."""

    def __init__(self, label: str, *, missing: str = "", hint: str = "") -> None:
        super().__init__(
            label=label, help_text=hint, required=bool(missing), error_messages=_messages(missing)
        )
        self.look = Look(component="tick")


class Upload(forms.FileField):
    """A file from the person's device; `accept` is what their device offers first, and no check:
    what a file is, is read from its bytes. Its value is the bytes, None for no file."""

    def __init__(
        self,
        label: str,
        *,
        missing: str = "",
        hint: str = "",
        accept: str = "",
        most: int = 25_000_000,
    ) -> None:
        super().__init__(
            label=label,
            help_text=hint,
            required=bool(missing),
            allow_empty_file=True,  # an empty one may be one that was too large
            error_messages=_messages(missing),
        )
        self.look = Look(component="file", accept=accept)
        self._most = most

    @override
    def clean(self, data: Any, initial: Any = None) -> Any:  # Django's own signature
        file = super().clean(data, initial)
        if not file:
            return None
        if getattr(file, "is_too_large", False) or file.size > self._most:
            raise ValidationError(f"Choose a file of at most {self._most // 1_000_000} MB")
        content = file.read()
        if not content:
            raise ValidationError("Choose another file: this one is empty")
        return content


class Hidden(forms.CharField):
    """Something that the form carries back as it was."""

    def __init__(self, *, missing: str) -> None:
        super().__init__(label="", widget=forms.HiddenInput, error_messages=_messages(missing))
        self.look = Look(component="hidden")


class NewId(Hidden):
    """The id of what the form will make, chosen when the page is first shown: sent twice, it is
    made once."""

    def __init__(self) -> None:
        super().__init__(missing=_OPEN_AGAIN)
        self.initial = lambda: str(uuid4())

    @override
    def clean(self, value: Any) -> Any:  # Django's own signature
        try:
            return UUID(super().clean(value))
        except ValueError:
            raise ValidationError(_OPEN_AGAIN) from None


class Parts(forms.Widget):
    """Several boxes that make one value."""

    def __init__(self, *parts: str) -> None:
        super().__init__()
        self.parts = parts

    @override
    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return {part: str(data.get(f"{name}-{part}", "")).strip() for part in self.parts}


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    @override
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Every file of that name, where Django's own would take the last."""
        return files.getlist(name) if files else []


class Uploads(Upload):
    """Any number of files at once; its value is the bytes of each."""

    widget = _SeveralFiles

    def __init__(
        self, label: str, *, missing: str, hint: str = "", accept: str = "", capture: str = ""
    ) -> None:
        super().__init__(label, missing=missing, hint=hint, accept=accept)
        self.look = Look(component="file", accept=accept, multiple=True, capture=capture)

    @override
    def clean(self, data: Any, initial: Any = None) -> Any:  # Django's own signature
        clean_one = super().clean
        return tuple(clean_one(each) for each in data or [None])  # none at all is refused there


class Day(forms.Field):
    """A date in three boxes, as the design system asks for dates."""

    parts: tuple[str, ...] = ("day", "month", "year")

    def __init__(self, label: str, *, missing: str = "", hint: str = "", size: str = "s") -> None:
        super().__init__(label=label, help_text=hint, required=False, widget=Parts(*self.parts))
        self.missing = missing
        self.look = Look(component="date", size=size)

    @override
    def to_python(self, value: Any) -> Any:  # Django's own signature
        given = value or {}
        if not any(given.values()):
            if self.missing:
                raise ValidationError(self.missing)
            return None
        return self.made_of(given)

    def made_of(self, given: Mapping[str, str]) -> date | datetime:
        return _day(given)


def boxes(day: date | None) -> dict[str, str]:
    """A known day as its three boxes hold it; empty for none."""
    if day is None:
        return {}
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


class Moment(Day):
    """A day and a time of day by the clock on the wall."""

    parts = ("day", "month", "year", "time")

    @override
    def made_of(self, given: Mapping[str, str]) -> date | datetime:
        day = _day(given)
        try:
            at = time.fromisoformat(given["time"].replace(".", ":"))
        except ValueError:
            raise ValidationError("Enter the time as hours and minutes, like 09:30") from None
        return datetime.combine(day, at, tzinfo=LONDON)


def _day(given: Mapping[str, str]) -> date:
    for part in ("day", "month", "year"):
        if not given[part]:
            raise ValidationError(f"The date must include a {part}")
    try:
        day = date(int(given["year"]), int(given["month"]), int(given["day"]))
    except (ValueError, OverflowError):
        raise ValidationError("Enter a real date, like 27 3 2026") from None
    if day.year < 1900:
        raise ValidationError("Enter the year with four digits, like 2026")
    return day


def _messages(missing: str) -> dict[str, str]:
    return {"required": missing} if missing else {}


def _too_long(most: int) -> str:
    return f"Use {most} characters or fewer"
