"""What people type to be visited at home, and what an office says of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.offerings.types.home_visits import HALF_WORDS, Door, HomeDate
from linli.offerings.types.visits import Way
from linli.ui.forms import DateText, Form, Phone


class AskHomeForm(Form):
    """Who is visited, and where."""

    for_residents = True
    resident_demands = ("offerings.home",)

    name = forms.CharField(label=_("How may we call you?"), max_length=40)
    phone = Phone(label=_("Your mobile number"), help_text=_("We call before we come."))
    address = forms.CharField(
        label=_("Where shall we come?"), max_length=200,
        help_text=_("Street, house, floor and door. Sealed: only whoever comes reads it."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    note = forms.CharField(
        label=_("What helps us?"), max_length=200, required=False,
        help_text=_("For example: ring twice, hard of hearing, a dog in the yard."),
    )  # fmt: skip
    by_sms = forms.BooleanField(label=_("Tell me by text message"), required=False)
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @property
    def door(self) -> Door:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return Door(said["name"], said["phone"], said["address"], said["note"])

    @property
    def chosen(self) -> Way:
        return Way(self.cleaned_data.get("way") or Way.ONLINE)


class AskHomeForForm(AskHomeForm):
    """Somebody calls or sends somebody, and who serves asks for her."""

    way = forms.ChoiceField(
        label=_("How do they ask?"), widget=forms.RadioSelect, initial="phone",
        choices=[("phone", _("by telephone")), ("counter", _("at the counter"))],
    )  # fmt: skip


class PlanForm(Form):
    """The day and half on which somebody comes."""

    for_staff = True
    demands = ("offerings.home_day",)

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = DateText(label=_("On which day?"), lean=Lean.FUTURE)
    half = forms.ChoiceField(
        label=_("Which half of the day?"), choices=list(HALF_WORDS.items()),
        widget=forms.RadioSelect,
    )  # fmt: skip

    @property
    def when(self) -> HomeDate:
        """What was typed, as the service takes it."""
        return HomeDate(self.cleaned_data["on"], self.cleaned_data["half"])


class CallOffForm(Form):
    """Why nobody comes."""

    for_staff = True
    demands = ("offerings.home_day",)

    reason = forms.CharField(
        label=_("Why?"), max_length=200, help_text=_("The person who asked will read it.")
    )


def plan_form(data: Any, row: Any) -> PlanForm:
    """Return the form for the day of a visit, filled with the day that is set."""
    told = {"edition": row.edition, "on": row.visit_on, "half": row.half or "am"}
    if data is not None and data.get("offer"):
        # one of the half-days that were offered, by one touch
        data = data.copy()
        data["on"], _space, data["half"] = data["offer"].partition(" ")
    return PlanForm(data, initial=told)
