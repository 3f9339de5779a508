"""What people type about somebody; the rules that judge it are those of lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.dates import Lean
from linli.people.forms.fields import EMPTY, PlaceForm, choice, choices, day, text
from linli.people.rules.rows import RowReader, Villages
from linli.people.services.living import Stay
from linli.people.services.register import Facts
from linli.people.types import ContactKind, PersonRow, titles
from linli.people.types.titles import fields_of
from linli.ui.forms import DateText, Form


class PersonForm(PlaceForm):
    """Somebody new: who she is, how she is identified, where and how she lives."""

    demands = ("people.register",)
    enters = {
        "name": "people.person.name",
        "other_name": "people.person.other_name",
        "born_on": "people.person.born_on",
        "document_number": "people.person.document",
        "phone": "people.person.phone",
        "address": "people.residency.address",
        "employer": "people.residency.employer",
        "hukou_address": "people.person.hukou_address",
    }

    place = choice(_("In which village or community?"), [])
    name = text(pgettext_lazy("person", "Name"), 60, needed=True)
    document_kind = choice(_("Which document?"), choices(titles.DOCUMENT), initial="resident_id")
    document_number = text(
        _("Number on it"), 30, needed=True, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    document_until = day(_("Valid until"), lean=Lean.FUTURE)
    other_name = text(
        _("Another name, for example as in the passport"), 60,
        help_text=_("Search finds both names."),
    )  # fmt: skip
    sex = choice(_("Sex"), choices(titles.SEX), required=False, initial="unknown",
                  help_text=_("An identity card tells it already."))  # fmt: skip
    born_on = day(_("Birth date"), help_text=_("An identity card tells it already."))
    phone = text(_("Telephone"), 24, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    address = text(_("Address here"))
    dwelling_kind = choice(
        _("How is the dwelling used?"), choices(titles.DWELLING, empty=EMPTY[1]), required=False
    )
    group = text(_("Residents' group"), 40)
    standing = choice(_("Kind of resident"), choices(titles.STANDING), initial="non_local_resident",
                       widget=forms.RadioSelect)  # fmt: skip
    basis = choice(_("Basis of residence"), choices(titles.BASIS, empty=EMPTY[1]), required=False)
    permit_until = day(_("Residence permit valid until"), lean=Lean.FUTURE)
    since = day(_("Lives here since"))
    household = text(_("Household number"), 40, help_text=_("A new number opens a household."))
    relation = choice(
        _("Relation to the head"), choices(titles.RELATION, empty=EMPTY[1]), required=False
    )
    employer = text(_("Employer"), 100)
    hukou_address = text(_("Hukou address, if it is elsewhere"))

    def row(self, today: date) -> PersonRow | None:
        """Return what was typed as a row that passed the rules; None with the faults on the fields."""
        given = {name: _as_text(value) for name, value in self.cleaned_data.items()}
        names = list(given)
        villages = Villages({given["place"]: (given["place"],)})
        reader = RowReader({n: i for i, n in enumerate(names)}, villages=villages, today=today)
        row, faults = reader.read(1, [given[name] for name in names])
        self.take(fields_of(faults))
        return None if faults else row


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


class FactsForm(Form):
    """The head of an entry."""

    for_staff = True
    demands = ("people.register",)
    prefills = ("name", "other_name", "born_on")

    name = text(pgettext_lazy("person", "Name"), 60, needed=True)
    other_name = text(_("Other name"), 60)
    sex = choice(_("Sex"), choices(titles.SEX))
    born_on = day(_("Birth date"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def facts(self) -> Facts:
        given = self.cleaned_data
        return Facts(given["name"], given["other_name"], given["sex"], given["born_on"])


class StayForm(PlaceForm):
    """How somebody lives at a place."""

    demands = ("people.register",)
    enters = {
        "employer": "people.further_residency.employer",
        "address": "people.further_residency.address",
    }

    place = choice(_("In which village or community?"), [], required=False)
    standing = choice(_("Kind of resident"), choices(titles.STANDING), widget=forms.RadioSelect)
    basis = choice(_("Basis of residence"), choices(titles.BASIS))
    basis_until = day(_("Residence permit valid until"), lean=Lean.FUTURE)
    since = day(_("Lives here since"))
    group = text(_("Residents' group"), 40)
    employer = text(_("Employer"), 100)
    address = text(_("Address here"), help_text=_("A new address enters a new dwelling."))

    def stay(self, dwelling_id: int | None) -> Stay:
        given = self.cleaned_data
        names = ("standing", "basis", "since", "basis_until", "group", "employer")
        return Stay(**{name: given[name] for name in names}, dwelling_id=dwelling_id)


class StayEditForm(StayForm):
    """A residency that is corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LeaveForm(Form):
    """A moving out, or another end."""

    for_staff = True
    demands = ("people.register",)

    on = DateText(label=_("On which day?"), lean=Lean.PAST)
    because = text(_("Why, or where to?"), 200)


class CopyForm(Form):
    """The copy of one's own data holds numbers in full: the number of the document proves who asks."""

    keeps_nothing = True

    number = text(_("Number of your identity card or other document"), 40)


class LivesForm(Form):
    """A death was entered by mistake."""

    for_staff = True
    demands = ("people.register",)

    because = text(_("Why was it entered wrongly?"), 200, needed=True)


class EraseForm(Form):
    """The law asks that somebody be forgotten."""

    for_staff = True
    demands = ("people.erase",)

    basis = text(_("By which request or order?"), 200, needed=True)
    sure = forms.BooleanField(label=_("I know that this cannot be undone"))


class DocumentForm(Form):
    """A further document."""

    for_staff = True
    demands = ("people.register",)
    enters = {"document_number": "people.document.further"}

    kind = choice(_("Which document?"), choices(titles.DOCUMENT))
    document_number = text(
        _("Number on it"), 30, needed=True, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    valid_until = day(_("Valid until"), lean=Lean.FUTURE)


class ContactForm(Form):
    """A telephone, an address."""

    for_staff = True
    demands = ("people.register",)

    kind = choice(_("What is it?"), choices(titles.CONTACT))
    value = text(_("Number or address"), needed=True)

    def without_phone(self) -> None:
        """Take the telephone out: the office alone changes it."""
        kinds = {key: title for key, title in titles.CONTACT.items() if key != ContactKind.PHONE}
        self.fields["kind"] = choice(_("What is it?"), choices(kinds))


class LookUpForm(Form):
    """Is this number known?"""

    keeps_nothing = True

    kind = choice(_("Which document?"), choices(titles.DOCUMENT))
    document_number = text(
        _("Number on it"), 30, needed=True, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
