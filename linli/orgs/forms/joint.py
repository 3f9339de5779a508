"""Forms on joint meetings of resident units and their three lists. Level 6."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.orgs.forms.posts import Option
from linli.orgs.forms.register import EditionForm, StaffForm
from linli.orgs.types import EntryState, ListKind, choices
from linli.ui.forms import DateText


class MeetingForm(StaffForm):
    """A joint meeting."""

    demands = ("orgs.party",)
    enters = {"name": "orgs.joint_meeting.name"}

    name = forms.CharField(label=_("Name of the joint meeting"), max_length=120)
    since = DateText(label=_("Since which day?"))


class MeetingChangeForm(MeetingForm):
    """What a joint meeting is called, and its end."""

    since = None  # type: ignore[assignment]
    until = DateText(
        label=_("Ends from which day on?"),
        help_text=_("Leave it empty while the meeting stands; no day after today."),
        required=False,
    )


class UnitForm(StaffForm):
    """A resident unit that takes part: a body of the register, or known by its name alone."""

    demands = ("orgs.party",)
    enters = {"unit_name": "orgs.joint_member.unit_name"}

    unit_name = forms.CharField(
        label=_("Name of the unit"),
        help_text=_("Left empty, it is called as in the register."),
        max_length=120,
        required=False,
    )
    organisation = forms.ChoiceField(label=_("Which body of the register is it?"), required=False)

    def __init__(self, *args: Any, organisations: list[Option], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organisation"].choices = [("", _("None")), *organisations]  # type: ignore[attr-defined]


class LineWordsForm(StaffForm):
    """What a line of one of the three lists says."""

    demands = ("orgs.party",)

    title = forms.CharField(label=_("What is it?"), max_length=120)
    detail = forms.CharField(label=_("Details"), max_length=500, required=False)
    member = forms.ChoiceField(label=_("Of which unit?"), required=False)
    need = forms.ChoiceField(label=_("Which need does the project meet?"), required=False)
    resource = forms.ChoiceField(label=_("With which resource?"), required=False)
    due_on = DateText(label=_("By when?"), required=False)

    def __init__(self, *args: Any, lists: dict[str, list[Option]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("member", "need", "resource"):
            self.fields[name].choices = [("", _("None")), *lists[name]]  # type: ignore[attr-defined]


class LineForm(LineWordsForm):
    """A new line of one of the three lists."""

    kind = forms.ChoiceField(label=_("On which list?"), choices=choices(ListKind))
    field_order = ("kind",)


class LineCorrectForm(LineWordsForm, EditionForm):
    """A line that is put right, and where it stands."""

    state = forms.ChoiceField(label=_("Where does it stand?"), choices=choices(EntryState))


class LineStateForm(EditionForm):
    """Where a line stands."""

    demands = ("orgs.party",)

    state = forms.ChoiceField(label=_("Where does it stand?"), choices=choices(EntryState))
