"""What is chosen when a ticket is drawn."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.types.tickets import PRIORITY_WORDS, DrawWish, Priority, Source
from linli.ui.forms import Form, Phone


class TicketForm(Form):
    """A ticket: whether one comes first, and the code of a visit that was booked."""

    for_residents = True
    resident_demands = ("offerings.ticket",)

    priority = forms.ChoiceField(
        label=_("Do you come first?"), required=False, widget=forms.RadioSelect,
        choices=[(str(one), PRIORITY_WORDS[one]) for one in Priority],
    )  # fmt: skip
    code = forms.CharField(
        label=_("Code of your visit, if you booked"), max_length=16, required=False
    )

    def wish(self, source: Source, language: str) -> DrawWish:
        """Return what was chosen, as the service takes it."""
        said = self.cleaned_data
        return DrawWish("", said["priority"], source.value, language, said["code"].replace(" ", ""))


class TextForm(Form):
    """Where a ticket is told when nothing was printed."""

    for_residents = True
    resident_demands = ("offerings.ticket_text",)

    phone = Phone(
        label=_("Your mobile number"),
        help_text=_("For this one message. The number is not kept with the ticket."),
    )  # fmt: skip
