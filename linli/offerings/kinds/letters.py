"""What applicants are told by the inbox, e-mail and text message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.types import Channel, MessageTemplate, Text

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
