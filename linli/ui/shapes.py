"""How a field of a Django form is drawn: one flat description that ui/parts/forms.html reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

from linli.ui import formats
from linli.ui.choosing import OneOfMany
from linli.ui.forms import DateText, IdNumber, MoneyText, Phone


@dataclass(frozen=True, slots=True)
class Shape:
    """One question as drawn. `kind` names the macro, or the type of the input."""

    kind: str
    id: str
    name: str
    label: Any
    hint: Any
    errors: list[str]
    is_optional: bool
    needed_when: str
    value: Any
    values: list[Any]
    options: list[tuple[Any, ...]]
    fits: list[tuple[str, str]]
    fill: str
    longest: int | None
    rows: int
    unit: Any
    has_decimals: bool
    echo: str
    lean: str
    accept: str
    is_many: bool


def shape_of(bound: BoundField) -> Shape:
    """Return how to draw a bound field. Widget attributes give autocomplete, rows, accept, unit."""
    field, attrs = bound.field, bound.field.widget.attrs
    value, kind = bound.value(), _kind(bound)
    if kind == "find":
        value = field.shown(value)  # type: ignore[attr-defined]
    many = isinstance(value, (list, tuple))
    return Shape(
        kind=kind,
        id=bound.auto_id or f"id_{bound.html_name}",
        name=bound.html_name,
        label=bound.label,
        hint=field.help_text,
        errors=[str(message) for message in bound.errors],
        is_optional=not field.required,
        needed_when=str(getattr(bound.form, "needed_when", {}).get(bound.name, "")),
        # a typed password is never sent back
        value=""
        if value is None or many or isinstance(field.widget, forms.PasswordInput)
        else value,
        values=list(value) if many else [],
        options=field.named if kind == "find" else _options(field),  # type: ignore[attr-defined]
        fits=field.fits if kind == "find" else [],  # type: ignore[attr-defined]
        fill=str(attrs.get("autocomplete", "")),
        longest=getattr(field, "max_length", None),
        rows=int(attrs.get("rows", 4)),
        unit=attrs.get("unit", gettext("yuan") if isinstance(field, MoneyText) else ""),
        has_decimals=isinstance(field, (MoneyText, forms.DecimalField, forms.FloatField)),
        echo=_echo(field, value),
        lean=field.lean.value if isinstance(field, DateText) else "",
        accept=str(attrs.get("accept", "image/jpeg,image/png")),
        is_many=bool(attrs.get("multiple")),
    )


def _kind(bound: BoundField) -> str:
    field, widget = bound.field, bound.field.widget
    by_field = (
        (DateText, "date"), (IdNumber, "document"), (Phone, "tel"), (MoneyText, "number"),
        (forms.BooleanField, "tick"), (forms.FileField, "file"), (forms.IntegerField, "number"),
    )  # fmt: skip
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.Textarea):
        return "area"
    # Django's widget for several choices is a kind of its radio widget: ask for it first
    if isinstance(widget, (forms.CheckboxSelectMultiple, forms.SelectMultiple)):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    if isinstance(field, OneOfMany) and field.is_long:
        return "find"
    if isinstance(widget, forms.Select):
        return "select"
    plain = str(getattr(widget, "input_type", "text"))
    return next((kind for one, kind in by_field if isinstance(field, one)), plain)


def _options(field: forms.Field) -> list[tuple[Any, ...]]:
    """Choices as given; a third item of a choice is its explanation."""
    helps = getattr(field, "helps", {})
    return [(value, words, helps.get(value, "")) for value, words in getattr(field, "choices", ())]


def _echo(field: forms.Field, value: Any) -> str:
    """Return the date as understood, with its weekday; nothing while it cannot be read."""
    if not isinstance(field, DateText) or not value:
        return ""
    try:
        understood = field.to_python(value)
    except ValidationError:
        return ""
    return formats.day(understood) if isinstance(understood, date) else ""
