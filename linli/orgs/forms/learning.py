"""Forms on certificates and training."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.orgs.forms.posts import Option
from linli.orgs.forms.register import StaffForm
from linli.orgs.types import CertificateKind, Subject, choices
from linli.ui.forms import DateText


class CertificateForm(StaffForm):
    """A certificate of somebody who works here."""

    demands = ("orgs.learning", "orgs.learner_again")
    asks_again = {"holder_name": "also people without a post here learn and are certified"}

    organisation = forms.ChoiceField(label=_("Where does the holder work?"))
    holder_name = forms.CharField(label=_("Whose certificate is it?"), max_length=60)
    kind = forms.ChoiceField(label=_("Which certificate?"), choices=choices(CertificateKind))
    number = forms.CharField(label=_("Number on the certificate"), max_length=60)
    issued_on = DateText(label=_("Issued on"))
    until = DateText(
        label=_("Valid until"), help_text=_("The first day on which it is not valid any more."),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]


class TrainingForm(StaffForm):
    """Hours that somebody was trained."""

    demands = ("orgs.learning", "orgs.learner_again")
    asks_again = {"holder_name": "also people without a post here learn and are certified"}
    not_counted = {"year": "a year"}

    organisation = forms.ChoiceField(label=_("Where does the trainee work?"))
    holder_name = forms.CharField(label=_("Who was trained?"), max_length=60)
    subject = forms.ChoiceField(label=_("In which subject?"), choices=choices(Subject))
    year = forms.IntegerField(label=_("In which year?"), min_value=2000, max_value=2999)
    hours = forms.DecimalField(
        label=_("How many hours?"),
        help_text=_("In steps of a half. A minus takes an earlier entry back."),
        max_digits=6,
        decimal_places=1,
    )
    title = forms.CharField(label=_("Name of the course"), max_length=200, required=False)

    def __init__(self, *args: Any, organisations: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].choices = organisations  # type: ignore[attr-defined]
        self.fields["year"].initial = localdate().year

    def clean_hours(self) -> int:
        half_hours = self.cleaned_data["hours"] * 2
        if half_hours != int(half_hours):
            raise ValidationError(_("Give hours in steps of a half, at most 1,000."))
        return int(half_hours)
