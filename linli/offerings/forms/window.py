"""What the window types: who stands here, what lies on the table, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.exchange.types.base_data import AskedOn
from linli.offerings.forms.applying import BROUGHT, DELIVERIES, ItemForm, words_of
from linli.offerings.types.applications import Delivery, Material
from linli.offerings.types.helping import RELATION_TITLES
from linli.ui.choosing import offer
from linli.ui.forms import Form, Phone

# with a dash: a note on the paper `address` asks nobody for an address
NOTE = "note-"


class WindowForm(ItemForm):
    """An application taken in at the window. What is known of the person is shown, not asked."""

    for_staff = True
    demands = ("offerings.window", "offerings.person", "offerings.paper_photo")
    asks_again = {
        "name": "whoever comes may stand in no register here",
        "phone": "the number to call back is the one they give now",
        "address": "where the post brings the result may be elsewhere",
        "agent_name": "an agent stands in no register of the place",
        "agent_id": "an agent stands in no register of the place",
        "agent_phone": "an agent stands in no register of the place",
        "id_number": "read from the card of whoever stands in no register here",
    }

    place = forms.ChoiceField(label=_("Taken in for which village or community?"))
    name = forms.CharField(label=_("Name of the applicant, as on the identity card"), max_length=60)
    id_number = forms.CharField(
        label=_("Number of the applicant's identity card"), max_length=30, required=False
    )
    phone = Phone(label=_("Telephone"), required=False)
    by_sms = forms.BooleanField(label=_("Tell the applicant by text message"), required=False)
    delivery = forms.ChoiceField(
        label=_("How does the result come?"), choices=DELIVERIES, initial=Delivery.COUNTER
    )
    address = forms.CharField(
        label=_("Where does the post bring it?"), max_length=200, required=False
    )
    mandate = forms.TypedChoiceField(
        label=_("Who stands here for the applicant, by which mandate?"), coerce=int, empty_value=None,
        required=False, choices=(),
    )  # fmt: skip
    agent_name = forms.CharField(label=_("Name of the agent"), max_length=60, required=False)
    agent_id = forms.CharField(label=_("Identity card of the agent"), max_length=30, required=False)
    agent_phone = Phone(
        label=_("Telephone of the agent"), required=False,
        help_text=_("What becomes of it is told to this number."),
    )  # fmt: skip
    agent_relation = forms.ChoiceField(
        label=_("How does the agent stand to the applicant?"), required=False,
        choices=[("", "—"), *RELATION_TITLES.items()],
    )  # fmt: skip
    agent_basis = forms.CharField(
        label=_("Which paper did the agent show?"), max_length=200, required=False,
        help_text=_("A mandate in writing holds a year at most and can be taken back at any time."),
    )  # fmt: skip
    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, places: Sequence[tuple[str, str]], is_known: bool,
        mandates: Sequence[tuple[int, str]] = (), is_for_other: bool = False,
        by_mandate: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        offer(self, "place", places)
        if mandates:
            none = _now("None of these") if is_for_other else _now("The applicant is here")
            self.fields["mandate"].required = by_mandate
            offer(self, "mandate", mandates if by_mandate else [("", none), *mandates])
        else:
            del self.fields["mandate"]
            for name in ("agent_name", "agent_basis") if is_for_other else ():
                self.fields[name].required = True
        if by_mandate:
            # who comes, for whom and by which paper stands in the mandate
            self.fields["mandate"].widget = forms.HiddenInput()
            for name in ("agent_name", "agent_id", "agent_phone", "agent_basis"):
                del self.fields[name]
        if is_known:
            for name in ("name", "id_number"):
                del self.fields[name]
        for one in self.papers:
            self.fields[f"{BROUGHT}{one.key}"] = forms.BooleanField(
                label=words_of(one.words), required=False
            )

    def brought(self) -> frozenset[str]:
        """Return the keys of the papers that lie on the table."""
        said = self.cleaned_data
        return frozenset(one.key for one in self.papers if said.get(f"{BROUGHT}{one.key}"))


class CheckForm(Form):
    """Each paper: there, or missing with a word on what is wrong."""

    for_staff = True
    demands = ("offerings.check", "offerings.paper_photo")

    words = forms.CharField(
        label=_("A word to the applicant"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    expected_seq = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, papers: Sequence[Material], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = list(papers)
        for one in papers:
            self.fields[f"{BROUGHT}{one.key}"] = forms.BooleanField(
                label=words_of(one.words), required=False
            )
            self.fields[f"{NOTE}{one.key}"] = forms.CharField(
                label=_("What is wrong with it"), max_length=300, required=False
            )

    def lacking(self) -> dict[str, str]:
        """Return what is missing, with a word on each."""
        said = self.cleaned_data
        return {
            one.key: said.get(f"{NOTE}{one.key}", "")
            for one in self.papers
            if not said.get(f"{BROUGHT}{one.key}")
        }

    def lost(self, *, accepts: bool) -> dict[str, list[str]]:
        """Return what would be lost by going on: a fault noted on a paper that is ticked as there.

        To accept, every paper is ticked, also one whose photo was there before.
        """
        said, found = self.cleaned_data, {}
        for one in self.papers:
            box, note = f"{BROUGHT}{one.key}", f"{NOTE}{one.key}"
            if said.get(box) and said.get(note):
                found[note] = [_now("You ticked this paper as there. Untick it to tell what is wrong, or delete these words.")]  # fmt: skip
            elif accepts and not said.get(box):
                found[box] = [_now("Tick what is there, or tell what is missing.")]
        return found

    def brought(self) -> list[str]:
        """Return the keys of the papers that are there."""
        return [one.key for one in self.papers if self.cleaned_data.get(f"{BROUGHT}{one.key}")]


class DeliverForm(Form):
    """How the result was handed over, and what shows it."""

    for_staff = True
    demands = ("offerings.deliver",)

    way = forms.ChoiceField(
        label=_("How was it handed over?"), choices=DELIVERIES, widget=forms.RadioSelect
    )
    proof = forms.CharField(
        label=_("What shows it?"), max_length=120,
        help_text=_("Who signed for it, or the number of the parcel or of the certificate."),
    )  # fmt: skip


class RecordForm(Form):
    """On which ground a register of the city is asked about an applicant."""

    for_staff = True
    demands = ("offerings.ask_record",)

    ground = forms.ChoiceField(
        label=_("On which ground?"), widget=forms.RadioSelect, initial=AskedOn.LAW,
        choices=((AskedOn.LAW, _("The law lets the office look it up")), (AskedOn.CONSENT, _("The applicant agreed"))),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Which rule, or how they agreed"), max_length=200,
        help_text=_("They see it in their list of who read their data."),
    )  # fmt: skip


class RevealForm(Form):
    """Why somebody reads the number of an applicant."""

    for_staff = True
    demands = ("offerings.reveal",)

    reason = forms.CharField(label=_("Why do you need it?"), max_length=200)
