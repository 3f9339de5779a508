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
# lists of items that were handed in
LIST_TITLES: dict[str, Any] = {
    "received": _("to be checked"),
    "mapped": _("to be checked"),
    "checked": _("checked, to be taken"),
    "running": _("being taken"),
    "done": _("taken"),
    "dropped": _("put away"),
}
FATE_TITLES: dict[str, Any] = {
    "refused": _("refused, with the reason"),
    "elsewhere": _("of another place, or ended"),
    "waiting": _("its next version waits for a second person"),
    "made": _("new draft"),
    "changed": _("new version as a draft"),
    "same": _("says what is known already"),
}
FATE_TONES = {
    "refused": "late", "elsewhere": "late", "waiting": "soon", "made": "done", "changed": "run", "same": "idle",
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
