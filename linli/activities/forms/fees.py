"""What the office types about fees of bookings and of families at events."""

from __future__ import annotations

from django import forms

from linli.ui.fee_forms import PaidBackForm, PaidForm


class PayForm(PaidForm):
    """A fee that was paid."""

    demands = ("activities.fee",)


class GiveBackForm(PaidBackForm):
    """What of a payment goes back."""

    demands = ("activities.fee",)

    receipt = forms.CharField(max_length=24, widget=forms.HiddenInput)
