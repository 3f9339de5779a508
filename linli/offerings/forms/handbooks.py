"""Which edition of the handbook is to be made."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.types.handbooks import LANGUAGE_TITLES, SIZE_TITLES
from linli.ui.forms import Form


class EditionForm(Form):
    for_staff = True
    demands = ("offerings.handbook",)

    size = forms.ChoiceField(
        label=_("Which size?"), choices=list(SIZE_TITLES.items()), initial="a5"
    )
    language = forms.ChoiceField(
        label=_("In which language?"), choices=list(LANGUAGE_TITLES.items()), initial="zh-hans"
    )
