"""What a reporter types when she follows her case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.cases.engine.saying import MOST_SIGNS
from linli.cases.forms.reporting import WithPhotos
from linli.ui.forms import Form
from linli.ui.uploads import Photos


class FindForm(Form):
    """Number and code of a case, as they were shown after sending."""

    keeps_nothing = True

    number = forms.CharField(
        label=_("Number"),
        help_text=_("For example JB-2026-0001."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Follow code"),
        help_text=_("Ten letters and digits. Spaces do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WordForm(WithPhotos):
    """Something the reporter adds, sets right, or says of an answer that did not help."""

    for_residents = True
    resident_demands = ("cases.follow",)

    text = forms.CharField(
        label=_("What do you want to add?"),
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    photos = Photos(label=_("Photos"), help_text=_("At most 6."))
    numbers_meant = forms.BooleanField(
        label=_("The office needs these numbers"),
        help_text=_("Only those who work on it read them; they are never shown to others."),
        required=False,
    )
    is_correction = forms.BooleanField(label=_("This corrects what I wrote before"), required=False)
    code = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["text"].label = asks
            del self.fields["is_correction"]


class RevealForm(Form):
    """Why a reporter's contact is opened."""

    for_staff = True
    demands = ("cases.reveal",)

    reason = forms.CharField(
        label=_("Why do you need it?"),
        help_text=_("The reason stays on record; the person may read it."),
        max_length=200,
    )
