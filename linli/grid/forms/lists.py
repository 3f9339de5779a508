"""Filters of the lists of the rounds; what cannot be read filters nothing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.grid.queries.narrowing import Wanted
from linli.grid.types import HAZARD_TITLES, MATTER_TITLES
from linli.ui.forms import DateText, Form


class StopFilter(Form):
    """Words of a place, or the code of its cell."""

    keeps_nothing = True

    q = forms.CharField(label=_("Words or cell"), max_length=60, required=False)

    @property
    def wanted(self) -> Wanted:
        """What the list is to show."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return Wanted(
            given.get("q", "").strip(), given.get("matter") or given.get("hazard") or "",
            given.get("since"), given.get("until"),
        )  # fmt: skip


class EventFilter(StopFilter):
    """Number, words or cell; the matter; the days on which events were reported."""

    q = forms.CharField(label=_("Number, words or cell"), max_length=60, required=False)
    matter = forms.ChoiceField(label=_("Matter"), required=False)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].choices = [("", _("All")), *MATTER_TITLES.items()]  # type: ignore[attr-defined]


class CheckFilter(StopFilter):
    """Words or cell; the checklist; the days of the checks."""

    hazard = forms.ChoiceField(label=_("Checklist"), required=False)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hazard"].choices = [("", _("All")), *HAZARD_TITLES.items()]  # type: ignore[attr-defined]
