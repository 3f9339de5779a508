"""What people type to narrow the list of the trail."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import PATH_OF, VERBS
from linli.trail.queries.lists import Filter, last_days
from linli.trail.queries.sheets import OUTCOMES
from linli.ui.forms import DateText, Form

# more days than that are asked for in parts
MOST_DAYS = 366


class TrailFilter(Form):
    """Filters of the list; what cannot be read is said beside its field and filters nothing."""

    keeps_nothing = True

    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)
    place = forms.CharField(label=_("Code of a place"), max_length=40, required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    verb = forms.ChoiceField(label=_("Act"), required=False)
    # not asked for: links from an entry bring them along
    person = forms.IntegerField(min_value=1, required=False)
    account = forms.IntegerField(min_value=1, required=False)
    kind = forms.CharField(max_length=80, required=False)
    key = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [("", _("All")), *OUTCOMES.items()]  # type: ignore[attr-defined]
        asked = str(self.data.get("verb", ""))[:80]
        titles = {verb.key: str(verb.title) for verb in VERBS}
        known = {key: _whole_title(key, titles) for key in titles}
        verbs = sorted({**{asked: asked}, **known}.items() if asked else known.items())
        self.fields["verb"].choices = [("", _("All")), *verbs]  # type: ignore[attr-defined]
        self.path = ""

    def clean_place(self) -> str:
        """Find the path of the code."""
        code = str(self.cleaned_data["place"]).strip()
        if code:
            self.path = PATH_OF.call(code) or ""
            if not self.path:
                raise forms.ValidationError(_("No place has this code."))
        return code

    def clean(self) -> dict[str, Any]:
        """Keep the days in order and their number in bounds."""
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day comes before the first."))
        elif since and until and (until - since).days >= MOST_DAYS:
            self.add_error("until", _("Ask for a year at most."))
        return given

    def shown(self, today: date) -> Filter:
        """Return what the list is to show."""
        usual = last_days(today)
        if not self.is_bound or not self.is_valid():
            return usual
        given = self.cleaned_data
        first, last = given["since"], given["until"]
        if last is None:
            year = timedelta(days=MOST_DAYS - 1)
            last = min(first + year, max(today, first)) if first else usual.until
        if first is None:
            first = last - (usual.until - usual.since)
        # one step of a verb that has many is asked for as verb/step
        verb, _slash, move = given["verb"].partition("/")
        return Filter(
            first,
            last,
            path=self.path,
            verb=verb,
            move=move,
            outcome=given["outcome"],
            kind=given["kind"],
            key=given["key"],
            person_id=given["person"],
            account_id=given["account"],
        )


def _whole_title(key: str, titles: dict[str, str]) -> str:
    """Return what an act is called among all: a step after the verb that it belongs to."""
    verb, slash, _step = key.partition("/")
    return f"{titles.get(verb, verb)}: {titles[key]}" if slash else titles[key]
