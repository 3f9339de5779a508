"""What people type about heads of buildings, blocks and lanes, and to them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.grid.types import HEAD_TITLES, WORD_TITLES, Choice, Standing
from linli.kernel.dates import Lean
from linli.ui.forms import DateText, Form, Phone

TEXT = forms.Textarea(attrs={"rows": 4})


class StandForm(Form):
    """Somebody stands as head of her own free will."""

    for_residents = True
    resident_demands = ("grid.head",)

    kind = forms.ChoiceField(
        label=_("For what?"), choices=list(HEAD_TITLES.items()), widget=forms.RadioSelect
    )
    ground = forms.CharField(
        label=_("Which building, block or lane?"), help_text=_("For example: building 3"),
        max_length=60,
    )  # fmt: skip
    public_name = forms.CharField(
        label=_("How may neighbours call you?"),
        help_text=_("This is shown to everybody once you are chosen. Nothing else of you is."),
        max_length=40,
    )
    phone = Phone(
        label=_("Under which number does the office reach you?"),
        help_text=_("It is never shown to neighbours: they ask to be called."),
    )

    @property
    def facts(self) -> Standing:
        """What was typed, as the service takes it."""
        return Standing(**self.cleaned_data)


ENTRY, NO_ENTRY = (
    _("Number of their entry in the register of people"),
    _("Only if they are in it. You are told if they move away there; their death or erasure takes their name out here."),
)  # fmt: skip


class StandAtOfficeForm(StandForm):
    """Somebody came to the office to stand as head."""

    for_staff = True
    demands = ("grid.head",)
    not_counted = {"person_id": "the number of an entry"}
    enters = {"public_name": "grid.head.public_name", "phone": "grid.head.phone"}

    person_id = forms.IntegerField(label=ENTRY, help_text=NO_ENTRY, required=False, min_value=1)


class TieForm(Form):
    """Which entry of the register a head is."""

    for_staff = True
    demands = ("grid.head",)
    not_counted = {"person_id": "the number of an entry"}

    person_id = forms.IntegerField(label=ENTRY, help_text=NO_ENTRY, required=False, min_value=1)
    edition = forms.IntegerField(widget=forms.HiddenInput)


class ChoiceForm(Form):
    """What the neighbours chose."""

    for_staff = True
    demands = ("grid.head", "grid.head_votes")

    outcome = forms.ChoiceField(
        label=_("What did the neighbours choose?"),
        choices=[("chosen", _("chosen")), ("passed", _("not chosen"))], widget=forms.RadioSelect,
    )  # fmt: skip
    decided_on = DateText(label=_("On which day?"), lean=Lean.PAST)
    votes_for = forms.IntegerField(label=_("How many were for them?"), min_value=0, max_value=99999)
    votes_against = forms.IntegerField(
        label=_("How many were against?"), min_value=0, max_value=99999, initial=0
    )
    document = forms.CharField(
        label=_("Which record shows it?"), help_text=_("For example: sheet of signatures of 3 May"),
        max_length=120,
    )  # fmt: skip
    until = DateText(
        label=_("Until when does the term run?"), required=False, lean=Lean.FUTURE,
        help_text=_("The first day on which they no longer serve. Empty if no term was agreed."),
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def choice(self) -> Choice:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return Choice(
            said["outcome"] == "chosen", said["decided_on"], said["votes_for"],
            said["votes_against"], said["document"], until=said["until"],
        )  # fmt: skip


class HeadEndForm(Form):
    """The end of a term, with what was handed over."""

    for_staff = True
    demands = ("grid.head",)

    on = DateText(label=_("On which day did they stop?"), lean=Lean.PAST)
    handed_over = forms.CharField(
        label=_("What was handed over, and to whom?"),
        help_text=_("Keys, lists, matters still open. Write “nothing” if there was nothing."),
        max_length=500, widget=TEXT,
    )  # fmt: skip
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SayForm(Form):
    """Something said to a head."""

    for_residents = True
    resident_demands = ("grid.word",)

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=list(WORD_TITLES.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("In a few words"), max_length=1000, required=False, widget=TEXT)
    phone = Phone(
        label=_("Your number, if the head may call you"),
        help_text=_("Only this head sees it, and it goes 30 days after the matter is over."),
        required=False,
    )


class WordForm(Form):
    """What a head does with it."""

    for_residents = True
    resident_demands = ("grid.word_answer",)

    note = forms.CharField(
        label=_("A word to the neighbour"),
        help_text=_("What you did, where you meet, or where it went. The neighbour reads it with their code."),
        max_length=1000, widget=TEXT,
    )  # fmt: skip


class WordCodeForm(Form):
    """The number of a word to a head, to read the answer."""

    keeps_nothing = True

    code = forms.CharField(
        label=_("Number of your word"),
        help_text=_("Ten letters and digits. Spaces do not matter."), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
