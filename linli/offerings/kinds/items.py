"""What acts and things of items of service are called, for whoever reads the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Verb

ACTS = {
    "offerings.item_created": _("Item of service begun"),
    "offerings.item_draft_opened": _("New version of an item begun"),
    "offerings.item_written": _("Item of service written"),
    "offerings.item_described": _("Office of an item named"),
    "offerings.item_submitted": _("Item handed to a second person"),
    "offerings.item_returned": _("Item given back to be changed"),
    "offerings.item_dropped": _("Draft of an item put away"),
    "offerings.item_published": _("Item of service published"),
    "offerings.item_suspended": _("Item of service suspended"),
    "offerings.item_resumed": _("Item of service offered again"),
    "offerings.item_ended": _("Item of service ended"),
    "offerings.item_reviewed": _("Item of service looked at again"),
}
KINDS = {"offerings.item": _("Item of service")}
WORK = {"offerings.items": _("bringing in items of service")}


def register() -> None:
    """Called once at start."""
    for registry, titles in ((VERBS, ACTS), (THINGS, KINDS), (SYSTEM_WORK, WORK)):
        registry.add_all(Verb(key, title) for key, title in titles.items())
