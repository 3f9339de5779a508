"""What people type about papers and seals."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.documents.queries import DOCUMENT_WORDS, SEAL_STATE_WORDS, SEAL_WORDS, Filter
from linli.documents.types import HAS_SEAL_SERVICE, TEMPLATES, DocumentTemplate
from linli.kernel.permits import PROTECTED
from linli.ui.forms import DateText, Form

_BY_HAND = {state: words for state, words in SEAL_STATE_WORDS.items() if state != "sealed"}


class ListFilter(Form):
    """The filters that both lists share; what cannot be read filters nothing."""

    keeps_nothing = True

    q = forms.CharField(label=_("Number or words"), max_length=80, required=False)
    since = DateText(label=_("From day"), required=False)
    until = DateText(label=_("To day"), required=False)

    def shown(self) -> Filter:
        """Return what the list is to show."""
        self.is_valid()
        given = self.cleaned_data
        return Filter(
            state=given.get("state", ""),
            kind=given.get("kind", ""),
            words=given.get("q", "").strip(),
            since=given.get("since"),
            until=given.get("until"),
        )


def _kinds() -> list[tuple[str, Any]]:
    """Every kind of paper; of two with one title the words say which is which."""
    often = Counter(str(template.title) for template in TEMPLATES)
    return [
        (one.key, _told_apart(one) if often[str(one.title)] > 1 else one.title) for one in TEMPLATES
    ]


def _told_apart(one: DocumentTemplate) -> Any:
    if one.needs_seal:
        return format_lazy("{} ({})", one.title, _("with a seal"))
    if one.level >= PROTECTED:
        return format_lazy("{} ({})", one.title, _("Party posts"))
    return one.title


class DocumentFilter(ListFilter):
    """Filters of the register of papers."""

    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind of paper"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        kinds = _kinds()
        self.fields["state"].choices = [("", _("All")), *DOCUMENT_WORDS.items()]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("All")), *kinds]  # type: ignore[attr-defined]


class SealFilter(ListFilter):
    """Filters of the seal book."""

    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Seal"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # where the city has no seal service, nothing speaks of it
        known = SEAL_STATE_WORDS if HAS_SEAL_SERVICE.call() else _BY_HAND
        states = [("", _("All")), ("open", _("Still open")), *known.items()]
        self.fields["state"].choices = states  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("All")), *SEAL_WORDS.items()]  # type: ignore[attr-defined]


class ReprintForm(Form):
    """Another printing of the same paper."""

    for_staff = True
    demands = ("documents.papers",)
    not_counted = {"copies": "an order to the printer, no total"}

    copies = forms.IntegerField(label=_("How many copies?"), min_value=1, max_value=500, initial=1)
    reason = forms.CharField(label=_("Why again?"), max_length=200)


class WithdrawForm(Form):
    """Why a paper is not valid any more."""

    for_staff = True
    demands = ("documents.papers",)

    reason = forms.CharField(
        label=_("Why is it withdrawn?"),
        help_text=_("The check page shows this to everybody. Name no person."),
        max_length=300,
    )


class SealApplicationForm(Form):
    """An application for a seal on a paper that the system did not print."""

    for_staff = True
    demands = ("documents.seal_book",)
    not_counted = {"copies": "how many are to be stamped: an order, no total"}

    place = forms.ChoiceField(label=_("Whose seal?"))
    seal = forms.ChoiceField(label=_("Which seal?"), choices=list(SEAL_WORDS.items()))
    matter = forms.CharField(
        label=_("What is to be stamped, and what for?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    recipient = forms.CharField(label=_("Who gets the paper?"), max_length=200, required=False)
    copies = forms.IntegerField(label=_("How many copies?"), min_value=1, max_value=500, initial=1)


class DecisionForm(Form):
    """Yes or no to an application."""

    for_staff = True
    demands = ("documents.seal_book",)

    note = forms.CharField(label=_("Remark"), max_length=300, required=False)


class CancelForm(Form):
    """Somebody else's application is taken back."""

    for_staff = True
    demands = ("documents.seal_book",)

    why = forms.CharField(
        label=_("Why is it taken back?"), help_text=_("Say why: whoever applied reads it."),
        max_length=300,
    )  # fmt: skip


class StampForm(Form):
    """The stamping by hand."""

    for_staff = True
    demands = ("documents.seal_book", "documents.seal_copies")

    on = DateText(label=_("On which day was it stamped?"))
    copies = forms.IntegerField(label=_("How many were stamped?"), min_value=1, max_value=500)


class ElectronicForm(Form):
    """The electronic seal: asked of the city's service, or called off before it came."""

    for_staff = True
    demands = ("documents.electronic_seal",)

    move = forms.ChoiceField(
        label=_("Electronic seal"),
        choices=[
            ("ask", _("Ask for the electronic seal")),
            ("call_off", _("Call the sealing off")),
        ],
    )


class CompareForm(Form):
    """A file that somebody has, to be compared with the one that was issued."""

    keeps_nothing = True

    file = forms.FileField(label=_("The PDF that you have"))
