"""What people type about households and dwellings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.people.forms.fields import PlaceForm, choice, choices, day, text
from linli.people.types import Relation, titles
from linli.ui.forms import Form


class HouseholdForm(PlaceForm):
    """A new household."""

    demands = ("people.households",)
    enters = {"number": "people.household.number", "name": "people.household.name"}
    finds = ("address",)

    place = choice(_("In which village or community?"), [])
    kind = choice(_("Kind of household"), choices(titles.HOUSEHOLD), widget=forms.RadioSelect)
    number = text(_("Household number"), 40, needed=True)
    name = text(
        _("Name, for a collective household"), 100, help_text=_("The works or the institution.")
    )
    address = text(_("Address here"))


class MemberForm(Form):
    """Somebody joins a household."""

    for_staff = True
    demands = ("people.households",)

    person = forms.IntegerField(widget=forms.HiddenInput)
    relation = choice(_("Relation to the head"), choices(titles.RELATION))
    bed = text(_("Bed"), 20)

    def relation_word(self) -> Relation:
        return Relation(self.cleaned_data["relation"])


class DwellingForm(PlaceForm):
    """A dwelling."""

    demands = ("people.dwellings", "people.beds")
    enters = {"address": "people.dwelling.address", "employer": "people.dwelling.employer"}

    place = choice(_("In which village or community?"), [], required=False)
    address = text(_("Address"), needed=True)
    kind = choice(_("How is it used?"), choices(titles.DWELLING), widget=forms.RadioSelect)
    beds = forms.IntegerField(label=_("Beds"), required=False, min_value=1, max_value=5000)
    employer = text(_("Works or institution, for a dormitory"), 100)
    note = text(_("Note"), 500, widget=forms.Textarea(attrs={"rows": 3}))


class DwellingEditForm(DwellingForm):
    """A dwelling that is corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DeclarationForm(Form):
    """What was declared in the police system."""

    for_staff = True
    demands = ("people.declarations",)
    enters = {"number": "people.declaration.number"}

    declared_on = day(_("Declared on"))
    declared_until = day(_("Valid until"), lean=Lean.FUTURE)
    number = text(_("Number of the declaration"), 60)


class PartyForm(Form):
    """Who answers for a dwelling."""

    for_staff = True
    demands = ("people.dwellings",)
    enters = {"name": "people.dwelling_party.name"}

    role = choice(_("As what?"), choices(titles.PARTY))
    person = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = text(_("Name, if not in the register"), 100)
