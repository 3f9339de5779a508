"""What states and views of items are called, and how they look."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STATE_TITLES: dict[str, Any] = {
    "planned": _("not public yet"),
    "draft": pgettext_lazy("state of an item", "draft"),
    "review": _("waits for a second person"),
    "published": pgettext_lazy("state of an item", "public"),
    "offered": pgettext_lazy("state of an item", "public"),
    "suspended": pgettext_lazy("state of an item", "suspended"),
    "ended": pgettext_lazy("state of an item", "ended"),
    "dropped": _("put away"),
}
STATE_TONES = {
    "planned": "idle", "draft": "run", "review": "soon", "published": "done", "offered": "done",
    "suspended": "late", "ended": "idle", "dropped": "idle",
}  # fmt: skip
VIEW_TITLES: list[tuple[str, Any]] = [
    ("", _("All")),
    ("draft", _("Drafts")),
    ("review", _("Wait for a second person")),
    ("offered", _("Public items")),
    ("suspended", _("Suspended items")),
    ("due", _("To be looked at again")),
    ("ended", _("Ended items")),
]
