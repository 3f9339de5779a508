"""Filters of the lists of visits and of centres; what cannot be read filters nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.queries.visit_lists import VisitsAsked
from linli.offerings.types.visits import VISIT_WORDS, WAY_WORDS
from linli.ui.forms import DateText, Form


def _choice(label: Any, titles: Mapping[Any, Any]) -> forms.ChoiceField:
    choices = [("", _("All")), *((str(key), words) for key, words in titles.items())]
    return forms.ChoiceField(label=label, choices=choices, required=False)


class VisitFilter(Form):
    """Days, state, how it was asked for, and the code or the telephone of somebody who asks after her visit."""

    keeps_nothing = True

    q = forms.CharField(label=_("Code or telephone"), max_length=60, required=False)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)
    state = _choice(_("State"), {key: words for key, (words, _tone) in VISIT_WORDS.items()})
    way = _choice(_("Asked how"), WAY_WORDS)

    def wanted(
        self,
        path: str = "",
        centre_id: int | None = None,
        mark_of: Callable[[str], bytes | None] = lambda _words: None,
    ) -> VisitsAsked:
        """Return what the list is to show, of a place and below or of one centre; `mark_of` marks a number."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        words = said.get("q", "").strip()
        return VisitsAsked(
            path, centre_id, said.get("since"), said.get("until"), said.get("state", ""),
            said.get("way", ""), words, mark_of(words),
        )  # fmt: skip


class CentreFilter(Form):
    """The name of a centre."""

    keeps_nothing = True

    q = forms.CharField(label=_("Name of the centre"), max_length=60, required=False)
