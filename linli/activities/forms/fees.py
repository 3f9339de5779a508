"""What the office types about fees of bookings and of families at events."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.fee_forms import PaidBackForm, PaidForm
from linli.ui.forms import Form, MoneyText


class PayForm(PaidForm):
    """A fee that was paid."""

    demands = ("activities.fee",)


class GiveBackForm(PaidBackForm):
    """What of a payment goes back."""

    demands = ("activities.fee",)

    receipt = forms.CharField(max_length=24, widget=forms.HiddenInput)


class SettleForm(Form):
    """What stays owed of a family that left, or whose event was called off, once it had begun."""

    for_staff = True
    demands = ("activities.fee",)

    owed = MoneyText(
        label=_("What does this family owe in all?"),
        help_text=_("In yuan. What was paid beyond it goes back."),
    )
