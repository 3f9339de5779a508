"""What the office types on the page of an event: words released, why it is called off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.money import Money
from linli.ui.forms import Form, MoneyText


class WordsForm(Form):
    """What somebody said of an event, as it is shown; empty: it stays unseen."""

    for_staff = True
    demands = ("activities.thought_release",)

    thought = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.CharField(max_length=500, required=False)


class CallOffForm(Form):
    """Why an event is called off."""

    for_staff = True
    demands = ("activities.event",)

    reason = forms.CharField(label=_("Why? Everybody enrolled reads it"), max_length=200)
    stays = MoneyText(
        label=_("What of the fee of a person stays, for the times that took place?"),
        help_text=_("In yuan. The rest goes back to whoever paid."),
    )

    def __init__(self, *args: Any, stays_fen: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stays_fen is None:
            del self.fields["stays"]
        else:
            self.fields["stays"].initial = Money(stays_fen)

    @property
    def stays_fen(self) -> int | None:
        """What was typed, in fen; None where it was not asked."""
        said = self.cleaned_data.get("stays")
        return None if said is None else said.fen
