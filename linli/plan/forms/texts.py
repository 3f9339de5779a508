"""What people type beside the text of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.plan.forms.areas import area
from linli.plan.rules import corrections as rules
from linli.plan.types import (
    FORCE_TITLES,
    KIND_TITLES,
    LEVEL_TITLES,
    UNIT_TITLES,
)
from linli.ui.forms import DateText, Form

FIELD_TITLES = {
    "name": _("Name"),
    "name_en": _("English name"),
    "force": _("Force"),
    "departments": _("Departments, the leading one first"),
    "kind": _("Kind"),
    "operator": _("Comparison"),
    "value": _("Value"),
    "unit": _("Unit"),
    "deadline": _("Deadline"),
    "addressee": _("Whom it addresses"),
    "first_on": _("First day"),
    "last_on": _("Last day"),
    "added": _("Added"),
}
CHOICES: dict[str, list[tuple[str, Any]]] = {
    "force": list(FORCE_TITLES.items()),
    "kind": list(KIND_TITLES.items()),
    "operator": [(one, one or "—") for one in rules.OPERATORS],
    "unit": [("", "—"), ("percent", "%"), *list(UNIT_TITLES.items())[1:]],
    "addressee": list(LEVEL_TITLES.items()),
}


class CorrectionForm(Form):
    """One field of what was read, its right value, and why."""

    for_staff = True
    demands = ("plan.reading",)

    why = area(
        2,
        label=_("Why"),
        hint=_("For example the line of the original paper, or the decision that set the date."),
        longest=300,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, field: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"value": _value_field(field), **self.fields}

    def words(self) -> str:
        """The new value as the rules read it."""
        value = self.cleaned_data["value"]
        return value.isoformat() if isinstance(value, date) else str(value or "")


def _value_field(field: str) -> forms.Field:
    title = FIELD_TITLES[field]
    optional = field in ("name_en", "value", "deadline", "first_on", "last_on", "operator", "unit")
    if field in rules.DATES:
        return DateText(label=title, required=False)
    if field in CHOICES:
        return forms.ChoiceField(label=title, choices=CHOICES[field], required=not optional)
    if field == "departments":
        hint = _("Separate them with 、 as the plan does.")
        return forms.CharField(label=title, help_text=hint, max_length=400)
    return forms.CharField(label=title, max_length=200, required=not optional)


class ImportForm(Form):
    """A plan as a text file."""

    for_staff = True
    demands = ("plan.reading", "plan.text")

    file = forms.FileField(
        label=_("The plan as a text file (.txt)"),
        help_text=_("UTF-8 or GB18030. Faults of the copy are mended and listed."),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
    source = forms.CharField(label=_("Where the text comes from"), max_length=200)
    code = forms.SlugField(
        label=_("Short name in addresses"),
        help_text=_("Small letters, digits and hyphens, for example dongguan-2016."),
        max_length=40,
    )


class BindForm(Form):
    """Which indicator measures a target."""

    for_staff = True
    demands = ("plan.reading",)

    indicator = forms.ChoiceField(label=_("Indicator"), required=False)

    def __init__(self, choices: Iterable[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *choices]
