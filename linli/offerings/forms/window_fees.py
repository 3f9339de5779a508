"""What is typed about fees at the window: paid, paid back."""

from __future__ import annotations

from linli.ui.fee_forms import PaidBackForm, PaidForm


class PaymentForm(PaidForm):
    """A fee that was paid."""

    demands = ("offerings.fee",)


class RefundForm(PaidBackForm):
    """What goes back, and why."""

    demands = ("offerings.fee",)
