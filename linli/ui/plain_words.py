"""What a field says of a wrong answer, as a clerk would say it, in place of Django's own words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_NUMBER = _("Write a number in figures, for example 12.5.")
REQUIRED = _("Please answer this question.")
# what a service says of a part that it did not get
NEEDED = _("This is needed here.")
CHOOSE = _("Choose one of the given answers.")
_FILE = _("Choose a file; none arrived here.")
# kind of field, code of the fault, our words; the most special kind first
WORDS: tuple[tuple[type[forms.Field], str, Any], ...] = (
    (forms.BooleanField, "required", _("Please tick this box to go on.")),
    (forms.Field, "required", REQUIRED),
    (forms.Field, "invalid_choice", CHOOSE),
    (forms.Field, "invalid_list", CHOOSE),
    (forms.FloatField, "invalid", _NUMBER),
    (forms.DecimalField, "invalid", _NUMBER),
    (forms.IntegerField, "invalid", _("Write a whole number in figures, for example 12.")),
    (forms.IntegerField, "min_value", _("Write a number of at least %(limit_value)s.")),
    (forms.IntegerField, "max_value", _("Write a number of at most %(limit_value)s.")),
    (forms.DecimalField, "max_digits", _("This number has too many digits: at most %(max)s.")),
    (
        forms.DecimalField,
        "max_decimal_places",
        _("Write at most %(max)s digits behind the decimal point."),
    ),
    (
        forms.DecimalField,
        "max_whole_digits",
        _("This number has too many digits before the decimal point: at most %(max)s."),
    ),
    (forms.DateField, "invalid", _("Write a date, for example 2026-11-24.")),
    (forms.TimeField, "invalid", _("Write a time, for example 14:30.")),
    (forms.EmailField, "invalid", _("Write an e-mail address, for example name@example.cn.")),
    (
        forms.ImageField,
        "invalid_image",
        _("This is no picture that can be opened. Choose another."),
    ),
    (forms.UUIDField, "invalid", _("This page was left open too long or changed. Load it again.")),
    (forms.SlugField, "invalid", _("Use letters without accents, digits, - and _ alone.")),
    (forms.FileField, "invalid", _FILE),
    (forms.FileField, "missing", _FILE),
    (forms.FileField, "empty", _("This file is empty. Choose another.")),
    (
        forms.FileField,
        "invalid_extension",
        _("A file of the kind %(extension)s is not taken here, only %(allowed_extensions)s."),
    ),
    (
        forms.CharField,
        "max_length",
        _("This is %(show_value)s characters long; at most %(limit_value)s fit here."),
    ),
    (
        forms.CharField,
        "min_length",
        _("This is %(show_value)s characters long; at least %(limit_value)s are needed."),
    ),
    (
        forms.CharField,
        "null_characters_not_allowed",
        _("There is an invisible sign in this text. Delete it and type it anew."),
    ),
)


def use(field: forms.Field) -> None:
    """Give a field our words, unless its form has words of its own; once, and its copies have them too."""
    if getattr(field, "speaks_ours", False):
        return
    field.speaks_ours = True  # type: ignore[attr-defined]
    for kind, code, words in WORDS:
        if isinstance(field, kind) and field.error_messages.get(code) in (
            None,
            _usual(field, code),
        ):
            field.error_messages[code] = words


def _usual(field: forms.Field, code: str) -> Any:
    """Return what Django itself would say."""
    for kind in type(field).__mro__:
        if kind.__module__.startswith("django."):
            found = getattr(kind, "default_error_messages", {}).get(code)
            if found is not None:
                return found
    return None
