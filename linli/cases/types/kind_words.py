"""What pages call a case and whoever it is for: not everybody who asks an office reports something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class KindWords:
    """Words of the sheet and of the page on which a case is followed; those of a report by default.

    `named` takes the number, `promised` the words of the promise.
    """

    named: Any = _("Report %(number)s")
    from_her: Any = _("From the reporter")
    told_her: Any = _("Told to the reporter")
    she_reads: Any = _("The reporter reads")
    who: Any = _("Who reported it")
    she: Any = _("the reporter")
    tell_her: Any = _("Tell the reporter something")
    came: Any = _("Reported")
    she_began: Any = _("You reported it")
    promised: Any = _("Promised when you reported it: %(words)s")
    take_back: Any = _("Take the report back?")
    again: Any = _("Nobody works on it any more. You can report it again at any time.")


REPORT = KindWords()
