"""Forms on posts and their holders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.orgs.forms.register import EditionForm, OfficePhone, StaffForm
from linli.orgs.queries import posts
from linli.orgs.rules.register import may_end_without_sheet
from linli.orgs.types import (
    Appointment,
    Arrival,
    EndReason,
    PostDetails,
    choices,
)
from linli.ui.formats import is_chinese
from linli.ui.forms import DateText

ITEM_ROWS = 8
Option = tuple[str, Any]
# nothing is written of somebody that whoever types has not chosen
CHOOSE: Option = ("", _("Choose"))


class PostForm(StaffForm):
    """What a post is."""

    enters = {"office_phone": "orgs.post.office_phone"}
    not_counted = {
        "seats": "how many the charter or the law allows: a limit, no total",
        "rank": "the place in a list",
    }

    title = forms.CharField(label=_("Title of the post"), max_length=60)
    title_en = forms.CharField(label=_("English title"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("What kind of post is it?"),
        help_text=_("Rights hang on the kind: the security administrator changes it."),
    )
    duties = forms.CharField(
        label=_("What is it responsible for?"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    office_phone = OfficePhone(
        label=_("Office phone"), help_text=_("The office's number, never a private one."),
        required=False,
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("How many seats?"), help_text=_("Leave it empty if the number is not fixed."),
        min_value=1, max_value=999, required=False,
    )  # fmt: skip
    rank = forms.IntegerField(
        label=_("Place in the list"), help_text=_("Smaller numbers stand first."),
        min_value=0, max_value=9999, initial=100,
    )  # fmt: skip
    above_id = forms.ChoiceField(
        label=_("Which post stands above it?"),
        help_text=_("A vacant post falls to its deputy, then to the post above."),
        required=False,
    )
    deputy_id = forms.ChoiceField(label=_("Which post is its deputy?"), required=False)
    is_public = forms.BooleanField(
        label=_("Show the post, its holder and the office phone to everybody"), required=False
    )

    def __init__(
        self,
        *args: Any,
        above: Sequence[Option] = (),
        own: Sequence[Option] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        kinds = [(k.code, k.name if is_chinese() else k.name_en) for k in posts.post_kinds()]
        self.fields["kind"].choices = [CHOOSE, *kinds]  # type: ignore[attr-defined]
        self.fields["above_id"].choices = [("", _("None")), *above]  # type: ignore[attr-defined]
        self.fields["deputy_id"].choices = [("", _("None")), *own]  # type: ignore[attr-defined]

    @property
    def details(self) -> PostDetails:
        """Return what was typed, for the service."""
        data = {name: self.cleaned_data[name] for name in PostDetails.__slots__}
        for name in ("above_id", "deputy_id"):
            data[name] = int(data[name]) if data[name] else None
        return PostDetails(**data)


class PostChangeForm(PostForm, EditionForm):
    """Another description of a post."""

    def close_all_but(self, names: Collection[str]) -> None:
        """Show what the post is otherwise, to read and not to change."""
        for name, field in self.fields.items():
            field.disabled = name not in names


class ReopeningForm(StaffForm):
    """Why a post that was closed is needed after all."""

    reason = forms.CharField(
        label=_("Why is it opened again?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AppointmentForm(StaffForm):
    """Who takes a post."""

    enters = {"holder_name": "orgs.holding.holder_name"}
    not_counted = {"person_id": "the number of an entry"}

    holder_name = forms.CharField(label=_("Who takes the post?"), max_length=60)
    since = DateText(label=_("Since which day?"))
    came_by = forms.ChoiceField(
        label=_("How did they come to it?"), choices=[CHOOSE, *choices(Arrival)]
    )
    expected_until = DateText(label=_("Until when does the term run?"), required=False)
    is_full_time = forms.BooleanField(label=_("Full time"), required=False, initial=True)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    person_id = forms.IntegerField(
        label=_("Number of the entry in the register of people"),
        help_text=_("Only if this person is in the register."),
        required=False,
        min_value=1,
    )

    @property
    def appointment(self) -> Appointment:
        """Return what was typed, for the service."""
        return Appointment(**{name: self.cleaned_data[name] for name in Appointment.__slots__})


class HoldingCorrectionForm(AppointmentForm, EditionForm):
    """Mend what is on record of a holding."""


class LeavingForm(StaffForm):
    """Who leaves a post, to whom, before whom, and what goes over."""

    demands = ("orgs.handover", "orgs.handover_lines")
    enters = {
        "receiver_name": "orgs.handover.receiver_name",
        "watcher_name": "orgs.handover.watcher_name",
    }

    reason = forms.ChoiceField(
        label=_("Why does the holder leave?"), choices=[CHOOSE, *choices(EndReason)]
    )
    receiver_name = forms.CharField(label=_("Who takes over?"), max_length=60)
    watcher_name = forms.CharField(
        label=_("Who watches over the hand-over?"),
        help_text=_("After an election: somebody of the town, chaired by the election committee."),
        max_length=60,
    )
    items = forms.CharField(
        label=_("What is handed over?"),
        help_text=_(
            "One thing a line: kind, what, how many, parted by commas. For example: seals, seal of the committee, 1."
        ),
        widget=forms.Textarea(attrs={"rows": ITEM_ROWS}),
        max_length=4000,
    )
    note = forms.CharField(
        label=_("Matters still open"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def clean_items(self) -> tuple[dict[str, str], ...]:
        lines = [line.strip() for line in self.cleaned_data["items"].splitlines() if line.strip()]
        return tuple(_item(line) for line in lines)


def _item(line: str) -> dict[str, str]:
    for sign in "|，,、\t；;":
        line = line.replace(sign, "|")
    parts = [part.strip() for part in line.split("|", 2)]
    if len(parts) == 1:
        return {"kind": "", "text": parts[0], "count": ""}
    return {"kind": parts[0], "text": parts[1], "count": parts[2] if len(parts) > 2 else ""}


class SignForm(StaffForm):
    """The three signatures are on the paper."""

    demands = ("orgs.handover",)

    signed_on = DateText(label=_("On which day was it signed?"))
    all_signed = forms.BooleanField(label=_("All three signed the sheet"))


class WithdrawForm(StaffForm):
    """The holder stays after all."""

    demands = ("orgs.handover",)

    note = forms.CharField(label=_("Why is the sheet withdrawn?"), max_length=500)


class EndAtOnceForm(StaffForm):
    """The end of a holding that nobody can sign for."""

    reason = forms.ChoiceField(
        label=_("What happened?"),
        choices=[CHOOSE, *(c for c in choices(EndReason) if may_end_without_sheet(c[0]))],
    )
    on = DateText(label=_("On which day?"))
