"""Fields and errors as components of the design system: the one place where they become so."""

from typing import Any

from django.forms import BaseForm, BoundField
from jinja2 import Environment, pass_environment
from markupsafe import Markup

from letters.web.fields import Day, Look

Params = dict[str, Any]  # what the design system's macros take


@pass_environment
def field(environment: Environment, bound: BoundField) -> Markup:
    """One field with its label, hint and error."""
    look: Look = bound.field.look  # type: ignore[attr-defined]  # every field of ours has one
    make = _MAKERS[look.component]
    return make(environment, bound, look)


@pass_environment
def fields(environment: Environment, form: BaseForm) -> Markup:
    """Every field that no other field asks for by itself, in order."""
    asked = {name for each in form.fields.values() for name in _asked_by(each)}
    return Markup("\n").join(field(environment, form[n]) for n in form.fields if n not in asked)


@pass_environment
def error_summary(environment: Environment, *forms: BaseForm | None) -> Markup:
    """What is wrong with the forms of a page, each line leading to its field."""
    faults = [fault for form in forms if form is not None for fault in _faults(form)]
    if not faults:
        return Markup()
    params = {"heading": "There is a problem", "errorList": faults}
    return _macro(environment, "error-summary", "errorSummary", params)


def _asked_by(form_field: Any) -> list[str]:
    look: Look = form_field.look
    return [name for names in look.asks.values() for name in names]


def _faults(form: BaseForm) -> list[Params]:
    return [
        {"text": text, "href": f"#{_first_box(form, name)}"}
        if name in form.fields
        else {"text": text}
        for name, texts in form.errors.items()
        for text in texts
    ]


def _first_box(form: BaseForm, name: str) -> str:
    bound = form[name]
    return f"{_id(bound)}-day" if isinstance(bound.field, Day) else _id(bound)


def _id(bound: BoundField) -> str:
    return bound.html_name


def _common(bound: BoundField) -> Params:
    params: Params = {"name": bound.html_name, "id": _id(bound)}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": bound.errors[0]}
    return params


def _value(bound: BoundField) -> str:
    value = bound.value()
    return "" if value is None else str(value)


def _input(environment: Environment, bound: BoundField, look: Look) -> Markup:
    params = _common(bound) | {
        "label": {"text": bound.label, "size": look.size},
        "value": _value(bound),
        "autocomplete": look.autocomplete,
        "type": look.type,
    }
    params |= {"spellcheck": False} if look.type != "text" else {}
    params |= {"width": look.width} if look.width else {}
    params |= {"inputmode": look.inputmode} if look.inputmode else {}
    if look.type == "password":
        params.pop("value")
    return _macro(environment, "input", "input", params)


def _textarea(environment: Environment, bound: BoundField, look: Look) -> Markup:
    # A macro around this one indents what it is given; a line break as a character reference is
    # left alone, so that what a person typed comes back as it was.
    text = _value(bound).replace("\r\n", "\n")
    value = Markup("&#10;").join(text.split("\n"))
    label = {"text": bound.label, "size": look.size}
    params = _common(bound) | {"label": label, "value": value, "rows": str(look.rows)}
    return _macro(environment, "textarea", "textarea", params | {"autocomplete": "off"})


def _radios(environment: Environment, bound: BoundField, look: Look) -> Markup:
    chosen = _value(bound)
    params: Params = _common(bound) | {
        "idPrefix": _id(bound),
        "fieldset": _fieldset(bound, look),
        "items": [
            _item(environment, bound, look, option) | {"checked": option[0] == chosen}
            for option in bound.field.offered  # type: ignore[attr-defined]  # a Choice
        ],
    }
    params.pop("id")
    params |= {"classes": look.classes} if look.classes else {}
    if look.inline:
        params["inline"] = True
    return _macro(environment, "radios", "radios", params)


def _checkboxes(environment: Environment, bound: BoundField, look: Look) -> Markup:
    chosen = [str(value) for value in bound.value() or []]
    params = _common(bound) | {
        "idPrefix": _id(bound),
        "fieldset": _fieldset(bound, look),
        "items": [
            _item(environment, bound, look, option) | {"checked": option[0] in chosen}
            for option in bound.field.offered  # type: ignore[attr-defined]  # a Choices
        ],
    }
    params.pop("id")
    params |= {"classes": look.classes} if look.classes else {}
    return _macro(environment, "checkboxes", "checkboxes", params)


def _tick(environment: Environment, bound: BoundField, look: Look) -> Markup:
    item: Params = {"value": "on", "text": bound.label, "checked": False}  # each time anew
    params: Params = _common(bound) | {"idPrefix": _id(bound), "items": [item]}
    params.pop("id")
    if hint := params.pop("hint", None):
        item["hint"] = hint
    return _macro(environment, "checkboxes", "checkboxes", params)


def _select(environment: Environment, bound: BoundField, look: Look) -> Markup:
    chosen = _value(bound)
    nothing = {"value": "", "text": look.nothing, "selected": chosen == ""}
    offered = bound.field.offered  # type: ignore[attr-defined]  # a Choice
    items = [{"value": v, "text": words, "selected": v == chosen} for v, words in offered]
    label = {"text": bound.label, "size": look.size}
    params = _common(bound) | {"label": label, "items": [nothing, *items]}
    return _macro(environment, "select", "select", params)


def _date(environment: Environment, bound: BoundField, look: Look) -> Markup:
    given = bound.value() or {}
    params = _common(bound) | {
        "fieldset": _fieldset(bound, look),
        "items": [_box(bound, part, given) for part in bound.field.parts],  # type: ignore[attr-defined]  # a Day
    }
    return _macro(environment, "date-input", "dateInput", params)


def _box(bound: BoundField, part: str, given: Params) -> Params:
    name = f"{bound.html_name}-{part}"
    return {
        "name": name,
        "id": f"{_id(bound)}-{part}",
        "label": {"text": "Time" if part == "time" else part.capitalize()},
        "value": given.get(part, ""),
        "width": 4 if part in ("year", "time") else 2,
        "inputmode": "text" if part == "time" else "numeric",
        "autocomplete": "off",
    }


def _file(environment: Environment, bound: BoundField, look: Look) -> Markup:
    label = {"text": bound.label, "size": look.size}
    params = _common(bound) | {"label": label}
    attributes = {"accept": look.accept, "capture": look.capture}
    params["attributes"] = {name: value for name, value in attributes.items() if value}
    params |= {"multiple": look.multiple}
    return _macro(environment, "file-upload", "fileUpload", params)


def _hidden(environment: Environment, bound: BoundField, look: Look) -> Markup:
    return Markup('<input type="hidden" name="{}" value="{}">').format(
        bound.html_name, _value(bound)
    )


def _fieldset(bound: BoundField, look: Look) -> Params:
    return {"legend": {"text": bound.label, "size": look.size}}


def _item(
    environment: Environment, bound: BoundField, look: Look, option: tuple[str, str]
) -> Params:
    value, words = option
    item: Params = {"value": value, "text": words}
    if value in look.hints:
        item["hint"] = {"text": look.hints[value]}
    if value in look.asks:
        inner = [field(environment, bound.form[name]) for name in look.asks[value]]
        item["conditional"] = {"html": Markup("\n").join(inner)}
    return item


def _macro(environment: Environment, component: str, name: str, params: Params) -> Markup:
    template = environment.get_template(f"nhsuk/components/{component}/macro.jinja")
    return Markup(getattr(template.module, name)(params))  # noqa: S704 - a macro escapes


_MAKERS = {
    "input": _input,
    "textarea": _textarea,
    "radios": _radios,
    "checkboxes": _checkboxes,
    "tick": _tick,
    "select": _select,
    "date": _date,
    "file": _file,
    "hidden": _hidden,
}
