"""Forms on Party organisations: numbers, never names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.orgs.forms.posts import Option
from linli.orgs.forms.register import EditionForm, StaffForm
from linli.orgs.types import (
    CountKind,
    Management,
    PartyForm,
    PartyType,
    SpotKind,
    choices,
)
from linli.orgs.types.titles import TITLES
from linli.ui.forms import DateText


class PartyOrganisationForm(StaffForm):
    """A Party organisation of a village."""

    demands = ("orgs.party", "orgs.party_counts")
    enters = {"name": "orgs.party_organisation.name"}

    name = forms.CharField(label=_("Official name"), max_length=120)
    party_type = forms.ChoiceField(label=_("Of which type?"), choices=choices(PartyType))
    form = forms.ChoiceField(label=_("In which form?"), choices=choices(PartyForm))
    units = forms.IntegerField(
        label=_("How many units does it cover?"), min_value=1, max_value=99, initial=1
    )
    has_committee = forms.BooleanField(label=_("It has a branch committee"), required=False)
    parent = forms.ChoiceField(label=_("Under which Party organisation?"), required=False)
    since = DateText(label=_("Since when does it exist?"))

    def __init__(self, *args: Any, parents: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["parent"].choices = [("", _("None")), *parents]  # type: ignore[attr-defined]


class CountsForm(StaffForm):
    """What the Party's own post counted. Nothing is asked about anybody by name."""

    demands = ("orgs.party_counts",)

    counted_on = DateText(label=_("Counted on which day?"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in CountKind:
            self.fields[kind.value] = forms.IntegerField(
                label=TITLES[CountKind][kind], min_value=0, max_value=100_000, required=False
            )

    @property
    def numbers(self) -> dict[CountKind, int]:
        """Return the numbers that were typed; an empty field is unknown, not zero."""
        found = {kind: self.cleaned_data.get(kind.value) for kind in CountKind}
        return {kind: number for kind, number in found.items() if number is not None}


class SpotForm(StaffForm):
    """A spot that Party work is to reach."""

    demands = ("orgs.party",)
    enters = {"name": "orgs.spot.name"}

    kind = forms.ChoiceField(label=_("What is it?"), choices=choices(SpotKind))
    name = forms.CharField(label=_("Name"), max_length=120)
    since = DateText(label=_("Since which day?"))


class CoverForm(StaffForm):
    """What reaches a spot."""

    demands = ("orgs.party",)

    organisation = forms.ChoiceField(label=_("Which Party organisation reaches it?"))
    since = DateText(label=_("Since which day?"))

    def __init__(self, *args: Any, organisations: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]


class UncoverForm(StaffForm):
    """What reaches a spot no longer."""

    demands = ("orgs.party",)

    organisation = forms.ChoiceField(label=_("Which Party organisation reaches it no longer?"))
    on = DateText(label=_("From which day on?"))

    def __init__(self, *args: Any, organisations: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]


class SpotCountForm(StaffForm):
    """How many formal members a spot without an organisation has."""

    demands = ("orgs.party_counts",)

    formal = forms.IntegerField(label=_("Formal members"), min_value=0, max_value=100_000)
    counted_on = DateText(label=_("Counted on which day?"))


class ManageForm(StaffForm):
    """How the working committee stands to a Party organisation."""

    demands = ("orgs.party",)

    kind = forms.ChoiceField(label=_("How?"), choices=choices(Management))
    since = DateText(label=_("Since which day?"))


class FormOfBranchForm(StaffForm):
    """The form of a Party organisation, whether it has a branch committee, how many units it covers."""

    demands = ("orgs.party", "orgs.party_counts")

    form = forms.TypedChoiceField(
        label=_("In which form?"), choices=choices(PartyForm), coerce=PartyForm
    )
    has_committee = forms.BooleanField(label=_("It has a branch committee"), required=False)
    units = forms.IntegerField(label=_("How many units does it cover?"), min_value=1, max_value=99)


class NonLocalForm(StaffForm):
    """A village with many non-local residents and heavy tasks, named by the town."""

    demands = ("orgs.party",)

    since = DateText(label=_("Since which day?"))
    document = forms.CharField(label=_("By which document of the town?"), max_length=200)


class OriginForm(StaffForm):
    """Whether a holder is from outside Dongguan."""

    demands = ("orgs.party",)

    is_non_dongguan = forms.ChoiceField(
        label=_("Is the holder from outside Dongguan?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )


class NoteForm(EditionForm):
    """A word on a proposal."""

    demands = ("orgs.party",)

    note = forms.CharField(
        label=_("Remarks"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = needs_reason
