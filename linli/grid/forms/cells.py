"""What people type about who looks after a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.grid.forms.heads import ENTRY, NO_ENTRY, TieForm
from linli.grid.types import (
    CONSENT_TITLES,
    ROLE_TITLES,
    SHIFT_TITLES,
    ContactFacts,
    DutyFacts,
)
from linli.kernel.dates import Lean
from linli.kernel.wholes import whole_number
from linli.ui.forms import DateText, Form, Phone


class DutyForm(Form):
    """Which post looks after a cell."""

    for_staff = True
    demands = ("grid.duty",)
    not_counted = {"post_id": "the number of a post, chosen from a list"}

    post_id = forms.TypedChoiceField(label=_("Which post?"), coerce=int)
    role = forms.ChoiceField(label=_("As what?"), choices=list(ROLE_TITLES.items()))
    shift = forms.ChoiceField(label=_("In which shift?"), choices=list(SHIFT_TITLES.items()))
    since = DateText(label=_("Since which day?"))
    until = DateText(
        label=_("Until which day?"),
        help_text=_("Only if it is known. It is the first day on which the post is free again."),
        required=False, lean=Lean.FUTURE,
    )  # fmt: skip

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose a post")), *posts]

    @property
    def facts(self) -> DutyFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return DutyFacts(said["post_id"], said["role"], said["shift"], said["since"], said["until"])


class PartsForm(Form):
    """Which groups and buildings lie in a cell."""

    for_staff = True
    demands = ("grid.duty",)

    parts = forms.MultipleChoiceField(
        label=_("Which groups and buildings lie in it?"),
        help_text=_("One that stands in another cell moves here."),
        required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8000)

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parts"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(parts)

    @property
    def chosen(self) -> list[int]:
        """The ids that were ticked."""
        return [int(one) for one in self.cleaned_data["parts"]]

    @property
    def was(self) -> list[int]:
        """The ids that stood ticked when the form was opened."""
        numbers = map(whole_number, self.cleaned_data["seen"].split(","))
        return [number for number in numbers if number is not None]


class DutyEndForm(Form):
    """From which day on a post is free of a cell."""

    for_staff = True
    demands = ("grid.duty",)

    on = DateText(label=_("From which day on is the post free?"))
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ContactForm(Form):
    """A neighbour who agreed to be named to households of a cell."""

    for_staff = True
    demands = ("grid.contact",)
    enters = {"name": "grid.contact.name", "phone": "grid.contact.phone"}
    not_counted = {"person_id": "the number of an entry"}

    name = forms.CharField(
        label=_("What are they called?"),
        help_text=_("As the households may call them. Nothing else is asked, and no membership."),
        max_length=40,
    )
    phone = Phone(label=_("Which number may households reach them on?"))
    covers = forms.CharField(
        label=_("For which homes?"),
        help_text=_("For example: building 3, floors 1 to 6"), max_length=120,
    )  # fmt: skip
    consent = forms.ChoiceField(
        label=_("How did they agree?"), choices=list(CONSENT_TITLES.items())
    )
    consent_on = DateText(label=_("On which day?"), lean=Lean.PAST)
    person_id = forms.IntegerField(label=ENTRY, help_text=NO_ENTRY, required=False, min_value=1)

    @property
    def facts(self) -> ContactFacts:
        """What was typed, as the service takes it."""
        return ContactFacts(**self.cleaned_data)


class ContactTieForm(TieForm):
    """Which entry of the register a contact person is."""

    demands = ("grid.contact",)


class WhyForm(Form):
    """Why somebody needs a name and telephone in full."""

    for_staff = True
    demands = ("grid.contact",)

    reason = forms.CharField(label=_("Why do you need it?"), max_length=200, required=False)
    reason_text = forms.CharField(max_length=200, required=False)
