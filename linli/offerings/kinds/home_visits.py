"""What visits at home are called in the trail, and the messages about them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import THINGS, VERBS, Verb
from linli.notify.types import TEMPLATES, told
from linli.offerings.services.home_news import TAKEN_BACK
from linli.offerings.services.home_visits import CALLED_OFF, MISSED, PLANNED

ACTS = {
    "offerings.home_asked": _("Visit at home asked for"),
    "offerings.home_planned": _("Day of a visit at home set"),
    "offerings.home_away": _("Nobody opened at a visit at home"),
    "offerings.home_cancelled": _("Visit at home cancelled"),
    "offerings.home_done": _("Application filed at home"),
}
LETTERS = (
    told(
        PLANNED, _("We come to your home"), "notify.own_matters",
        _("We come on %(when)s. Code %(code)s; you may cancel it with the code."),
        short=_("We come on %(when)s. Code %(code)s; cancel it with the code."),
    ),
    told(
        MISSED, _("Nobody opened"), "notify.own_matters",
        _("We were at your home and nobody opened. We set another day. Code %(code)s."),
        short=_("We were at your home and nobody opened. We set another day. Code %(code)s."),
    ),
    told(
        CALLED_OFF, _("We do not come to your home"), "notify.own_matters",
        _("The visit at home %(code)s is cancelled. The reason is on its page; please call the office."),
        short=_("The visit at home %(code)s is cancelled. The reason is on its page; please call the office."),
    ),
    told(
        TAKEN_BACK, _("A visit at home is cancelled"), "notify.work",
        _("The visit at home %(code)s on %(when)s is cancelled. Nobody needs to go."),
        short=_("The visit at home %(code)s on %(when)s is cancelled. Nobody needs to go."),
    ),
)  # fmt: skip


def register() -> None:
    """Called once at start."""
    VERBS.add_all(Verb(key, title) for key, title in ACTS.items())
    THINGS.add(Verb("offerings.homevisit", _("Visit at home")))
    TEMPLATES.add_all(LETTERS)
