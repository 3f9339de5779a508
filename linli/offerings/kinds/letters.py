"""What applicants are told by the inbox, e-mail and text message."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.notify.types import Channel, MessageTemplate, Text, told
from linli.offerings.services.paying import EXPIRED, PAID, RETURNED

APPLIED = MessageTemplate(
    "offerings.applied",
    _("Your application came in"),
    "notify.own_matters",
    {
        Channel.INBOX: Text(
            _("Your application %(number)s (%(item)s) came in. Here you read what becomes of it."),
            _("Application %(number)s came in"),
        ),
        Channel.EMAIL: Text(_("Your application came in"), _("Your application came in")),
        # to somebody without an account: the code is her only way back
        Channel.SMS: Text(
            _(
                "Your application %(number)s came in. Code %(code)s; follow it on the page of your village."
            )
        ),
    },
)


def _fee(key: str, title: Any, words: Any) -> MessageTemplate:
    """What is told of a fee holds no secret: the same words by every way."""
    return told(key, title, "notify.own_matters", words, short=words)


FEES = (
    _fee(
        PAID, _("Your fee is paid"),
        _("%(yuan)s for your application %(number)s are paid. Receipt %(receipt)s."),
    ),
    _fee(
        EXPIRED, _("The number to pay under has run out"),
        _(
            "The number %(order)s has run out. %(yuan)s for your application %(number)s are still to be "
            "paid: get a new number where you follow it, or pay at the window."
        ),
    ),
    _fee(
        RETURNED, _("Money goes back to you"),
        _("%(yuan)s that were paid for your application %(number)s go back the way they came."),
    ),
)  # fmt: skip
