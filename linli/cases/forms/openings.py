"""What staff type to open a case of a kind: petition, visit, complaint, task, paper that came in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.frame import (
    Choices,
    OpeningForm,
    Papers,
    about_field,
    area,
    company_fields,
    line,
)
from linli.cases.types.matters import PaperUrgency, PetitionMatter, PropertyMatter
from linli.cases.types.words import Channel
from linli.kernel import dates
from linli.ui.forms import DateText, Phone

MATTERS: Choices = (
    (PetitionMatter.APPEAL, _("Appeal: something is asked for or objected to")),
    (PetitionMatter.SUGGESTION, _("Suggestion")),
    (PetitionMatter.ACCUSATION, _("Accusation against an official: it is only referred")),
)
PROPERTY_MATTERS: Choices = (
    (PropertyMatter.REPAIR, _("Repairs")),
    (PropertyMatter.CLEANING, _("Cleaning")),
    (PropertyMatter.SECURITY, _("Guards and entrances")),
    (PropertyMatter.FEES, _("Fees")),
    (PropertyMatter.PARKING, _("Parking")),
    (PropertyMatter.COMMON_PARTS, _("Common parts and their income")),
    (PropertyMatter.OTHER, _("Something else")),
)
CHANNELS: Choices = (
    (Channel.VISIT, _("in person")),
    (Channel.LETTER, _("by letter")),
    (Channel.PHONE, _("by telephone")),
)
URGENCIES: Choices = (
    (PaperUrgency.USUAL, _("usual")),
    (PaperUrgency.URGENT, _("urgent")),
    (PaperUrgency.MOST_URGENT, _("most urgent")),
)


class AskerForm(OpeningForm):
    """Somebody whom the register may not know asks something; contact is optional and sealed."""

    is_base = True
    asks_again = {
        "name": "who comes may not be in the register of people",
        "phone": "who comes may not be in the register of people",
    }

    name = line(
        _("Name of the person"),
        60,
        required=False,
        help_text=_("Sealed; leave it empty if they prefer."),
    )
    phone = Phone(label=_("Telephone"), required=False, help_text=_("For the answer; sealed."))


class PetitionForm(AskerForm):
    """A petition to a town or the city."""

    demands = ("cases.petition", "cases.asker", "cases.paper")
    not_counted = {"visitors": "AP-06 limits how many may come"}

    matter = forms.ChoiceField(
        label=_("What kind of petition?"), choices=MATTERS, initial=PetitionMatter.APPEAL,
        widget=forms.RadioSelect,
    )  # fmt: skip
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=CHANNELS,
        initial=Channel.VISIT,
        widget=forms.RadioSelect,
    )
    visitors = forms.IntegerField(
        label=_("How many came?"), min_value=1, max_value=500, initial=1,
        help_text=_("Of a joint visit at most five representatives are received."),
    )  # fmt: skip
    text = area(_("What do they ask for, and why?"), rows=7)
    about = about_field()
    same_as = line(_("Number of an earlier petition on the same matter"), 24, required=False)
    papers = Papers()
    field_order = (
        "matter",
        "channel",
        "visitors",
        "text",
        "name",
        "phone",
        "about",
        "same_as",
        "papers",
    )


class VisitForm(AskerForm):
    """A visit to a village or community."""

    demands = ("cases.visit", "cases.asker", "cases.paper")
    not_counted = {"visitors": "AP-06 limits how many may come"}

    matter = forms.ChoiceField(
        label=_("What kind of petition?"), choices=MATTERS, initial=PetitionMatter.APPEAL,
        widget=forms.RadioSelect,
    )  # fmt: skip
    visitors = forms.IntegerField(
        label=_("How many came?"), min_value=1, max_value=500, initial=1,
        help_text=_("Of a joint visit at most five representatives are received."),
    )  # fmt: skip
    text = area(_("What do they ask for, and why?"), rows=6)
    about = about_field()
    papers = Papers()
    field_order = ("matter", "visitors", "text", "name", "phone", "about", "papers")


class ComplaintForm(AskerForm):
    """An owner's complaint about a property company."""

    demands = ("cases.property", "cases.asker", "cases.paper")

    company_post, company = company_fields()
    matter = forms.ChoiceField(label=_("What is it about?"), choices=PROPERTY_MATTERS)
    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=CHANNELS,
        initial=Channel.VISIT,
        widget=forms.RadioSelect,
    )
    text = area(_("What is wrong?"), rows=6)
    papers = Papers()
    field_order = (
        "company_post",
        "company",
        "matter",
        "channel",
        "text",
        "name",
        "phone",
        "papers",
    )


class DirectiveForm(OpeningForm):
    """A task with a day, for one post or several."""

    demands = ("cases.directive", "cases.paper")

    title = line(_("What is to be done? In one line"), 60)
    text = area(_("What exactly?"), rows=6)
    due_on = DateText(label=_("By which day?"), lean=dates.Lean.FUTURE)
    to = forms.MultipleChoiceField(
        label=_("Who gets it?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Each gets a task of its own; together they are one round."),
    )  # fmt: skip
    basis = line(
        _("Legal basis"), 200, required=False,
        help_text=_("Needed for villages and communities: law, article, or the list of duties."),
    )  # fmt: skip
    cost = line(
        _("Who bears the cost"), 200, required=False,
        help_text=_("Needed for villages and communities: the budget that pays."),
    )  # fmt: skip
    paper_number = line(_("Number of the paper"), 60, required=False)
    papers = Papers()

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < localdate():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day


class IncomingForm(OpeningForm):
    """A paper that came in."""

    demands = ("cases.incoming", "cases.paper")

    sender = line(_("From which office?"), 80)
    title = line(_("Title of the paper"), 120)
    paper_number = line(_("Number of the paper"), 60, required=False)
    dated_on = DateText(label=_("Date of the paper"), required=False, lean=dates.Lean.PAST)
    urgency = forms.ChoiceField(
        label=_("How urgent?"),
        choices=URGENCIES,
        initial=PaperUrgency.USUAL,
        widget=forms.RadioSelect,
    )
    due_on = DateText(
        label=_("Day that the paper itself names"), required=False, lean=dates.Lean.FUTURE
    )
    text = area(_("What is it about?"), rows=3, required=False)
    no_secret = forms.BooleanField(
        label=_("The paper bears no secrecy mark"),
        help_text=_("Papers with a secrecy mark never come into this system."),
    )
    papers = Papers()
