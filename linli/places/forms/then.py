"""Which day of the register somebody wants to see, and how."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.places.queries.then import UNDECIDED
from linli.places.types import CATEGORY_TITLES, KIND_TITLES, SETTLEMENT_TITLES, Level
from linli.ui.forms import TwoDays

ANY = ("", _("All"))
NONE_YET = (UNDECIDED, _("not decided"))
LEVELS = (
    (Level.TOWN.value, _("towns")),
    (Level.VILLAGE.value, _("villages and communities")),
    (Level.GROUP.value, _("groups")),
    (Level.BUILDING.value, _("buildings")),
)
MODES = (
    ("then", _("As it was")),
    ("now", _("What became of it")),
    ("figures", _("Figures as they were")),
    ("carried", _("Figures restated")),
)
WITH_FIGURES = ("figures", "carried")


class ThenForm(TwoDays):
    """A day of the register; of figures also the day to whose borders they are restated."""

    mode = forms.ChoiceField(choices=MODES, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS, required=False)
    town = forms.CharField(label=_("Town"), required=False, max_length=24)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[ANY, *((k.value, t) for k, t in KIND_TITLES.items())],
    )
    settlement = forms.ChoiceField(
        label=_("Counts as"), required=False,
        choices=[ANY, *((k.value, t) for k, t in SETTLEMENT_TITLES.items()), NONE_YET],
    )  # fmt: skip
    category = forms.ChoiceField(
        label=_("Category of the plan"), required=False,
        choices=[ANY, *((k.value, t) for k, t in CATEGORY_TITLES.items()), NONE_YET],
    )  # fmt: skip
    word = forms.CharField(label=_("Name or code"), required=False, max_length=60)
