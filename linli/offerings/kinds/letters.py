"""What applicants are told by the inbox, e-mail and text message."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.exchange.types.payments import News
from linli.notify.types import Channel, MessageTemplate, Text, told
from linli.offerings.services.paying import LETTERS
from linli.offerings.services.sealed_papers import SEALED

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
        # to somebody without an account: the code is her only way back; the number stands in
        # the address behind it, so that all of it is one text message
        Channel.SMS: Text(_("Your application came in. Code %(code)s. Follow it:")),
    },
)

SEALED_PAPER = told(
    SEALED, _("A paper of yours was sealed"), "notify.own_matters",
    _(
        "Paper %(paper)s for your application %(number)s bears its electronic seal. Get the file where you "
        "follow the application."
    ),
    short=_("Paper %(paper)s for your application %(number)s is sealed electronically. Get the file:"),
)  # fmt: skip


def _fee(key: str, title: Any, words: Any) -> MessageTemplate:
    """What is told of a fee holds no secret: the same words by every way."""
    return told(key, title, "notify.own_matters", words, short=words)


FEES = (
    _fee(
        LETTERS[News.PAID], _("Your fee is paid"),
        _("%(yuan)s for your application %(number)s are paid. Receipt %(receipt)s."),
    ),
    _fee(
        LETTERS[News.EXPIRED], _("The number to pay under has run out"),
        _(
            "The number %(order)s has run out. %(yuan)s for your application %(number)s are still to be "
            "paid: get a new number where you follow it, or pay at the window."
        ),
    ),
    _fee(
        LETTERS[News.RENEWED], _("There is a new number to pay under"),
        _(
            "The fee for your application %(number)s is another one now: %(yuan)s under the number "
            "%(order)s. The number before it takes nothing more."
        ),
    ),
    _fee(
        LETTERS[News.RETURNED], _("Money goes back to you"),
        _("%(yuan)s that were paid for your application %(number)s go back the way they came."),
    ),
)  # fmt: skip
