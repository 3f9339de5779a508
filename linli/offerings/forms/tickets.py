"""What is chosen when a ticket is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.types.tickets import PRIORITY_WORDS, DrawWish, Priority, Source
from linli.offerings.types.visits import WindowGroup
from linli.ui.formats import listed
from linli.ui.forms import Form, Phone
from linli.ui.jinja import named


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

    def wish(
        self, source: Source, language: str, *, item: str = "", group: int | None = None
    ) -> DrawWish:
        """Return what was chosen, as the service takes it; for an item or what some windows do."""
        said = self.cleaned_data
        code = said["code"].replace(" ", "")
        return DrawWish(item, said["priority"], source.value, language, code, group)


class TicketForForm(TicketForm):
    """Somebody comes to the counter, and who serves draws for her: also for what, where the windows differ."""

    def __init__(
        self, *args: Any, groups: Sequence[tuple[WindowGroup, Sequence[str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(groups) > 1:
            self.fields["group"] = forms.ChoiceField(
                label=_("What have they come for?"), required=False, widget=forms.RadioSelect,
                choices=[("", _("They cannot say")), *((str(one.windows[0]), _words(one, names)) for one, names in groups)],
            )  # fmt: skip
            self.order_fields(["group", "priority", "code"])

    def wish(
        self, source: Source, language: str, *, item: str = "", group: int | None = None
    ) -> DrawWish:
        """Return what was chosen, as the service takes it."""
        chosen = self.cleaned_data.get("group") or None
        return super().wish(source, language, item=item, group=int(chosen) if chosen else group)


def _words(one: WindowGroup, names: Sequence[str]) -> str:
    """Return what windows do in words: their name, and the first of their items."""
    told = listed(names)
    return f"{named(one)} ({told})" if told else named(one)


class TextForm(Form):
    """Where a ticket is told when nothing was printed."""

    for_residents = True
    resident_demands = ("offerings.ticket_text",)

    phone = Phone(
        label=_("Your mobile number"),
        help_text=_("For this one message. The number is not kept with the ticket."),
    )  # fmt: skip
