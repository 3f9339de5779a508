"""Filters of the lists of events, groups and rounds; what cannot be read filters nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.activities.queries.fees import BACK, OPEN
from linli.activities.queries.narrowing import WORDS_WAIT, Narrowed
from linli.activities.types.culture import WISH_TITLES, WishState
from linli.activities.types.events import EVENT_STATES, EVENT_TITLES, SEAT_TITLES
from linli.activities.types.rounds import GROUP_TITLES, ROUND_TITLES
from linli.ui.forms import DateText, Form

SHOWN = {"shown": _("in the public register"), "hidden": _("not in the public register")}


def _choice(label: Any, titles: Mapping[Any, Any]) -> forms.ChoiceField:
    choices = [("", _("All")), *((str(key), words) for key, words in titles.items())]
    return forms.ChoiceField(label=label, choices=choices, required=False)


class ListFilter(Form):
    """What every list has: words."""

    is_base = True
    keeps_nothing = True

    q = forms.CharField(label=_("Words"), max_length=60, required=False)

    def wanted(self, path: str = "") -> Narrowed:
        """Return what the list is to show, of a place and below."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return Narrowed(
            path, given.get("q", "").strip(), given.get("kind", ""), given.get("state", ""),
            given.get("since"), given.get("until"),
        )  # fmt: skip


class ProgrammeFilter(ListFilter):
    """What goes on: words, kind, from which day on."""

    kind = _choice(_("Kind"), EVENT_TITLES)
    since = DateText(label=_("Takes place from"), required=False)


class EventFilter(ProgrammeFilter):
    """Events as the office keeps them: also their state, and up to which day."""

    state = _choice(_("State"), {**EVENT_STATES, WORDS_WAIT: WISH_TITLES[WishState.WAITS]})
    until = DateText(label=_("Takes place until"), required=False)


class FamilyFilter(ListFilter):
    """Families enrolled for an event."""

    q = forms.CharField(
        label=pgettext_lazy("family", "Name or code"), max_length=60, required=False
    )

    state = _choice(_("State"), SEAT_TITLES)


class FamilyFeeFilter(ListFilter):
    """Families at events with a fee that is open, or of which something is to go back."""

    q = forms.CharField(
        label=pgettext_lazy("family", "Code or event"), max_length=60, required=False
    )
    fee = forms.ChoiceField(
        label=_("Fee"), choices=[(OPEN, _("still to be paid")), (BACK, _("goes back"))], required=False
    )  # fmt: skip
    state = _choice(_("State"), SEAT_TITLES)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)

    @property
    def fee_wanted(self) -> str:
        """Return which fees; what is open unless it says otherwise."""
        self.is_valid()
        return str(getattr(self, "cleaned_data", {}).get("fee") or OPEN)


class WordsFilter(ListFilter):
    """What families said of an event."""

    state = _choice(_("State"), WISH_TITLES)


class GroupFilter(ListFilter):
    """Groups of neighbours."""

    kind = _choice(_("What it does"), GROUP_TITLES)


class KeptGroupFilter(GroupFilter):
    """Groups as the office keeps them: also by code, and whether they stand in the public register."""

    q = forms.CharField(label=_("Words or code"), max_length=60, required=False)

    state = _choice(_("In the public register"), SHOWN)


class RoundFilter(ListFilter):
    """Rounds of weekly times: state and season."""

    state = _choice(_("State"), ROUND_TITLES)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)
