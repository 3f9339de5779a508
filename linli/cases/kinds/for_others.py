"""Where a case stands, for those who only follow it: what its first reporter, or another of them, did is not theirs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases.types.kinds import StateDef

ASKED_BACK = StateDef(
    "", _("The office asked whoever reported it first for something."), _("Time stands still until the answer comes.")
)  # fmt: skip
REOPEN_ASKED = StateDef(
    "", _("Somebody who reported it says that it is not solved."),
    _("A supervisor decides whether we take it up again."),
)  # fmt: skip
WITHDRAWN = StateDef(
    "", _("Whoever reported it first took it back."), _("You can report it again at any time.")
)
LAPSED = StateDef(
    "", _("It ended: the office asked whoever reported it first and heard nothing."),
    _("You can report it again at any time."),
)  # fmt: skip
