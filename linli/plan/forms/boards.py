"""Of which day a board is, and to whose borders it is carried."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel import dates
from linli.ui.forms import DateText, Form


class WhenForm(Form):
    """The day of a board; with a second day its figures stand under the towns of that one."""

    keeps_nothing = True

    on = DateText(label=_("On the day"), required=False, lean=dates.Lean.PAST)
    to = DateText(label=_("Restated to"), required=False, lean=dates.Lean.PAST)

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has not come, and a second day before the first."""
        said = super().clean() or self.cleaned_data
        today = localdate()
        for name in ("on", "to"):
            if said.get(name) and said[name] > today:
                words = _("Choose a day up to today: later borders are not known yet.")
                self.add_error(name, forms.ValidationError(words))
        on, to = said.get("on") or today, said.get("to")
        if not self.errors and to and to < on:
            self.add_error("to", _("Figures are restated to a later day, not to an earlier one."))
        return said
