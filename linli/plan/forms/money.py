"""What is typed about money for the plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.plan.forms.towns import PlaceForm
from linli.plan.types import SOURCE_TITLES
from linli.ui.forms import Form, MoneyText


class FundingForm(PlaceForm):
    """Money for the plan."""

    demands = ("plan.funding",)
    not_counted = {"year": "a year"}
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    source = forms.ChoiceField(
        label=_("From where"), choices=list(SOURCE_TITLES.items()), widget=forms.RadioSelect
    )
    amount = MoneyText(label=_("Amount"))
    purpose = forms.CharField(label=_("For what"), max_length=200)
    basis = forms.CharField(label=_("By which document"), max_length=120, required=False)
    task = forms.ChoiceField(label=_("For which task"), required=False)
    field_order = ("place", "year", "source", "amount", "purpose", "task", "basis")

    def __init__(
        self, places: Iterable[Any], tasks: Iterable[Any], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(places, *args, **kwargs)
        field = self.fields["task"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *((str(t.number), f"{t.number} {t.name}") for t in tasks)]


class WithdrawForm(Form):
    """Why a line does not count any more."""

    for_staff = True
    demands = ("plan.funding",)
    why = forms.CharField(label=_("Why"), max_length=200)
