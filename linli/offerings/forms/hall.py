"""What is decided at the desk on what comes from the service hall and from the payment system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.offerings.forms.applying import words_of
from linli.offerings.types.applications import ItemAsked
from linli.ui.choosing import offer
from linli.ui.forms import Form

Choices = Sequence[tuple[str, Any]]
ANSWER = "q_"


class HallItemForm(Form):
    """Which of our items an item of the hall is."""

    for_staff = True
    demands = ("offerings.hall_item",)

    # “key” is what makes a sending happen once
    item = forms.ChoiceField(
        label=_("Which of our items is it?"), required=False,
        help_text=_("Applications of the hall for this code come in under it. None: they wait for a person."),
    )  # fmt: skip
    why = forms.CharField(label=_("Why do you decide so?"), max_length=300)
    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", [("", _("None of ours")), *items])


class SentInForm(Form):
    """An application of the hall that could not be taken by itself is taken, or sent back."""

    for_staff = True
    demands = ("offerings.sent_in",)
    finds = ("place",)

    item = forms.ChoiceField(label=_("Which item is it for?"), required=False)
    place = forms.CharField(
        label=_("Code of the village or community"), max_length=20, required=False,
        help_text=_("Twelve figures, as in the register of places."),
    )  # fmt: skip
    why = forms.CharField(
        label=_("If it goes back: why?"), max_length=300, required=False,
        help_text=_("The hall tells it to the applicant."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, items: Choices = (), asked: ItemAsked | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", [("", _("Choose an item")), *items])
        for one in asked.questions if asked else ():
            options = [(str(option["key"]), words_of(option)) for option in one["options"]]
            self.fields[f"{ANSWER}{one['key']}"] = forms.ChoiceField(
                label=words_of(one["ask"]), choices=[("", "—"), *options], required=False
            )

    def answers(self) -> dict[str, str]:
        """Return the answers that were chosen, by the keys of their questions."""
        said = self.cleaned_data
        return {
            name.removeprefix(ANSWER): said[name]
            for name in self.fields
            if name.startswith(ANSWER) and said.get(name)
        }


class ReasonedForm(Form):
    """A decision with its reason: optional only where something is offered that takes none."""

    is_base = True

    def __init__(self, *args: Any, needs_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = needs_why


class HallChangeForm(ReasonedForm):
    """A supplement or withdrawal of the hall that could not be done by itself."""

    for_staff = True
    demands = ("offerings.hall_change",)

    why = forms.CharField(
        label=_("Why do you decide so?"), max_length=300, required=False,
        help_text=_("Needed unless it is tried again. The hall reads it only if it goes back."),
    )  # fmt: skip


class PayNoticeForm(ReasonedForm):
    """A payment that does not fit is given back, or let go with the reason."""

    for_staff = True
    demands = ("offerings.pay_notice",)

    why = forms.CharField(
        label=_("Why do you decide so?"), max_length=300, required=False,
        help_text=_("Needed to give it back or to let it go; nobody outside reads it."),
    )  # fmt: skip
