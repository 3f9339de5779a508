"""What the window types about a mandate on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.offerings.types.mandates import Agent, Giver, MandateFacts
from linli.ui.choosing import offer
from linli.ui.forms import DateText, Form, Phone


class MandateForm(Form):
    """Who comes for whom, for what, until when."""

    for_staff = True
    demands = ("offerings.mandate", "offerings.person")
    asks_again = {
        "name": "an agent stands in no register of the place",
        "id_number": "an agent stands in no register of the place",
        "phone": "an agent stands in no register of the place",
    }

    name = forms.CharField(label=_("Name of the agent"), max_length=60)
    id_number = forms.CharField(label=_("Identity card of the agent"), max_length=30)
    phone = Phone(label=_("Telephone of the agent"), required=False)
    item = forms.ChoiceField(label=_("For which matter?"), required=False)
    until = DateText(label=_("Until which day does it hold?"), lean=Lean.FUTURE)

    def __init__(self, *args: Any, items: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "item", [("", _("Everything at the window")), *items])

    @property
    def facts(self) -> MandateFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        agent = Agent(said["name"], said["id_number"], said["phone"] or "")
        return MandateFacts(agent, said["until"], said["item"])


class OutsideForm(MandateForm):
    """Who gives a mandate and stands in no register here, and who comes for her."""

    asks_again = {
        **MandateForm.asks_again,
        "giver_name": "who gives it stands in no register here",
        "giver_id": "who gives it stands in no register here",
        "giver_phone": "who gives it stands in no register here",
    }
    field_order = ("place", "giver_name", "giver_id", "giver_phone")

    place = forms.ChoiceField(label=_("At which village or community is it kept?"))
    giver_name = forms.CharField(label=_("Name of who gives it"), max_length=60)
    giver_id = forms.CharField(label=_("Identity card of who gives it"), max_length=30)
    giver_phone = Phone(
        label=_("Telephone of who gives it"), required=False,
        help_text=_("They are told at this number each time the mandate is used."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", places)

    @property
    def giver(self) -> Giver:
        """Who gives it, as the service takes her."""
        said = self.cleaned_data
        return Giver(said["giver_name"], said["giver_id"], said["giver_phone"] or "")


class ScanForm(Form):
    """The signed paper, scanned or photographed."""

    for_staff = True
    demands = ("offerings.mandate_scan",)

    paper = forms.FileField(label=_("The signed paper"), required=False)
