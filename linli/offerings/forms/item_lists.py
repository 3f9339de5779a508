"""What an office hands in as a list of items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.ui.choosing import offer
from linli.ui.forms import Form


class ItemListForm(Form):
    """A list of items as a spreadsheet, and for which place it is."""

    for_staff = True
    demands = ("offerings.item_list",)

    place = forms.ChoiceField(label=_("For which place?"))
    file = forms.FileField(
        label=_("Which file?"), help_text=_("xlsx or csv with one item a row, at most 5,000 rows and 8 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.fields["place"]
        offer(self, "place", places)
        if len(places) == 1:
            place.widget = forms.HiddenInput()
            place.initial = places[0][0]
