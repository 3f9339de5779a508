"""What reporters are told by the inbox, e-mail and text message."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.types import Channel, MessageTemplate, Text, told

OWN_MATTERS = "notify.own_matters"
FILED = MessageTemplate(
    "cases.filed",
    _("Your report came in"),
    OWN_MATTERS,
    {
        Channel.INBOX: Text(
            _("Report %(number)s came in. Here you read what becomes of it."),
            _("Report %(number)s came in"),
        ),
        Channel.EMAIL: Text(_("Your report came in"), _("Your report came in")),
        # to a number of somebody who has no account: the code is her only way back; the number stands in
        # the address behind it, so that all of it is one text message
        Channel.SMS: Text(_("Your report came in. Code %(code)s. Follow it:")),
    },
)
MOVED = told(
    "cases.news",
    _("News of your matter"),
    OWN_MATTERS,
    # what kind of matter it is: a report, an application
    _("%(named)s: %(state)s %(next)s"),
    subject=_("%(named)s: there is news"),
    short=_("%(named)s: %(state)s %(next)s"),
)
SAID = told(
    "cases.said",
    _("The office wrote about your matter"),
    OWN_MATTERS,
    _("%(named)s: the office wrote to you. Read it there."),
    subject=_("%(named)s: a word from the office"),
    short=_("%(named)s: the office wrote to you. Open it with number and code."),
)
TEMPLATES = (FILED, MOVED, SAID)
