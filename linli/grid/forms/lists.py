"""Filters of the lists of the rounds; what cannot be read filters nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.grid.queries.figures import last_days
from linli.grid.queries.narrowing import Wanted
from linli.grid.states import HEAD_TITLES_OF_STATES
from linli.grid.types import HAZARD_TITLES, HEAD_TITLES, MATTER_TITLES, ROLE_TITLES
from linli.grid.types.figures import Span
from linli.grid.types.replay import ACT_TITLES
from linli.grid.types.storms import HOME_STATE_TITLES, NEED_TITLES, STORM_TITLES
from linli.grid.types.watch import TEAM_TITLES
from linli.kernel import dates
from linli.ui.forms import DateText, Form

# a longer time would count the same events too often; two years are what reports ask for
MOST_DAYS = timedelta(days=800)
# what a list is narrowed by that says of which kind its lines are
KINDS = ("matter", "hazard", "act", "kind", "role", "need")


def _any_of(titles: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [("", _("All")), *((str(key), words) for key, words in titles.items())]


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
            given.get("q", "").strip(), next((given[key] for key in KINDS if given.get(key)), ""),
            given.get("since"), given.get("until"), given.get("state", ""),
        )  # fmt: skip


class EventFilter(StopFilter):
    """Number, words or cell; the matter; the days on which events were reported."""

    q = forms.CharField(label=_("Number, words or cell"), max_length=60, required=False)
    matter = forms.ChoiceField(label=_("Matter"), choices=_any_of(MATTER_TITLES), required=False)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)


class CheckFilter(StopFilter):
    """Words or cell; the checklist; the days of the checks."""

    hazard = forms.ChoiceField(label=_("Checklist"), choices=_any_of(HAZARD_TITLES), required=False)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)


class PublicHeadFilter(StopFilter):
    """The building, block or lane of which somebody looks for the head."""

    q = forms.CharField(label=_("Building, lane or name"), max_length=60, required=False)


class HeadFilter(PublicHeadFilter):
    """The building, block or lane, or what neighbours call her; what of; how it stands."""

    kind = forms.ChoiceField(label=_("Head of what"), choices=_any_of(HEAD_TITLES), required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=_any_of(HEAD_TITLES_OF_STATES), required=False
    )


class KeptFilter(StopFilter):
    """Number of the event; what was done; the days on which phones say that it was done."""

    q = forms.CharField(label=_("Number of the event"), max_length=60, required=False)
    act = forms.ChoiceField(label=_("What was done"), choices=_any_of(ACT_TITLES), required=False)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)


class CellFilter(StopFilter):
    """Code or name of the cell, or the post that looks after it; as what it does."""

    q = forms.CharField(label=_("Cell or post"), max_length=60, required=False)
    role = forms.ChoiceField(label=_("As what"), choices=_any_of(ROLE_TITLES), required=False)


class TeamFilter(StopFilter):
    """Name of the team; what it is for."""

    q = forms.CharField(label=_("Name of the team"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("What it is for"), choices=_any_of(TEAM_TITLES), required=False
    )


class StormFilter(StopFilter):
    """What it is called; flood, typhoon or drought; the days on which it began."""

    q = forms.CharField(label=_("What it is called"), max_length=60, required=False)
    kind = forms.ChoiceField(
        label=_("Flood, typhoon or drought"), choices=_any_of(STORM_TITLES), required=False
    )
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)


class HomeFilter(StopFilter):
    """The post that moves a home, or its shelter; what it needs; how it stands."""

    q = forms.CharField(label=_("Post or shelter"), max_length=60, required=False)
    need = forms.ChoiceField(label=_("Needs"), choices=_any_of(NEED_TITLES), required=False)
    state = forms.ChoiceField(label=_("State"), choices=_any_of(HOME_STATE_TITLES), required=False)


class SpanFilter(Form):
    """From when to when events are counted; without days the last ninety."""

    keeps_nothing = True

    first = DateText(label=_("First day counted"), required=False, lean=dates.Lean.PAST)
    last = DateText(label=_("Last day counted"), required=False, lean=dates.Lean.PAST)

    def span(self, today: date) -> Span:
        """Return the days that are counted, none of them to come, the last two years at most."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        last = min(given.get("last") or today, today)
        first = min(given.get("first") or last_days(last).first, last)
        return Span(max(first, last - MOST_DAYS), last)

    def told(self, span: Span) -> SpanFilter:
        """Return the form as the page shows it: the days that are counted, and what could not be read."""
        counted = {"first": span.first.isoformat(), "last": span.last.isoformat()}
        return SpanFilter({**counted, **{name: self.data[name] for name in self.errors}})
