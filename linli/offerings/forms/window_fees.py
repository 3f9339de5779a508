"""What is typed about fees at the window: paid, paid back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.fee_forms import PaidBackForm, PaidForm


class PaymentForm(PaidForm):
    """A fee that was paid."""

    demands = ("offerings.fee",)


class RefundForm(PaidBackForm):
    """What goes back, why, and whether it is still owed."""

    demands = ("offerings.fee",)

    is_waived = forms.BooleanField(
        label=_("She does not owe this: exempt, or too much was taken"), required=False,
        help_text=_("Ticked, it is not to be paid again. Not ticked, it is open again."),
    )  # fmt: skip
