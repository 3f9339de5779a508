"""What people type about storms, shelters, homes that are moved, and the sheet of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.grid.types.storms import (
    NEED_TITLES,
    STORM_TITLES,
    TYPED,
    TYPED_TITLES,
    HomeFacts,
    ShelterFacts,
)
from linli.ui.forms import Form, Phone

HOME_FACTS = tuple(one.name for one in fields(HomeFacts))
Choices = Sequence[tuple[str, Any]]


class StormForm(Form):
    """A flood, typhoon or drought is declared."""

    for_staff = True
    demands = ("grid.storm",)

    kind = forms.ChoiceField(
        label=_("What is coming?"), choices=list(STORM_TITLES.items()), widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("What is it called?"), help_text=_("For example: typhoon number 12"), max_length=60
    )


class ShelterForm(Form):
    """A shelter with its places and stock."""

    for_staff = True
    demands = ("grid.shelter", "grid.shelter_places")

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is the shelter called?"), max_length=60)
    where = forms.CharField(label=_("Where is it?"), max_length=120)
    places = forms.IntegerField(
        label=_("How many people find room?"), min_value=1, max_value=100_000
    )
    stock = forms.CharField(
        label=_("What lies ready there?"),
        help_text=_("For example: 80 blankets, 40 boxes of water, 2 lamps."),
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    @property
    def facts(self) -> ShelterFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return ShelterFacts(said["title"], said["where"], said["places"], said["stock"])


class HomeForm(Form):
    """A home that is to be moved."""

    for_staff = True
    demands = ("grid.storm_home", "grid.storm_people")
    enters = {
        "name": "grid.storm.name",
        "phone": "grid.storm.phone",
        "address": "grid.storm.address",
    }
    not_counted = {
        "helper_id": "the number of a post, chosen from a list",
        "shelter_id": "the number of a shelter, chosen from a list",
    }

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Whom does the helper ask for?"), max_length=40)
    phone = Phone(label=_("On which number is this home reached?"), required=False)
    address = forms.CharField(
        label=_("Where do they live?"), help_text=_("So that a stranger finds it."), max_length=120
    )
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=99)
    need = forms.ChoiceField(
        label=_("What does the home need?"), choices=list(NEED_TITLES.items()),
        help_text=_("Only what the helper must bring. No illness is written down."),
    )  # fmt: skip
    helper_id = forms.TypedChoiceField(label=_("Which post moves them?"), coerce=int)
    shelter_id = forms.TypedChoiceField(
        label=_("To which shelter?"), coerce=int, required=False, empty_value=None,
        help_text=_("Empty if they go to relatives."),
    )  # fmt: skip
    # asked only of who names one that seems to be on the list
    is_another = forms.BooleanField(
        label=_("This is another home"), required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, posts: Choices = (), shelters: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("helper_id", posts), ("shelter_id", [("", "—"), *shelters])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    def take(self, fields: dict[str, list[str]]) -> None:
        """Put faults beside their fields; the question whether it is another home is then seen."""
        if "is_another" in fields:
            self.fields["is_another"].widget = forms.CheckboxInput()
        super().take(fields)

    @property
    def facts(self) -> HomeFacts:
        """What was typed, as the service takes it."""
        said = {name: self.cleaned_data[name] for name in HOME_FACTS}
        return HomeFacts(**{**said, "phone": said["phone"] or ""})


class StrikeForm(Form):
    """Why a home does not belong on the list."""

    for_staff = True
    demands = ("grid.storm_strike",)

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why does it not belong on the list?"),
        help_text=_("For example: entered twice; nobody lives there. No names."), max_length=120,
    )  # fmt: skip


class SheetForm(Form):
    """The numbers of a village, typed once and summed up for those above."""

    for_staff = True
    demands = ("grid.storm_sheet",)

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TYPED:
            self.fields[name] = forms.IntegerField(
                label=TYPED_TITLES[name], min_value=0, max_value=1_000_000
            )

    @property
    def numbers(self) -> dict[str, int]:
        """The typed numbers by name."""
        return {name: self.cleaned_data[name] for name in TYPED}
