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
    arrived: Any = _("Your report came in")
    open_hers: Any = _("Open my report")
    opened_by_both: Any = _(
        "Write both down, take a screenshot or print them: together they open your report, and nobody can look the code up for you."
    )
    asks_her: Any = _("Is it solved?")
    # after her yes, while she may still object
    asks_again: Any = _("Not solved after all?")
    yes: Any = _("Yes, it is solved")
    no: Any = _("No, it is not solved")
    what_not: Any = _("What is not solved?")
    she_said_no: Any = _("You said it is not solved.")
    once_more: Any = _("Ask to take it up again")
    after_no: Any = _("A supervisor decides in time; you read the reason here.")
    her_word: Any = _("You say if it is solved")
    looked_at_again: Any = _("if not, a supervisor looks at it again")
    # templates of the messages that tell where it stands, and that the office wrote
    news: str = "cases.news"
    said: str = "cases.said"


REPORT = KindWords()
