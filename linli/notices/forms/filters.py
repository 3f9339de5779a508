"""Which notices a list shows, in public and at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.notices.queries import (
    CATEGORY_WORDS,
    PHASE_WORDS,
    PUBLIC_PHASES,
    Filter,
)
from linli.ui.forms import DateText, Form


class NoticeFilter(Form):
    """The filters of the public list; what cannot be read filters nothing."""

    keeps_nothing = True
    phases: tuple[str, ...] = PUBLIC_PHASES

    q = forms.CharField(label=_("Words or number"), max_length=80, required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    phase = forms.ChoiceField(label=_("State"), required=False)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)
    wide = forms.BooleanField(label=_("with the places below"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phases = [(one, PHASE_WORDS[one]) for one in self.phases]
        self.fields["category"].choices = [("", _("All")), *CATEGORY_WORDS.items()]  # type: ignore[attr-defined]
        self.fields["phase"].choices = [("", _("All")), *phases]  # type: ignore[attr-defined]

    def shown(self) -> Filter:
        """Return what the list is to show."""
        self.is_valid()
        given = self.cleaned_data
        return Filter(
            category=given.get("category", ""), phase=given.get("phase", ""),
            words=given.get("q", "").strip(), since=given.get("since"),
            until=given.get("until"), is_wide=bool(given.get("wide")),
        )  # fmt: skip


class StaffFilter(NoticeFilter):
    """The filters of the list at the desk: drafts too."""

    phases = tuple(PHASE_WORDS)
