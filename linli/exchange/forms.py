"""What is typed on the pages of the hotline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.exchange.services.hand_backs import MOST_BODY
from linli.ui.choosing import offer
from linli.ui.forms import Form

Choices = Sequence[tuple[str, Any]]
MOST_WORDS = 2000


class _AtPlace(Form):
    """A form for a place where the actor deals with the hotline; with one alone it is chosen."""

    is_base = True
    for_staff = True

    def __init__(self, *args: Any, places: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", places)


class UploadForm(_AtPlace):
    """A list of orders is handed in."""

    demands = ("exchange.orders",)

    place = forms.ChoiceField(label=_("For which place?"))
    sender = forms.CharField(
        label=_("Who sent the list?"), max_length=80, initial="12345",
        help_text=_("The columns of a sender are remembered for the next list."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("The list"), help_text=_("xlsx or csv, at most 20,000 orders."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )  # fmt: skip


class ResultsForm(_AtPlace):
    """A file of results is asked for."""

    demands = ("exchange.orders",)

    place = forms.ChoiceField(label=_("For which place?"))
    with_open = forms.BooleanField(
        label=_("Also those being handled"), required=False,
        help_text=_("Tells where they stand; they are returned again once they are done."),
    )  # fmt: skip


class AgainForm(Form):
    """The hotline says that an order is not solved."""

    for_staff = True
    demands = ("exchange.hand_back",)

    words = forms.CharField(
        label=_("What the hotline says"), max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class HandBackForm(Form):
    """The hotline is asked to take an order back."""

    for_staff = True
    demands = ("exchange.hand_back",)

    reason = forms.CharField(
        label=_("Why is it not ours?"), max_length=MOST_WORDS,
        help_text=_("The hotline reads this: which duty it is, by which list or rule."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Who is in charge instead?"), max_length=MOST_BODY,
        help_text=_("The office as the hotline knows it, for example: city water bureau."),
    )  # fmt: skip


class DecisionForm(Form):
    """What the hotline said to an order that we asked it to take back."""

    for_staff = True
    demands = ("exchange.hand_back",)

    words = forms.CharField(
        label=_("What the hotline said"), max_length=MOST_WORDS, required=False,
        help_text=_("Needed if it stays here. If it was taken back, the caller reads this; left empty, the office that is in charge."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class LetterForm(Form):
    """A letter that could not be sent is let go; sending it again needs no words."""

    for_staff = True
    demands = ("exchange.letter",)

    why = forms.CharField(
        label=_("Why is it let go?"), max_length=300, required=False,
        help_text=_("Needed only to let it go. The report of the day shows the difference that stays."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
