"""What people wish for in culture, and what the office says of offers, answers and talents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.activities.types.culture import (
    MOST_TEXT,
    MOST_WISH,
    SUBJECT_TITLES,
    AnswerFacts,
    OfferFacts,
    TalentFacts,
)
from linli.kernel import dates
from linli.ui.choosing import offer
from linli.ui.forms import DateText, Form, MoneyText, Phone
from linli.ui.uploads import Photos

SUBJECTS = list(SUBJECT_TITLES.items())


class WishTextForm(Form):
    """One field: what somebody would like. No name is asked."""

    for_residents = True
    resident_demands = ("activities.culture_wish",)

    subject = forms.ChoiceField(label=_("What is it about?"), choices=SUBJECTS)
    text = forms.CharField(
        label=_("What would you like to see or do here?"), max_length=MOST_WISH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("No name, no number. Your words are shown only once the office has released them."),
    )  # fmt: skip


class RevokeForm(Form):
    """The code of somebody who no longer wants to be named."""

    for_residents = True
    resident_demands = ("activities.talent",)

    code = forms.CharField(label=pgettext_lazy("talent", "Your code"), max_length=16)


class ReleaseForm(Form):
    """The words of a wish as they are shown; empty: it counts, its words stay unseen."""

    for_staff = True
    demands = ("activities.culture_release",)

    shown = forms.CharField(max_length=MOST_WISH, required=False)


class OfferForm(Form):
    """A programme that a department or group can bring."""

    for_staff = True
    demands = ("activities.culture_offer",)

    edition = forms.IntegerField(required=False, widget=forms.HiddenInput)
    who = forms.CharField(
        label=_("Who brings it?"), max_length=60, help_text=_("A department or a group.")
    )
    subject = forms.ChoiceField(label=_("What is it about?"), choices=SUBJECTS)
    programme = forms.CharField(label=_("What is it called?"), max_length=80)
    programme_en = forms.CharField(
        label=_("What is it called in English?"), max_length=120, required=False
    )
    about = forms.CharField(
        label=_("What happens there?"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    often = forms.CharField(label=_("How often can it come?"), max_length=80, required=False)
    cost = MoneyText(label=_("What does it cost the place?"), help_text=_("In yuan; 0 if it is free."))  # fmt: skip
    needs = forms.CharField(
        label=_("What does it need?"), max_length=200, required=False,
        help_text=_("For example: a stage, power, thirty chairs."),
    )  # fmt: skip

    @property
    def facts(self) -> OfferFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return OfferFacts(
            said["who"], said["subject"], said["programme"], said["about"], said["often"], said["cost"].fen,
            said["needs"], said["programme_en"],
        )  # fmt: skip


class CultureAnswerForm(Form):
    """You asked, we did."""

    for_staff = True
    demands = ("activities.culture_answer",)

    season = forms.ChoiceField(label=_("Wishes of which season?"))
    subject = forms.ChoiceField(label=_("What were they about?"), choices=SUBJECTS)
    text = forms.CharField(
        label=_("What was done?"), max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say it plainly, also if it was not possible, and why."),
    )  # fmt: skip
    offer = forms.TypedChoiceField(
        label=_("By which programme on offer?"), coerce=int, empty_value=None, required=False
    )
    event_code = forms.CharField(
        label=_("At which event?"), max_length=12, required=False,
        help_text=_("The code at the end of its address, if it stands in the programme."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, seasons: Sequence[tuple[str, str]], offers: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        offer(self, "season", seasons)
        offer(self, "offer", [("", "—"), *offers])

    @property
    def facts(self) -> AnswerFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return AnswerFacts(
            said["season"], said["subject"], said["text"], said["offer"], said["event_code"]
        )


class TalentForm(Form):
    """Somebody who agreed to be shown, as she agreed."""

    for_staff = True
    demands = ("activities.culture_talent",)
    enters = {
        "shown_name": "activities.talent.shown_name", "contact": "activities.talent.contact",
        "phone": "activities.talent.phone",
    }  # fmt: skip

    shown_name = forms.CharField(
        label=_("How did they agree to be called?"), max_length=40,
        help_text=_("Only as they agreed: perhaps a family name, or what neighbours call them."),
    )  # fmt: skip
    subject = forms.ChoiceField(label=_("What can they do?"), choices=SUBJECTS)
    about = forms.CharField(label=_("What should neighbours know?"), max_length=300, required=False)
    agreed_on = DateText(label=_("On which day did they agree?"), lean=dates.Lean.PAST, initial=localdate)  # fmt: skip
    contact = forms.CharField(label=_("Whom does the office ask for?"), max_length=40)
    phone = Phone(label=_("On which number do we reach you?"))

    @property
    def facts(self) -> TalentFacts:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return TalentFacts(
            said["shown_name"], said["subject"], said["about"], said["agreed_on"], said["contact"],
            said["phone"] or "",
        )  # fmt: skip


class CareForm(Form):
    """What a group did for public space, with photos."""

    for_residents = True
    resident_demands = ("activities.care",)

    code = forms.CharField(label=_("Code of the group"), max_length=16)
    title = forms.CharField(
        label=_("What did you do?"), max_length=80, help_text=_("For example: 清理河边小路")
    )
    where = forms.CharField(label=_("Where?"), max_length=120)
    on = DateText(label=_("On which day?"), lean=dates.Lean.PAST, initial=localdate)
    about = forms.CharField(
        label=_("Anything else?"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    before = Photos(label=_("Photos of before"))
    after = Photos(
        label=_("Photos of afterwards"),
        help_text=_("Without faces, or of people who agreed. The office looks before they are shown."),
    )  # fmt: skip


class TalkWishForm(Form):
    """A wish that was voiced at a talk."""

    for_staff = True
    demands = ("activities.talk_wish",)

    wish = forms.CharField(
        label=_("What was wished for?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In the words of the talk, without names. It becomes a report with its own number and term."),
    )  # fmt: skip


class EventPhotosForm(Form):
    """Photos of an event."""

    for_staff = True
    demands = ("activities.event_photos",)

    photos = Photos(label=_("Photos of the event"))
    consent = forms.BooleanField(
        label=_("Everybody who can be recognised agreed; for children, who cares for them"),
        required=False,
    )  # fmt: skip
