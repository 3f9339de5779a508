"""Of which day a board is, and to whose borders it is carried."""

from __future__ import annotations

from linli.ui.forms import TwoDays


class WhenForm(TwoDays):
    """The day of a board; with a second day its figures stand under the towns of that one."""
