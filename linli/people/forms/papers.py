"""What people type for rolls, and with a list that they hand in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.people.forms.fields import PlaceForm, choice, choices, text
from linli.people.types import titles
from linli.ui.forms import DateText, Form


class RollForm(PlaceForm):
    """A new roll."""

    demands = ("people.rolls",)
    enters = {"name": "people.roll.name"}

    place = choice(_("In which village or community?"), [])
    kind = choice(_("Which roll?"), choices(titles.ROLL))
    name = text(_("Name of the roll"), needed=True)
    basis = text(_("On what is it based?"), needed=True,
                  help_text=_("A law, a charter, a decision with its day."))  # fmt: skip
    opened_on = DateText(label=_("Kept since"), lean=Lean.PAST)


class EntryForm(Form):
    """Somebody comes onto a roll."""

    for_staff = True
    demands = ("people.rolls",)
    not_counted = {"quantity": "the share or the area that the certificate of this entry states"}

    person = forms.IntegerField(widget=forms.HiddenInput)
    since = DateText(label=_("Since"), lean=Lean.PAST)
    evidence = text(_("By which evidence?"), needed=True)
    detail = text(_("Detail, for example the flat or the share class"))
    quantity = forms.DecimalField(
        label=_("Shares or square metres"), required=False, max_digits=12, decimal_places=2
    )


class UploadForm(PlaceForm):
    """A list is handed in."""

    demands = ("people.list",)

    place = choice(_("For which place?"), [])
    source = text(
        _("Where does it come from?"), needed=True,
        help_text=_("For example: Hongda works, personnel office. Its columns are remembered."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The list"), help_text=_("xlsx or csv, up to 100 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )  # fmt: skip
