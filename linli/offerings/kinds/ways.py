"""What one can do next on the page of an item: apply for it, book a time at the window."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.offerings.types.items import Channel, ItemFacts, ItemKind
from linli.offerings.types.ways import ITEM_WAYS, ItemWay


def is_online(facts: ItemFacts) -> bool:
    """Say whether an item is applied for by page."""
    return facts.kind != ItemKind.REFUSED and Channel.ONLINE in facts.channels


def is_at_window(facts: ItemFacts) -> bool:
    """Say whether an item is got done at a window, where a time can be booked."""
    return facts.kind != ItemKind.REFUSED and Channel.COUNTER in facts.channels


def is_at_home(facts: ItemFacts) -> bool:
    """Say whether somebody may ask for an office to come to her home for an item."""
    return facts.kind != ItemKind.REFUSED and Channel.HOME in facts.channels


def register() -> None:
    """Tell the page of an item. Called at start."""
    ITEM_WAYS.add(
        ItemWay("apply", _("Apply now"), "send", "offerings:apply", is_online, is_main=True)
    )
    ITEM_WAYS.add(
        ItemWay("visit", _("Book a visit"), "calendar", "offerings:item_visit", is_at_window)
    )
    ITEM_WAYS.add(
        ItemWay("home", _("Ask us to come to you"), "home", "offerings:item_home", is_at_home)
    )
