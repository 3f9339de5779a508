"""Messages about visits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.types import TEMPLATES, told
from linli.offerings.services.closing import CLOSED
from linli.offerings.services.draw_news import DRAWN
from linli.offerings.services.serving import REMINDED
from linli.offerings.services.ticket_texts import TEXTED
from linli.offerings.services.visit_ratings import ASKED

LETTERS = (
    told(
        ASKED, _("How was your visit?"), "notify.own_matters",
        _("You allowed us to ask once: how was your visit? Rate it with code %(code)s."),
        short=_("How was your visit? Rate it with code %(code)s; whoever served you does not see it."),
    ),
    told(
        f"{DRAWN}_won", _("You were drawn"), "notify.own_matters",
        _("%(name)s: you were drawn for %(when)s. See entry %(code)s."),
        short=_("%(name)s: drawn for %(when)s. Entry %(code)s."),
    ),
    told(
        f"{DRAWN}_waits", _("You were not drawn"), "notify.own_matters",
        _("%(name)s: all dates went to others by the draw; entry %(code)s shows your place. A date that falls free is offered down the line; what is left is open to all now."),
        short=_("%(name)s: not drawn. Entry %(code)s; dates that are left are open to all now."),
    ),
    told(
        f"{DRAWN}_off", _("A draw was called off"), "notify.own_matters",
        _("%(name)s: the draw was called off, so nobody was drawn. Entry %(code)s is over."),
        short=_("%(name)s: the draw was called off, nobody was drawn. Entry %(code)s is over."),
    ),
    told(
        f"{DRAWN}_offered", _("A date fell free for you"), "notify.own_matters",
        _("%(name)s: %(when)s fell free and is yours if you take it by %(until)s. Then it goes to the next in line. Entry %(code)s."),
        short=_("%(name)s: %(when)s fell free. Take it by %(until)s with entry %(code)s; then it goes to the next."),
    ),
    told(
        TEXTED, _("Your ticket"), "notify.own_matters",
        _("Your ticket is %(ticket)s, code %(code)s. Watch the big screen."),
        short=_("Your ticket: %(ticket)s, code %(code)s. Watch the big screen."),
    ),
    told(
        REMINDED, _("A visit is near"), "notify.own_matters",
        _("Your visit is on %(when)s at window %(window)s. Code %(code)s."),
        short=_("Your visit: %(when)s, window %(window)s. Code %(code)s; move or cancel it with the code."),
    ),
    told(
        CLOSED, _("A visit had to be cancelled"), "notify.own_matters",
        _("The centre is closed on %(when)s (%(why)s): your visit %(code)s is cancelled. Take another time with this code: it shows those that are free next."),
        short=_("The centre is closed on %(when)s (%(why)s): visit %(code)s is cancelled. Take another time with this code, or call."),
    ),
)  # fmt: skip


def register() -> None:
    """Tell notify. Called at start."""
    TEMPLATES.add_all(LETTERS)
