"""What an office types to pass a warning on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.grid.rules.warnings import lines_of
from linli.grid.types.warnings import WarningFacts
from linli.ui.forms import Form


class PostForm(Form):
    """How long a warning is shown as a notice."""

    for_staff = True
    demands = ("grid.warning_days",)
    not_counted = {"edition": "the state in which the warning was read"}

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    days = forms.IntegerField(
        label=_("For how many days is it shown?"), min_value=1, max_value=30,
        help_text=_("When the warning is lifted, the notice is taken down at once."),
    )  # fmt: skip


class WarningForm(Form):
    """A warning that is passed on: the signal, what is coming, what to do."""

    for_staff = True
    demands = ("grid.warning",)

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    signal = forms.ChoiceField(label=_("Which signal?"))
    origin = forms.CharField(
        label=_("Who warned?"), help_text=_("For example: the weather station of the city"),
        max_length=60,
    )  # fmt: skip
    coming = forms.CharField(
        label=_("What is coming, and when?"),
        help_text=_("Short sentences: this is read out over the loudspeaker."),
        max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    advice = forms.CharField(
        label=_("What should people do?"), help_text=_("One thing a line, at most eight."),
        max_length=1600, widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    call = forms.CharField(
        label=_("Which number helps?"), help_text=_("The number of the office; it becomes public."),
        max_length=30, required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, signals: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["signal"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(signals)

    @property
    def facts(self) -> WarningFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        kind, _sign, level = said["signal"].partition(":")
        return WarningFacts(
            kind, level, said["origin"], said["coming"], lines_of(said["advice"]), said["call"]
        )
