"""What people type to apply for a service; the fields for questions and papers come from the item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.types.applications import Delivery, ItemAsked, Material
from linli.offerings.types.helping import RELATION_TITLES
from linli.ui.formats import is_chinese
from linli.ui.forms import Form, Phone
from linli.ui.uploads import Papers

DELIVERIES = (
    (Delivery.COUNTER, _("I collect it at the window")),
    (Delivery.BY_MAIL, _("By post")),
    (Delivery.E_CERTIFICATE, _("As an electronic certificate")),
)
PHOTO, KEPT, BROUGHT = "photo_", "kept_", "brought_"
MOST_KEPT = 6


def words_of(told: Mapping[str, Any]) -> str:
    """Return words of an item in the reader's language; Chinese where the other is missing."""
    side = "zh" if is_chinese() else "en"
    return str(told.get(side) or told.get("zh") or "")


class ItemForm(Form):
    """A form with a field for each question of an item, and one for each paper of the list."""

    is_base = True

    def __init__(
        self, *args: Any, item: ItemAsked, papers: Sequence[Material] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.papers = item, [one for one in papers if one.is_hers]
        for one in self.papers:
            self.fields[f"{PHOTO}{one.key}"] = Papers(label=words_of(one.words))
            self.fields[f"{KEPT}{one.key}"] = forms.CharField(
                required=False, max_length=400, widget=forms.HiddenInput
            )

    def kept_codes(self, key: str) -> tuple[str, ...]:
        """Return the codes of photos of a paper that came in with an earlier try."""
        raw = str(self.data.get(f"{KEPT}{key}", "")) if self.is_bound else ""
        codes = [code for code in raw.split(",") if code.isalnum()]
        return tuple(dict.fromkeys(codes))[:MOST_KEPT]


class QuestionsForm(Form):
    """The questions that shorten the list; nothing of it is kept."""

    keeps_nothing = True

    def __init__(self, *args: Any, item: ItemAsked, keys: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in item.questions:
            if one["key"] in keys:
                self.fields[str(one["key"])] = forms.ChoiceField(
                    label=words_of(one["ask"]),
                    choices=[(option["key"], words_of(option)) for option in one["options"]],
                    widget=forms.RadioSelect,
                )


class ApplyForm(ItemForm):
    """An application, for oneself or for somebody who is helped. What is known is shown and not asked."""

    for_residents = True
    resident_demands = ("offerings.apply",)

    name = forms.CharField(
        label=_("Your name, as on the identity card"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    id_number = forms.CharField(
        label=_("Number of your identity card"), max_length=30, required=False,
        help_text=_("Sealed; nobody reads it without a reason that stays on record."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    agent_name = forms.CharField(
        label=_("Your own name"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    agent_relation = forms.ChoiceField(
        label=_("How are you related to that person?"), widget=forms.RadioSelect,
        choices=list(RELATION_TITLES.items()),
    )  # fmt: skip
    agent_phone = Phone(
        label=_("Your mobile number"), required=False,
        help_text=_("We send news of it to this number."),
    )  # fmt: skip
    phone = Phone(
        label=_("Your mobile number"), required=False, help_text=_("At which we reach you about this.")
    )  # fmt: skip
    by_sms = forms.BooleanField(label=_("Tell me by text message"), required=False, initial=True)
    delivery = forms.ChoiceField(
        label=_("How shall the result come?"), choices=DELIVERIES, widget=forms.RadioSelect,
        initial=Delivery.COUNTER,
    )  # fmt: skip
    address = forms.CharField(
        label=_("Where does the post bring it?"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # who sends it: by whether she is known, and whether she helps somebody else
    OF_SENDER = {
        (False, False): ("name", "id_number", "phone"),
        (True, False): ("phone",),
        (False, True): ("name", "id_number", "agent_name", "agent_relation", "agent_phone"),
        (True, True): ("name", "id_number", "agent_relation", "agent_phone"),
    }

    def __init__(
        self, *args: Any, is_known: bool = False, has_phone: bool = False, is_for_other: bool = False,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.is_for_other, self.reached = is_for_other, "agent_phone" if is_for_other else "phone"
        asked = set(self.OF_SENDER[is_known, is_for_other])
        if is_known and has_phone:
            asked.discard(self.reached)
            del self.fields["by_sms"]
        for name in {one for names in self.OF_SENDER.values() for one in names} - asked:
            del self.fields[name]
        if self.reached in self.fields:
            self.fields[self.reached].required = not is_known
        if is_for_other:
            self.fields["name"].label = _("Name of the person it is for, as on the identity card")
            self.fields["id_number"].label = _("Number of that person's identity card")
            self.fields["name"].widget.attrs["autocomplete"] = "off"

    @property
    def applicant(self) -> dict[str, str]:
        """Name and number of whom it is for, and who helps, by the names of Applicant; empty where known."""
        said = self.cleaned_data
        names = ("name", "id_number", "phone", "agent_name", "agent_phone", "address")
        return {name: said.get(name) or "" for name in names}


class SupplyForm(ItemForm):
    """Photos of what was missing."""

    for_residents = True
    resident_demands = ("offerings.supply",)
