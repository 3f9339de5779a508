"""What fields, faults and fates of orders are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.exchange.types.orders import Fate, Fault

FIELD: dict[str, Any] = {
    "number": _("Number of the order"),
    "text": _("What the caller said"),
    "title": _("Title"),
    "matter": _("Sort of matter"),
    "category": _("Category"),
    "place": _("Village or community"),
    "address": _("Where it is"),
    "name": _("Name of the caller"),
    "phone": _("Telephone of the caller"),
    "withheld": _("Caller wants not to be named"),
    "again": _("To be taken up again"),
    "sent_at": _("Sent by the hotline"),
    "due_at": _("Due by the hotline's word"),
}
FAULT: dict[str, Any] = {
    "missing": _("nothing stands there"),
    "lost_digits": _("the office program made a figure of it and lost digits; format the column as text and save again"),
    "no_number": _(
        "this is no number of an order; one has 4 to 40 letters and digits, at least 4 of them digits, such as 2026112900123 or DG-20261129-0012"
    ),
    "too_long": _("more than 5,000 characters"),
    "unknown": _("none of 咨询, 求助, 投诉, 举报, 建议, 表扬"),
    "no_phone": _("no telephone can be called under it"),
    "yes_or_no": _("neither yes (是) nor no (否)"),
    "no_moment": _("this is no day or time; write 2026-12-03 17:30"),
    "before_sent": _("it lies before the order was sent"),
    "twice": _("the number stands in this list already, with other words or another caller"),
    "place_outside": _("the village lies outside the place of this list"),
    "elsewhere": _("the order was taken down at another place; ask the hotline which is right"),
    "not_taken": _("it could not be taken down"),
}  # fmt: skip
FATE: dict[Fate, Any] = {
    Fate.NEW: _("new, place named by the list"),
    Fate.SUGGESTED: _("new, place suggested by its words"),
    Fate.UNCLEAR: _("new, place unclear"),
    Fate.LOOK: _("new, a tip-off or an accusation that somebody reads first"),
    Fate.KNOWN: _("known, nothing new"),
    Fate.CHANGED: _("known, words or deadline changed"),
    Fate.AGAIN: _("known, to be taken up again"),
    Fate.OVER: _("known, more came after its end"),
    Fate.REFUSED: _("refused"),
}
LIST_STATE: dict[str, Any] = {
    "received": _("columns to be named"),
    "mapped": _("to be checked"),
    "checked": _("checked, to be taken"),
    "running": _("being taken"),
    "done": _("taken"),
    "dropped": _("put away"),
}
ORDER_STATE: dict[str, Any] = {
    "waiting": _("waits for its place"),
    "taken": pgettext_lazy("order", "became a case"),
    "led_away": _("led to the discipline inspection"),
}

HAND_BACK_STATE: dict[str, Any] = {
    "applied": _("asked, not decided"),
    "accepted": _("taken back by the hotline"),
    "refused": pgettext_lazy("hand back", "stays here"),
}
OUTCOME: dict[str, Any] = {
    "in_progress": pgettext_lazy("result", "being handled"),
    "answered": pgettext_lazy("result", "answered, not done"),
    "done": pgettext_lazy("result", "done"),
    "refused": _("refused on good grounds"),
    "referred": _("referred to who is in charge"),
    "ended": pgettext_lazy("result", "ended otherwise"),
}


def fields_of(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """Return the texts of faults by field, as a refusal carries them."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.field, []).append(str(FAULT[fault.code]))
    return found
