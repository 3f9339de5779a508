"""What somebody types who puts category or place of a case right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.routing import EditionForm
from linli.cases.queries.categories import category_choices


class PutRightForm(EditionForm):
    """Another category or place for a case; `edition` is the number of the last step that was seen."""

    demands = ("cases.put_right",)
    finds = ("place",)

    category_id = forms.TypedChoiceField(
        label=_("Which category?"), coerce=int, required=False, empty_value=None
    )
    place = forms.CharField(
        label=_("At which place?"),
        help_text=_("The code of a village, such as 441900121001."),
        max_length=24,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Seen by those who work on the case."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *category_choices(localdate())]
        self.fields["category_id"].choices = choices  # type: ignore[attr-defined]
