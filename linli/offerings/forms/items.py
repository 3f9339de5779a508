"""What an office types about an item of service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.money import Money
from linli.offerings.types.items import (
    CHANNEL_TITLES,
    DECIDER_TITLES,
    KIND_TITLES,
    SUBJECT_TITLES,
    UNIT_TITLES,
    ItemFacts,
    ItemKind,
    Limit,
    Sureness,
    Unit,
)
from linli.ui.choosing import offer
from linli.ui.forms import DateText, Form, MoneyText

NEVER = (("", _("Choose")),)
SPLIT = re.compile(r"[,，、;；\n]+")


def _choices(titles: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(str(key), words) for key, words in titles.items()]


def _text(
    label: Any, most: int, *, hint: Any = "", rows: int = 0, required: bool = False
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, max_length=most, help_text=hint, widget=widget, required=required)  # fmt: skip


class ItemForm(Form):
    """What an item says, without its questions and materials, which have pages of their own."""

    for_staff = True
    demands = ("offerings.item",)
    not_counted = {
        "statutory_days": "a limit of the law", "promised_days": "a limit that the office promises",
        "visits": "how often an applicant comes",
    }  # fmt: skip
    enters = {"phone": "offerings.item.phone"}

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What kind of item is it?"), choices=_choices(KIND_TITLES))
    title = _text(_("How is it called?"), 80, required=True)
    title_en = _text(_("How is it called in English?"), 240)
    says = _text(
        _("What does one get, and who?"), 400, rows=2, required=True,
        hint=_("One plain sentence."),
    )  # fmt: skip
    says_en = _text(_("The same in English"), 1200, rows=2)
    synonyms = _text(
        _("What else do people call it?"), 600, rows=2,
        hint=_("Everyday and dialect words, parted by commas. The search finds it by them."),
    )  # fmt: skip
    events = forms.MultipleChoiceField(
        label=_("At which events in life?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    subject = forms.ChoiceField(label=_("For whom?"), choices=_choices(SUBJECT_TITLES))
    level = forms.ChoiceField(label=_("Where is it decided?"), choices=_choices(DECIDER_TITLES))
    decides = _text(_("Which office decides?"), 80)
    decides_en = _text(_("Which office decides, in English?"), 240)
    code = _text(_("Item code"), 40, hint=_("12, 31 or 33 signs; leave it empty if it has none."))
    phone = _text(_("Which number answers questions about it?"), 30, hint=_("Such as 0769-12345678 or 12345; readers see it beside the guide."))  # fmt: skip
    statutory_days = forms.IntegerField(
        label=_("How many days does the law allow?"), required=False, min_value=0, max_value=3650,
        help_text=_("Empty: the law names no limit."),
    )  # fmt: skip
    statutory_unit = forms.ChoiceField(label=_("Which days does the law mean?"), choices=_choices(UNIT_TITLES), required=False)  # fmt: skip
    statutory_source = _text(_("Where does this limit stand?"), 200)
    promised_days = forms.IntegerField(
        label=_("How many days do you promise?"), required=False, min_value=0, max_value=3650,
        help_text=_("At most as many as the law allows. 0: at once."),
    )  # fmt: skip
    promised_unit = forms.ChoiceField(label=_("Which days do you promise?"), choices=_choices(UNIT_TITLES), required=False)  # fmt: skip
    fee = MoneyText(label=_("What does it cost?"), required=False)
    fee_basis = _text(_("On which basis is the fee taken?"), 200)
    visits = forms.IntegerField(
        label=_("How often does one have to come?"), min_value=0, max_value=9, initial=1
    )
    channels = forms.MultipleChoiceField(
        label=_("In which ways?"), choices=_choices(CHANNEL_TITLES),
        widget=forms.CheckboxSelectMultiple, initial=["counter"],
    )  # fmt: skip
    form_key = _text(_("Which form is filled in besides?"), 60, hint=_("The short name of a published form. Its questions are asked with the application; leave it empty if there is none."))  # fmt: skip
    result = _text(_("What does one get in the end?"), 400, rows=2)
    result_en = _text(_("What does one get in the end, in English?"), 1200, rows=2)
    refused_rule = _text(_("By which rule may it not be issued?"), 12, hint=_("Only for proofs that are refused: CE-01 to CE-20."))  # fmt: skip
    instead = _text(_("Where do people go instead?"), 600, rows=2, hint=_("Only for proofs that are refused."))  # fmt: skip
    instead_en = _text(_("Where do people go instead, in English?"), 1800, rows=2)
    is_sure = forms.BooleanField(
        label=_("All of this was compared with the law"), required=False,
        help_text=_("Without it readers see that it is to be confirmed."),
    )  # fmt: skip

    def __init__(self, *args: Any, events: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "events", events)

    def content(self, before: dict[str, Any]) -> dict[str, Any]:
        """Return an item in plain data: what was typed, over the parts that it had before."""
        said = self.cleaned_data
        refused = {"rule": said["refused_rule"], "instead": _words(said, "instead")}
        return {
            **before, "kind": said["kind"], "name": _words(said, "title"), "says": _words(said, "says"),
            "synonyms": [one.strip() for one in SPLIT.split(said["synonyms"]) if one.strip()],
            "events": said["events"], "subject": said["subject"], "level": said["level"],
            "office": _words(said, "decides"), "code": said["code"], "phone": said["phone"],
            "statutory": _limit(said, "statutory"), "promised": _limit(said, "promised"),
            "fee": {"fen": said["fee"].fen if said["fee"] else 0, "basis": said["fee_basis"]},
            "visits": said["visits"], "channels": said["channels"], "result": _words(said, "result"),
            "form": said["form_key"].strip(),
            "refused": refused if said["kind"] == ItemKind.REFUSED or said["refused_rule"] else None,
            "certainty": str(Sureness.SURE if said["is_sure"] else Sureness.CHECK),
        }  # fmt: skip


def _words(said: dict[str, Any], name: str) -> dict[str, str]:
    return {"zh": said[name], "en": said[f"{name}_en"]}


def _limit(said: dict[str, Any], name: str) -> dict[str, Any] | None:
    if said[f"{name}_days"] is None:
        return None
    source = said.get(f"{name}_source", "")
    return {"days": said[f"{name}_days"], "unit": said[f"{name}_unit"] or str(Unit.WORKING), "source": source}  # fmt: skip


def initial_of(facts: ItemFacts) -> dict[str, Any]:
    """Return what the form of an item begins with."""
    pairs = (
        ("title", facts.name), ("says", facts.says), ("decides", facts.office),
        ("result", facts.result), ("instead", facts.instead),
    )  # fmt: skip
    words = {
        f"{name}{tail}": text
        for name, one in pairs
        for tail, text in (("", one.zh), ("_en", one.en))
    }
    return {
        **words, "kind": facts.kind, "synonyms": "、".join(facts.synonyms), "events": list(facts.events),
        "subject": facts.subject, "level": facts.level, "code": facts.code, "phone": facts.phone, "visits": facts.visits,
        "channels": list(facts.channels), "fee": Money(facts.fee.fen) if facts.fee.fen else None,
        "fee_basis": facts.fee.basis, "form_key": facts.form, "refused_rule": facts.refused_rule,
        "is_sure": facts.certainty == Sureness.SURE,
        **_limit_fields("statutory", facts.statutory), **_limit_fields("promised", facts.promised),
    }  # fmt: skip


def _limit_fields(name: str, limit: Limit | None) -> dict[str, Any]:
    if limit is None:
        return {}
    return {f"{name}_days": limit.days, f"{name}_unit": limit.unit, f"{name}_source": limit.source}


class NewItemForm(ItemForm):
    """A new item: its key and place too."""

    key = _text(
        _("Short key"), 60, required=True,
        hint=_("Small letters and hyphens, such as residence-permit. It stands in the address and stays."),
    )  # fmt: skip
    ground = forms.ChoiceField(label=_("Where is it offered?"))
    field_order = ("ground", "key")

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ground", grounds)


class OfficeForm(Form):
    """Which office answers for an item, and by when it looks at it again."""

    for_staff = True
    demands = ("offerings.item_review",)

    edition = forms.IntegerField(widget=forms.HiddenInput)
    owner = forms.ChoiceField(label=_("Which office answers for it?"), required=False)
    review_on = DateText(label=_("Look at it again by"), required=False)

    def __init__(self, *args: Any, owners: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", _("not named yet")), *owners])


class MoveForm(Form):
    """What is typed when an item moves on: from which day, or why."""

    for_staff = True
    demands = ("offerings.item_review",)

    edition = forms.IntegerField(widget=forms.HiddenInput)
    since = DateText(label=_("From which day?"), required=False)
    words = forms.CharField(label=_("Why?"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
