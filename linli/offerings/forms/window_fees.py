"""What is typed about fees at the window: paid, paid back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.fees import MOST_REASON
from linli.ui.fee_forms import PaidBackForm, PaidForm
from linli.ui.forms import Form, MoneyText


class PaymentForm(PaidForm):
    """A fee that was paid."""

    demands = ("offerings.fee",)


class WaiverForm(Form):
    """What of a fee is let off before it was paid, and why."""

    for_staff = True
    demands = ("offerings.fee",)

    amount = MoneyText(label=_("Amount in yuan that does not have to be paid"))
    reason = forms.CharField(
        label=_("Why does it not have to be paid?"), max_length=MOST_REASON,
        help_text=_("Name the rule; say as little about the person as possible."),
    )  # fmt: skip


class WaiverBackForm(Form):
    """Which of what was let off is owed after all, and why."""

    for_staff = True
    demands = ("offerings.fee",)

    waiver = forms.TypedChoiceField(label=_("What was let off"), coerce=int)
    reason = forms.CharField(
        label=_("Why is it owed after all?"), max_length=MOST_REASON,
        help_text=_("Name the rule; say as little about the person as possible."),
    )  # fmt: skip

    def __init__(self, *args: Any, waivers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["waiver"].choices = waivers  # type: ignore[attr-defined]


class RefundForm(PaidBackForm):
    """What goes back, why, and whether it is still owed."""

    demands = ("offerings.fee",)

    is_waived = forms.BooleanField(
        label=_("This is not owed: exempt, or too much was taken"), required=False,
        help_text=_("Ticked, it is not to be paid again. Not ticked, it is open again."),
    )  # fmt: skip

    def __init__(self, *args: Any, is_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_over:
            # of an application that ended without a decision nothing becomes due again
            del self.fields["is_waived"]
