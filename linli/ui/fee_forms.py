"""What an office types about fees: paid, paid back. Each app says whom it asks by deriving from these."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.fees import MOST_REASON, NOTED
from linli.ui.forms import Form, MoneyText


class PaidForm(Form):
    """A fee that was paid."""

    is_base = True
    for_staff = True

    amount = MoneyText(label=_("Amount in yuan"))
    way = forms.ChoiceField(label=_("How was it paid?"), choices=list(NOTED.items()))


class PaidBackForm(Form):
    """What goes back, and why."""

    is_base = True
    for_staff = True

    amount = MoneyText(label=_("Amount in yuan that goes back"))
    reason = forms.CharField(label=_("Why does it go back?"), max_length=MOST_REASON)
