"""Forms on organisations and how they hang together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.orgs.queries import register
from linli.orgs.types import Certainty, Change, Details, Hierarchy, Precision, choices
from linli.ui.formats import is_chinese
from linli.ui.forms import DateText, Form


class StaffForm(Form):
    """A form that staff fill in; `demands` names what it asks for (orgs/burden.py)."""

    is_base = True
    for_staff = True
    demands: tuple[str, ...] = ("orgs.register",)


class OfficePhone(forms.RegexField):
    """A number of an office, kept as people here read it: 0769-5550 0123, 12345."""

    def __init__(self, **options: Any) -> None:
        messages = {"invalid": _("This is no telephone number. Write it like 0769-5550 0123.")}
        super().__init__(
            r"^\+?[0-9][0-9 ()\-]{2,30}$", max_length=40, error_messages=messages, **options
        )


class DetailsForm(StaffForm):
    """What the register says of an organisation."""

    enters = {
        "name": "orgs.organisation.name",
        "name_en": "orgs.organisation.name_en",
        "short_name": "orgs.organisation.short_name",
        "uscc": "orgs.organisation.uscc",
        "address": "orgs.organisation.address",
        "phone": "orgs.organisation.phone",
    }

    name = forms.CharField(label=_("Official name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        help_text=_("18 signs, as on the certificate."),
        max_length=30,
        required=False,
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    phone = OfficePhone(label=_("Office phone"), required=False)
    hours = forms.CharField(
        label=_("Office hours"),
        help_text=_("For example: Monday to Friday 08:30–12:00, 14:00–17:30."),
        max_length=200,
        required=False,
    )
    document = forms.CharField(
        label=_("Document"), help_text=_("By which this was decided."), max_length=200,
        required=False,
    )  # fmt: skip

    def clean_uscc(self) -> str:
        return "".join(self.cleaned_data["uscc"].split()).upper()

    @property
    def details(self) -> Details:
        """Return what was typed, for the service."""
        names = ("name", "name_en", "short_name", "uscc", "address", "phone", "hours", "document")
        return Details(**{name: self.cleaned_data[name] or "" for name in names})


class NewOrganisationForm(DetailsForm):
    """A new organisation at a place."""

    kind = forms.ChoiceField(label=_("What kind of organisation is it?"))
    since = DateText(
        label=_("Since when does it exist?"),
        help_text=_("Leave it empty if no day is on record."),
        required=False,
    )
    field_order = ("kind", "name", "name_en", "short_name", "uscc", "since")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.code, kind) for kind in register.kinds()]
        self.fields["kind"].choices = [("", _("Choose"))] + [  # type: ignore[attr-defined]
            (code, kind.name if is_chinese() else kind.name_en) for code, kind in kinds
        ]


class EditionForm(StaffForm):
    """A form on something that two people may change at once."""

    edition = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(DetailsForm, EditionForm):
    """Mend what the register says today."""


class RenameForm(DetailsForm, EditionForm):
    """Another name or seat from a day on."""

    since = DateText(label=_("From which day on?"))
    field_order = ("since", "name", "name_en", "short_name")


class CloseForm(EditionForm):
    """The end of an organisation."""

    finds = ("successor",)

    on = DateText(label=_("From which day on is it closed?"))
    successor = forms.CharField(
        label=_("Which organisation takes over?"),
        help_text=_(
            "Its full name or its code. What can go over goes to it; leave it empty if nobody takes over."
        ),
        max_length=120,
        required=False,
    )


class EdgeForm(StaffForm):
    """What an organisation stands under."""

    finds = ("parent",)

    parent = forms.CharField(
        label=_("Under which organisation?"),
        help_text=_("Its full name, or its code as in the address of its page."),
        max_length=120,
    )
    hierarchy = forms.ChoiceField(label=_("By which line?"), choices=choices(Hierarchy))
    since = DateText(label=_("From which day on?"))
    basis = forms.CharField(label=_("Basis"), max_length=200, required=False)


class ReorganisationForm(StaffForm):
    """What became of an organisation."""

    finds = ("successor",)

    change = forms.ChoiceField(label=_("What happened?"), choices=choices(Change))
    successor = forms.CharField(
        label=_("Which organisation took over?"),
        help_text=_("Its full name or its code. Leave it empty only if nobody took over."),
        max_length=120,
        required=False,
    )
    on = DateText(label=_("On which day?"))
    precision = forms.ChoiceField(
        label=_("How exactly is the day known?"), choices=choices(Precision)
    )
    certainty = forms.ChoiceField(label=_("How certain is it?"), choices=choices(Certainty))
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Remarks"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
