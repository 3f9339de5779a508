"""What people type to apply for a service; the fields for questions and papers come from the item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.types.applications import Delivery, ItemAsked, Material
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
    """An application. What is known of her is shown above and not asked."""

    for_residents = True
    resident_demands = ("offerings.apply",)

    name = forms.CharField(
        label=_("Name of the applicant, as on the identity card"),
        help_text=_(
            "Whom the service is for. If you help somebody else, her name and number stand here."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    id_number = forms.CharField(
        label=_("Number of the applicant's identity card"), max_length=30, required=False,
        help_text=_("Sealed; nobody reads it without a reason that stays on record."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    phone = Phone(
        label=_("Your mobile number"), required=False, help_text=_("At which we reach whoever sends this.")
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

    def __init__(
        self, *args: Any, is_known: bool = False, has_phone: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = ("name", "id_number") if is_known else ()
        for name in (*known, *(("phone", "by_sms") if is_known and has_phone else ())):
            del self.fields[name]
        if "phone" in self.fields:
            self.fields["phone"].required = not is_known


class SupplyForm(ItemForm):
    """Photos of what was missing."""

    for_residents = True
    resident_demands = ("offerings.supply",)
