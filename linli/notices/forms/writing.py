"""What people type about notices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import Unit
from linli.notices.queries import (
    CATEGORY_WORDS,
    REACH_WORDS,
    UNIT_WORDS,
)
from linli.notices.types import (
    CATEGORIES,
    MOST_DAYS,
    Category,
    Correction,
    Draft,
    Reach,
    Text,
)
from linli.ui.forms import DateText, Form

USUAL = _("as usual for the category")


class TextForm(Form):
    """The words of a notice."""

    is_base = True
    for_staff = True
    demands: tuple[str, ...] = ("notices.write",)

    title = forms.CharField(label=_("What is the title?"), max_length=120)
    body = forms.CharField(
        label=_("What does the notice say?"),
        help_text=_(
            "Each line is a paragraph; lines that begin with a hyphen become a list. Name nobody who need not be named."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    basis = forms.CharField(
        label=_("On what is it based?"),
        help_text=_("A decision, a law, a paper with its number."),
        max_length=200,
        required=False,
    )
    contact = forms.CharField(
        label=_("Whom can one ask?"),
        help_text=_("Post or name, and the telephone of the office."),
        max_length=200,
    )
    objection = forms.CharField(
        label=_("Where and how can one object?"),
        help_text=_("Must be said for publicity, decisions, affairs, accounts and elections."),
        max_length=300,
        required=False,
    )

    def text(self) -> Text:
        """Return the words as typed."""
        given = self.cleaned_data
        return Text(
            given["title"], given["body"], given["contact"], given["basis"], given["objection"]
        )


class DraftForm(TextForm):
    """A notice that was not published yet."""

    not_counted = {"days": "the length of the display period, no total"}

    category = forms.ChoiceField(
        label=_("What kind of notice is it?"), choices=list(CATEGORY_WORDS.items())
    )
    office = forms.ChoiceField(label=_("Which organisation posts it?"), required=False)
    first_day = DateText(
        label=_("From which day is it displayed?"),
        help_text=_("Leave it empty: from the day on which it is published."),
        required=False,
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        help_text=_(
            "Leave it empty for the usual length. The first day is not counted; shorter than the law allows is refused."
        ),
        min_value=1,
        max_value=MOST_DAYS,
        required=False,
        widget=forms.NumberInput(attrs={"unit": _("days")}),
    )
    unit = forms.ChoiceField(
        label=_("Which days are counted?"),
        choices=[("", USUAL), *UNIT_WORDS.items()],
        required=False,
    )
    reach = forms.ChoiceField(
        label=_("Where is it shown?"),
        choices=list(REACH_WORDS.items()),
        widget=forms.RadioSelect,
        initial=Reach.BELOW.value,
    )
    listed = forms.MultipleChoiceField(
        label=_("At which places?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = (
        "edition",
        "category",
        "title",
        "body",
        "basis",
        "contact",
        "objection",
        "office",
    )

    def __init__(
        self,
        *args: Any,
        offices: list[tuple[str, str]],
        below: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = offices  # type: ignore[attr-defined]
        self.fields["listed"].choices = below  # type: ignore[attr-defined]
        if not below:
            # a place with nothing below it is its own whole reach
            del self.fields["reach"], self.fields["listed"]

    def draft(self) -> Draft:
        """Return what was typed; a length left empty is the usual one."""
        given, text = self.cleaned_data, self.text()
        category = Category(given["category"])
        usual = CATEGORIES[category]
        days = given.get("days")
        unit = given.get("unit") or (usual.unit if days is None else Unit.DAYS)
        return Draft(
            category=category, title=text.title, body=text.body, contact=text.contact,
            days=usual.days if days is None else days, unit=Unit(unit), basis=text.basis,
            objection=text.objection, office=given.get("office", ""),
            first_day=given.get("first_day"), reach=Reach(given.get("reach") or Reach.BELOW),
            listed=tuple(given.get("listed") or ()),
        )  # fmt: skip


class CorrectionForm(TextForm):
    """A new version of a published notice."""

    reason = forms.CharField(
        label=_("What is corrected, and why?"),
        help_text=_("Stands above the notice. The version before stays readable."),
        max_length=300,
    )
    restarts = forms.BooleanField(
        label=_("The period begins anew"),
        help_text=_("Tick it if something changes to which people may want to object."),
        required=False,
    )
    kept = forms.MultipleChoiceField(
        label=_("Which attachments stay?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("edition", "reason", "restarts")

    def __init__(self, *args: Any, papers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = papers  # type: ignore[attr-defined]
        if not papers:
            del self.fields["kept"]

    def correction(self) -> Correction:
        """Return what was typed."""
        given = self.cleaned_data
        kept = tuple(given.get("kept") or ())
        return Correction(self.text(), given["reason"], given["restarts"], kept)
