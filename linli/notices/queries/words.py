"""The words of categories, phases, units and findings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from linli.kernel.clock import Unit
from linli.notices.rules.guard import Sign
from linli.notices.rules.periods import Phase
from linli.notices.types import CATEGORIES, Category, Reach, Size

CATEGORY_WORDS: dict[str, Any] = {key.value: facts.title for key, facts in CATEGORIES.items()}
PHASE_WORDS: dict[str, Any] = {
    Phase.DRAFT: _("Draft"),
    Phase.WAITING: _("Waits to be published"),
    Phase.PLANNED: _("Published, not yet shown"),
    Phase.SHOWN: _("Displayed now"),
    Phase.ENDED: _("Period over"),
    Phase.WITHDRAWN: pgettext_lazy("state of a notice", "Withdrawn"),
    Phase.DROPPED: _("Abandoned"),
}
FEED_TITLE: Any = _("Notices")
# tone and icon of a phase, as ui/parts.html takes them
PHASE_TONES = {
    Phase.DRAFT: ("idle", "pencil"),
    Phase.WAITING: ("soon", "hourglass"),
    Phase.PLANNED: ("run", "calendar-event"),
    Phase.SHOWN: ("run", "pin"),
    Phase.ENDED: ("done", "archive"),
    Phase.WITHDRAWN: ("late", "ban"),
    Phase.DROPPED: ("idle", "x"),
}
UNIT_WORDS: dict[str, Any] = {Unit.DAYS.value: _("calendar days"), Unit.WORKING_DAYS.value: _("working days")}  # fmt: skip
REACH_WORDS: dict[str, Any] = {
    Reach.BELOW.value: _("at this place and everywhere below it"),
    Reach.LISTED.value: _("only at the places ticked below"),
}
SIZE_WORDS: dict[str, Any] = {
    Size.A4.value: _("A4"),
    Size.A3.value: _("A3, one sheet"),
    Size.TILED.value: _("A3, as two sheets of A4 to be joined"),
}
SIGN_WORDS: dict[str, Any] = {
    Sign.IDENTITY: _("a whole identity card number"),
    Sign.BANK_CARD: _("a whole bank card number"),
    Sign.MOBILE: _("a mobile number"),
    Sign.HOME: _("the number of a home"),
    Sign.PARTY: _("something about membership of the Party, which is not kept or posted by name"),
    Sign.PROTECTED: _("illness, support or another thing that is protected"),
}


def length_words(days: int, unit: str) -> str:
    """Return a length such as "5 working days"."""
    if unit == Unit.WORKING_DAYS:
        return ngettext("%(num)s working day", "%(num)s working days", days) % {"num": days}
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}


def title_of(category: str) -> str:
    """Return what a category is called."""
    return str(CATEGORIES[Category(category)].title)


def too_short_words(least: str, law: str) -> str:
    """Return why a period is refused: what the law asks at least."""
    return _now("At least %(least)s, because: %(law)s. Longer is allowed.") % {
        "least": least, "law": law,
    }  # fmt: skip
