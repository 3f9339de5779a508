"""What people type to report something, and staff on their behalf."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.cases.engine.saying import MOST_SIGNS
from linli.cases.queries.categories import category_choices
from linli.cases.types.filing import MOST_PHOTOS
from linli.cases.types.words import Matter
from linli.ui.forms import Form, Phone
from linli.ui.uploads import Photos

# not a matter of cases: it is led to the discipline inspection and nothing of it is kept
OFFICIAL = "official"
MATTERS = (
    (Matter.HELP, _("Something needs help or repair")),
    (Matter.COMPLAINT, _("A complaint")),
    (Matter.INQUIRY, _("A question")),
    (Matter.SUGGESTION, _("A suggestion")),
    (Matter.PRAISE, _("Praise")),
    (Matter.TIP, _("Somebody breaks a rule")),
    (OFFICIAL, _("The conduct of an official or Party member")),
)
NO_REPLY, BY_SMS, IN_INBOX = "none", "sms", "inbox"


class WithPhotos(Form):
    """A form with photos: those chosen now, and the codes of those that came in before."""

    is_base = True

    kept = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def kept_codes(self) -> tuple[str, ...]:
        """Return the codes of photos that came in with an earlier try, also of a faulty form."""
        raw = str(self.data.get(self.add_prefix("kept"), "")) if self.is_bound else ""
        codes = [code for code in raw.split(",") if code.isalnum()]
        return tuple(dict.fromkeys(codes))[:MOST_PHOTOS]


def category_field(help_text: Any) -> forms.TypedChoiceField:
    """Return the field that says what a report is about; nobody has to know it."""
    return forms.TypedChoiceField(
        label=_("What is it about?"), help_text=help_text, coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip


def offer_categories(form: Form, open_words: Any) -> None:
    """Let a form offer the categories in use; `open_words` is what leaves it open."""
    field = form.fields["category"]
    assert isinstance(field, forms.ChoiceField)
    known = [(str(pk), name) for pk, name in category_choices(localdate())]
    field.choices = [("", open_words), *known]


def _want_number(form: Form, by_sms: bool) -> None:
    if by_sms and not form.cleaned_data.get("phone") and "phone" not in form.errors:
        form.add_error("phone", _("Write the number to which we send the message."))


class ReportForm(WithPhotos):
    """A report. Photo first, then where, then what; how to answer comes last."""

    for_residents = True
    resident_demands = ("cases.report",)
    needed_when = {"phone": _("(only for text messages)")}

    photos = Photos(
        label=_("Take a photo first"),
        help_text=_("At most 6: where it is and what is wrong. Position is taken out of them."),
    )
    where = forms.CharField(
        label=_("Where is it?"),
        help_text=_("The lane, the house number, or a shop beside it."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    text = forms.CharField(
        label=_("What is the matter?"),
        help_text=_("Since when, and whom it concerns. You can dictate it with your keyboard."),
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    numbers_meant = forms.BooleanField(
        label=_("The office needs these numbers"),
        help_text=_("Only those who work on it read them; they are never shown to others."),
        required=False,
    )
    matter = forms.ChoiceField(label=_("What kind of matter is it?"), choices=MATTERS)
    category = category_field(_("Leave it open and the office will decide."))
    reply = forms.ChoiceField(
        label=_("How shall we tell you?"),
        help_text=_("Your number is sealed, and deleted a year after the end."),
        widget=forms.RadioSelect,
        initial=NO_REPLY,
    )
    phone = Phone(label=_("Your mobile number"), required=False)
    withheld = forms.BooleanField(
        label=_("Those who work on it need not know who I am"),
        help_text=_("Only a supervisor can open your number, and only with a reason."),
        required=False,
    )
    place = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    spot = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    same_as = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    # where she stands, in degrees, only if she tapped it
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, is_signed_in: bool = False, at_spot: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reply"]
        assert isinstance(field, forms.ChoiceField)
        choices = [
            (NO_REPLY, _("No number")),
            (BY_SMS, _("By text message")),
        ]
        if is_signed_in:
            choices.insert(0, (IN_INBOX, _("In my messages here")))
            field.initial = IN_INBOX
        field.choices = choices
        if at_spot or (self.is_bound and self.data.get("lon") and self.data.get("lat")):
            self.fields["where"].required = False
        offer_categories(self, _("I do not know"))

    def clean(self) -> dict[str, Any]:
        """Ask for a number where one is to be called."""
        said = super().clean() or self.cleaned_data
        _want_number(self, said.get("reply") == BY_SMS)
        return said

    @property
    def point(self) -> tuple[float, float] | None:
        """Return where she stands, lon and lat, if she said so; of a form that was judged."""
        lon, lat = self.cleaned_data.get("lon"), self.cleaned_data.get("lat")
        return None if lon is None or lat is None else (lon, lat)

    def leave_point_out(self) -> None:
        """Show the form again without the point that was sent."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["lon"] = data["lat"] = ""
        self.data = data


class SuggestForm(Form):
    """Words of a report that is being written, to suggest what it is about."""

    keeps_nothing = True

    text = forms.CharField(max_length=MOST_SIGNS)
    place = forms.CharField(required=False, max_length=24)
    category = forms.CharField(required=False, max_length=12)


class OnBehalfForm(WithPhotos):
    """A report that the office takes down for somebody at the counter or on the telephone."""

    for_staff = True
    demands = ("cases.on_behalf", "cases.caller", "cases.report_photo")
    needed_when = {"phone": _("(optional; needed for text messages)")}
    asks_again = {
        "name": "whoever calls may stand in no register here, and may stay unnamed",
        "phone": "the number to call back is the one they give now",
    }

    seen = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=_("How did it come in?"),
        choices=(("counter", _("At the counter")), ("phone", _("By telephone"))),
        widget=forms.RadioSelect,
        initial="counter",
    )
    place = forms.ChoiceField(label=_("In which village or community?"))
    where = forms.CharField(
        label=_("Where is it?"),
        help_text=_("The lane, the house number, or a shop beside it."),
        max_length=120,
    )
    text = forms.CharField(
        label=_("What is the matter?"),
        help_text=_("In the person's own words."),
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    numbers_meant = forms.BooleanField(
        label=_("The office needs these numbers"),
        help_text=_("Only those who work on it read them; they are never shown to others."),
        required=False,
    )
    category = category_field(_("It goes to the post that is in charge of it."))
    matter = forms.ChoiceField(label=_("What kind of matter is it?"), choices=MATTERS)
    photos = Photos(label=_("Photos that the person brings along"))
    name = forms.CharField(label=_("Who reports it?"), required=False, max_length=60)
    phone = Phone(label=_("The person's mobile number"), required=False)
    by_sms = forms.BooleanField(label=_("Tell the person by text message"), required=False)
    withheld = forms.BooleanField(
        label=_("Those who work on it need not know who it is"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_categories(self, _("not clear yet"))

    def clean(self) -> dict[str, Any]:
        """Ask for a number where a text message is promised."""
        said = super().clean() or self.cleaned_data
        _want_number(self, bool(said.get("by_sms")))
        return said
