"""What the ways to pay a fee are called."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.offerings.types.applications import PayWay

PAY_WAY: dict[str, Any] = {
    PayWay.CASH: _("Cash"),
    PayWay.CARD: _("Card"),
    PayWay.PHONE: _("By phone"),
    PayWay.TRANSFER: _("Transfer"),
    PayWay.ONLINE: _("Over the payment system"),
}
# what the window notes; what comes over the payment system is noted by itself
NOTED = {way: words for way, words in PAY_WAY.items() if way != PayWay.ONLINE}
