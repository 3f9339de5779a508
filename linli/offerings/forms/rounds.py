"""What is typed to announce a draw, and to enter one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.offerings.types.rounds import RoundFacts
from linli.offerings.types.visits import Contact, Way
from linli.ui.choosing import offer
from linli.ui.forms import DateText, Form, Phone


class RoundForm(Form):
    """A draw as an office announces it."""

    for_staff = True
    demands = ("offerings.round",)
    not_counted = {
        "for_callers": "dates kept for callers",
        "for_counter": "dates kept for the counter",
    }

    title = forms.CharField(
        label=_("What is drawn for?"), max_length=80,
        help_text=_("For example: dates for registering school places, 3 to 14 May"),
    )  # fmt: skip
    item = forms.ChoiceField(label=_("For which service, if it is one?"), required=False)
    first = DateText(label=_("First day that is given by draw"), lean=Lean.FUTURE)
    last = DateText(label=_("Last day"), lean=Lean.FUTURE)
    until = DateText(
        label=_("Entries are taken up to the end of which day?"), lean=Lean.FUTURE,
        help_text=_("Before the first day that is drawn."),
    )  # fmt: skip
    for_callers = forms.IntegerField(
        label=_("Times a day kept for who enters by telephone"),
        min_value=0,
        max_value=500,
        initial=0,
    )
    for_counter = forms.IntegerField(
        label=_("Times a day kept for who enters at the counter"),
        min_value=0,
        max_value=500,
        initial=0,
    )
    public = forms.CharField(
        label=_("Which number from elsewhere is mixed in?"), max_length=120, required=False,
        help_text=_("For example: the numbers of a lottery on the day after the closing. Then nobody can know the outcome before."),
    )  # fmt: skip

    def __init__(self, *args: Any, items: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", [("", "—"), *items])

    @property
    def facts(self) -> RoundFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        until = make_aware(datetime.combine(said["until"], time(23, 59, 59)))
        return RoundFacts(
            said["title"], said["first"], said["last"], until, said["for_callers"],
            said["for_counter"], said["item"], said["public"],
        )  # fmt: skip


class EntryForm(Form):
    """An entry: up to three days, and a number to be told the outcome."""

    for_residents = True
    resident_demands = ("offerings.draw",)

    first_wish = forms.ChoiceField(label=_("Which day would you like best?"))
    second_wish = forms.ChoiceField(label=_("Your second choice, if you have one"), required=False)
    third_wish = forms.ChoiceField(label=_("Your third choice, if you have one"), required=False)
    name = forms.CharField(label=_("How may we call you?"), max_length=40, required=False)
    phone = Phone(
        label=_("Your mobile number"),
        help_text=_("One entry for each number; the outcome is told there."),
    )

    def __init__(self, *args: Any, days: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_wish", "second_wish", "third_wish"):
            offer(self, name, [("", _("Choose") if name == "first_wish" else "—"), *days])

    @property
    def wishes(self) -> list[str]:
        said = self.cleaned_data
        return [said[name] for name in ("first_wish", "second_wish", "third_wish") if said[name]]

    @property
    def contact(self) -> Contact:
        return Contact(self.cleaned_data["name"], self.cleaned_data["phone"])


class ClaimForm(Form):
    """The number of an entry, and the code that was sent to it."""

    for_residents = True
    resident_demands = ("offerings.draw",)

    phone = Phone(label=_("The mobile number of the entry"))
    code = forms.CharField(
        label=_("The six digits of the message"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip


class EntryForForm(EntryForm):
    """Somebody calls or comes, and who serves enters for her."""

    way = forms.ChoiceField(
        label=_("How do they ask?"), widget=forms.RadioSelect, initial="phone",
        choices=[("phone", _("by telephone")), ("counter", _("at the counter"))],
    )  # fmt: skip

    @property
    def chosen(self) -> Way:
        return Way(self.cleaned_data["way"])


class DrawForm(Form):
    """The number that was promised to be mixed in."""

    for_staff = True
    demands = ("offerings.round",)

    public_value = forms.CharField(
        label=_("The number that was promised"), max_length=100, required=False,
        help_text=_("Empty if none was promised."),
    )  # fmt: skip
