"""What people type to book a visit, and what an office says of its windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.offerings.rules.naming_items import items_named
from linli.offerings.types.visits import (
    Contact,
    Way,
    WindowFacts,
)
from linli.ui.formats import statements
from linli.ui.forms import DateText, Form, Phone


class BookForm(Form):
    """Who comes to a visit: nothing of it is needed."""

    for_residents = True
    resident_demands = ("offerings.visit",)

    name = forms.CharField(
        label=_("How may we call you?"), max_length=40, required=False,
        help_text=_("A family name is enough. You may leave it empty."),
    )  # fmt: skip
    phone = Phone(
        label=_("Your mobile number"), required=False,
        help_text=_("For a reminder, and if the centre has to close. Without it, keep the code."),
    )  # fmt: skip

    may_ask = forms.BooleanField(
        label=_("You may ask me once by message how the visit was"), required=False
    )

    @property
    def contact(self) -> Contact:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return Contact(said["name"], said["phone"] or "", said["may_ask"])


class BookForForm(BookForm):
    """Somebody calls or comes, and who serves books for her."""

    way = forms.ChoiceField(
        label=_("How do they ask?"), widget=forms.RadioSelect, initial="phone",
        choices=[("phone", _("by telephone")), ("counter", _("at the counter"))],
    )  # fmt: skip

    @property
    def chosen(self) -> Way:
        return Way(self.cleaned_data["way"])


class ReasonForm(Form):
    """Why sealed contact data are opened."""

    for_staff = True
    demands = ("offerings.reach",)

    reason = forms.CharField(
        label=_("Why do you need it?"), max_length=200, help_text=_("The reason is recorded.")
    )


class WindowForm(Form):
    """A window of a centre."""

    for_staff = True
    demands = ("offerings.window_kept",)

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    number = forms.CharField(label=_("Number of the window"), max_length=8)
    title = forms.CharField(
        label=_("What is it called?"), max_length=40, help_text=_("For example: 综合受理")
    )
    title_en = forms.CharField(label=_("And in English?"), max_length=60, required=False)
    items = forms.CharField(
        label=_("Only for these items"), required=False, max_length=2000,
        help_text=_("One a line, as the list of services names it. Empty: everything the centre offers."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    is_low = forms.BooleanField(
        label=_("It has a low counter for people in wheelchairs"), required=False
    )

    def __init__(self, *args: Any, known: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_items(self) -> list[str]:
        """Return keys of items. Raises ValidationError for words that mean none, or more than one."""
        keys, unknown = items_named(self.cleaned_data["items"], self.known)
        if unknown:
            words = _("No service, or more than one, fits: %(words)s. Copy the name from the list.")
            raise ValidationError(words, params={"words": statements(unknown[:5])})
        return keys

    @property
    def facts(self) -> WindowFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        keys = tuple(said["items"])
        return WindowFacts(said["number"], said["title"], said["title_en"], keys, said["is_low"])


class CodeForm(Form):
    """The code of a visit, of a visit at home or of an entry in a draw, to find it again."""

    keeps_nothing = True

    code = forms.CharField(
        label=_("Code of your visit"), max_length=20,
        help_text=_("Eight signs, on your receipt or in the message."),
    )  # fmt: skip


class DayForm(Form):
    """Which day the desk shows."""

    keeps_nothing = True

    on = DateText(label=_("Day"), required=False, lean=Lean.NEAREST)


def day_in(text: str) -> date | None:
    """Return the day that an address names, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
