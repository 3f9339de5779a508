"""What is typed about fees at the window: paid, paid back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.types.fee_titles import NOTED
from linli.ui.forms import Form, MoneyText


class PaymentForm(Form):
    """A fee that was paid."""

    for_staff = True
    demands = ("offerings.fee",)

    amount = MoneyText(label=_("Amount in yuan"))
    way = forms.ChoiceField(label=_("How was it paid?"), choices=list(NOTED.items()))


class RefundForm(Form):
    """What goes back, and why."""

    for_staff = True
    demands = ("offerings.fee",)

    amount = MoneyText(label=_("Amount in yuan that goes back"))
    reason = forms.CharField(label=_("Why does it go back?"), max_length=300)
