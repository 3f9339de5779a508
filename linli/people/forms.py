"""What people type on the pages of the register; the rules that judge it are those of lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.kernel.dates import Lean
from linli.people.queries.scopes import Node
from linli.people.rules.rows import RowReader, Villages
from linli.people.services.living import Stay
from linli.people.services.register import Facts
from linli.people.types import PersonRow, Relation, titles
from linli.people.types.titles import fields_of
from linli.ui.formats import is_chinese
from linli.ui.forms import DateText, Form

EMPTY = ("", _("not stated"))


def choices(words: Mapping[Any, Any], *, empty: Any = None) -> list[tuple[str, Any]]:
    """Return words of the register as options."""
    first = [("", empty)] if empty is not None else []
    return [*first, *((str(getattr(key, "value", key)), title) for key, title in words.items())]


def place_options(nodes: Iterable[Node]) -> list[tuple[str, str]]:
    """Return places as options by code, those below a town indented."""
    chinese = is_chinese()
    return [
        (
            n.code,
            "\u3000" * max(0, n.path.count("/") - 2)
            + (n.name if chinese or not n.name_en else n.name_en),
        )
        for n in nodes
    ]


def _text(label: Any, longest: int = 200, *, needed: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=needed, **more)


def _choice(label: Any, options: list[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=options, **more)


def _day(label: Any, **more: Any) -> DateText:
    return DateText(label=label, required=False, lean=more.pop("lean", Lean.PAST), **more)


class PlaceForm(Form):
    """A form that asks for a place among those where the actor may act; without any it does not ask."""

    def __init__(self, *args: Any, places: Iterable[Node] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = place_options(places)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options
        if not options:
            del self.fields["place"]


class PersonForm(PlaceForm):
    """Somebody new: who she is, how she is identified, where and how she lives."""

    place = _choice(_("In which village or community?"), [])
    name = _text(pgettext_lazy("person", "Name"), 60, needed=True)
    document_kind = _choice(_("Which document?"), choices(titles.DOCUMENT), initial="resident_id")
    document_number = _text(
        _("Number on it"), 30, needed=True, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    document_until = _day(_("Valid until"), lean=Lean.FUTURE)
    other_name = _text(
        _("Another name, for example as in the passport"), 60,
        help_text=_("Search finds both names."),
    )  # fmt: skip
    sex = _choice(_("Sex"), choices(titles.SEX), required=False, initial="unknown",
                  help_text=_("An identity card tells it already."))  # fmt: skip
    born_on = _day(_("Birth date"), help_text=_("An identity card tells it already."))
    phone = _text(_("Telephone"), 24, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    address = _text(_("Address here"))
    dwelling_kind = _choice(
        _("How is the dwelling used?"), choices(titles.DWELLING, empty=EMPTY[1]), required=False
    )
    group = _text(_("Residents' group"), 40)
    standing = _choice(_("Kind of resident"), choices(titles.STANDING), initial="non_local_resident",
                       widget=forms.RadioSelect)  # fmt: skip
    basis = _choice(_("Basis of residence"), choices(titles.BASIS, empty=EMPTY[1]), required=False)
    permit_until = _day(_("Residence permit valid until"), lean=Lean.FUTURE)
    since = _day(_("Lives here since"))
    household = _text(_("Household number"), 40, help_text=_("A new number opens a household."))
    relation = _choice(
        _("Relation to the head"), choices(titles.RELATION, empty=EMPTY[1]), required=False
    )
    employer = _text(_("Employer"), 100)
    hukou_address = _text(_("Hukou address, if it is elsewhere"))

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

    name = _text(pgettext_lazy("person", "Name"), 60, needed=True)
    other_name = _text(_("Other name"), 60)
    sex = _choice(_("Sex"), choices(titles.SEX))
    born_on = _day(_("Birth date"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def facts(self) -> Facts:
        given = self.cleaned_data
        return Facts(given["name"], given["other_name"], given["sex"], given["born_on"])


class StayForm(PlaceForm):
    """How somebody lives at a place."""

    place = _choice(_("In which village or community?"), [], required=False)
    standing = _choice(_("Kind of resident"), choices(titles.STANDING), widget=forms.RadioSelect)
    basis = _choice(_("Basis of residence"), choices(titles.BASIS))
    basis_until = _day(_("Residence permit valid until"), lean=Lean.FUTURE)
    since = _day(_("Lives here since"))
    group = _text(_("Residents' group"), 40)
    employer = _text(_("Employer"), 100)
    address = _text(_("Address here"), help_text=_("A new address enters a new dwelling."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def stay(self, dwelling_id: int | None) -> Stay:
        given = self.cleaned_data
        names = ("standing", "basis", "since", "basis_until", "group", "employer")
        return Stay(**{name: given[name] for name in names}, dwelling_id=dwelling_id)


class LeaveForm(Form):
    """A moving out, or another end."""

    on = DateText(label=_("On which day?"), lean=Lean.PAST)
    because = _text(_("Why, or where to?"), 200)


class DocumentForm(Form):
    """A further document."""

    kind = _choice(_("Which document?"), choices(titles.DOCUMENT))
    document_number = _text(
        _("Number on it"), 30, needed=True, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    valid_until = _day(_("Valid until"), lean=Lean.FUTURE)


class ContactForm(Form):
    """A telephone, an address."""

    kind = _choice(_("What is it?"), choices(titles.CONTACT))
    value = _text(_("Number or address"), needed=True)


class HouseholdForm(PlaceForm):
    """A new household."""

    place = _choice(_("In which village or community?"), [])
    kind = _choice(_("Kind of household"), choices(titles.HOUSEHOLD), widget=forms.RadioSelect)
    number = _text(_("Household number"), 40, needed=True)
    name = _text(
        _("Name, for a collective household"), 100, help_text=_("The works or the institution.")
    )
    address = _text(_("Address here"))


class MemberForm(Form):
    """Somebody joins a household."""

    person = forms.IntegerField(widget=forms.HiddenInput)
    relation = _choice(_("Relation to the head"), choices(titles.RELATION))
    bed = _text(_("Bed"), 20)

    def relation_word(self) -> Relation:
        return Relation(self.cleaned_data["relation"])


class DwellingForm(PlaceForm):
    """A dwelling."""

    place = _choice(_("In which village or community?"), [], required=False)
    address = _text(_("Address"), needed=True)
    kind = _choice(_("How is it used?"), choices(titles.DWELLING), widget=forms.RadioSelect)
    beds = forms.IntegerField(label=_("Beds"), required=False, min_value=1, max_value=5000)
    employer = _text(_("Works or institution, for a dormitory"), 100)
    note = _text(_("Note"), 500, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DeclarationForm(Form):
    """What was declared in the police system."""

    declared_on = _day(_("Declared on"))
    declared_until = _day(_("Valid until"), lean=Lean.FUTURE)
    number = _text(_("Number of the declaration"), 60)


class PartyForm(Form):
    """Who answers for a dwelling."""

    role = _choice(_("As what?"), choices(titles.PARTY))
    person = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = _text(_("Name, if not in the register"), 100)


class RollForm(PlaceForm):
    """A new roll."""

    place = _choice(_("In which village or community?"), [])
    kind = _choice(_("Which roll?"), choices(titles.ROLL))
    name = _text(_("Name of the roll"), needed=True)
    basis = _text(_("On what is it based?"), needed=True,
                  help_text=_("A law, a charter, a decision with its day."))  # fmt: skip
    opened_on = DateText(label=_("Kept since"), lean=Lean.PAST)


class EntryForm(Form):
    """Somebody comes onto a roll."""

    person = forms.IntegerField(widget=forms.HiddenInput)
    since = DateText(label=_("Since"), lean=Lean.PAST)
    evidence = _text(_("By which evidence?"), needed=True)
    detail = _text(_("Detail, for example the flat or the share class"))
    quantity = forms.DecimalField(
        label=_("Shares or square metres"), required=False, max_digits=12, decimal_places=2
    )


class UploadForm(PlaceForm):
    """A list is handed in."""

    place = _choice(_("For which place?"), [])
    source = _text(
        _("Where does it come from?"), needed=True,
        help_text=_("For example: Hongda works, personnel office. Its columns are remembered."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The list"), help_text=_("xlsx or csv, up to 100 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )  # fmt: skip


class LookUpForm(Form):
    """Is this number known?"""

    kind = _choice(_("Which document?"), choices(titles.DOCUMENT))
    document_number = _text(
        _("Number on it"), 30, needed=True, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
