"""What stands behind the four doors already: what the portal itself can offer, without a query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.addresses import address_of
from linli.kernel.permits import Actor
from linli.kernel.registries import HOME_SLOTS, HomeItem, HomeSlot

HOTLINE = "12345"


def report(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return where to say something; where answers are read, cases say."""
    return [
        HomeItem(
            _("The city's hotline 12345"), f"tel:{HOTLINE}", _("Day and night, for anything.")
        ),
        HomeItem(
            _("About these pages"),
            address_of("portal:feedback"),
            _("What is wrong or missing here; answered by the office."),
        ),
    ]


def open_books(place: Any, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return what anyone may look into."""
    return [
        HomeItem(
            _("Who does what"), address_of("orgs:at", place.code), _("Bodies, posts and phones.")
        ),
        HomeItem(
            _("Numbers of the law"), address_of("rulebook:list"), _("Each with its source and day.")
        ),
        HomeItem(
            _("Public log"),
            address_of("translog:log"),
            _("What was published cannot be changed unseen."),
        ),
    ]


def register() -> None:
    """Tell the doors about them. Called once at start."""
    for key, title, items in (
        ("report", gettext_lazy("Say something"), report),
        ("open", gettext_lazy("Look into it"), open_books),
    ):
        HOME_SLOTS.add(HomeSlot(f"portal.{key}", f"door:{key}", title, items, order=90))
