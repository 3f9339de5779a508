"""What the window types about what people receive, and how somebody agreed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.kernel.wholes import whole_number
from linli.offerings.types.reminders import AGREED_TITLES, BENEFIT_TITLES, BenefitFacts
from linli.ui.choosing import offer
from linli.ui.forms import DateText, Form

FIRST_YEAR, LAST_YEAR = 1990, 2100


def month_in(text: str, today: date) -> date:
    """Return the first day of 2026-11; that of today's month for anything else."""
    year, _dash, month = text.partition("-")
    y = whole_number(year, least=FIRST_YEAR, most=LAST_YEAR)
    m = whole_number(month, least=1, most=12)
    return date(y, m, 1) if y and m else today.replace(day=1)


class BenefitForm(Form):
    """An allowance, permit, insurance or contract of somebody."""

    for_staff = True
    demands = ("offerings.benefit",)

    kind = forms.ChoiceField(label=_("Which kind is it?"), choices=list(BENEFIT_TITLES.items()))
    what = forms.CharField(label=_("What do they receive or hold?"), max_length=80)
    since = DateText(label=_("Since which day?"), lean=Lean.PAST)
    until = DateText(
        label=_("What is its last day?"), lean=Lean.FUTURE, required=False,
        help_text=_("Leave it empty if it has no end."),
    )  # fmt: skip
    item = forms.ChoiceField(
        label=_("What is applied for when it ends?"), required=False, choices=()
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", [("", "—"), *items])

    @property
    def facts(self) -> BenefitFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return BenefitFacts(said["kind"], said["what"], said["since"], said["until"], said["item"])


class DecideForm(Form):
    """Why something stops, goes on or is over."""

    for_staff = True
    demands = ("offerings.benefit_decided",)

    reason = forms.CharField(
        label=_("Why?"), max_length=300,
        help_text=_("Name the paper or the register that shows it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


AGREED_CHOICES = list(AGREED_TITLES.items())
