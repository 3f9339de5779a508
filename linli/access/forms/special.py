"""What people type in an emergency, about requests on own data, and with a list of staff."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.access.states import KIND_WORDS
from linli.ui.forms import Form


class NoteForm(Form):
    """What the reviewer found."""

    for_staff = True
    demands = ("access.emergency",)

    justified = forms.ChoiceField(
        label=_("Was it justified?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class GlassForm(Form):
    """Emergency access: to what, where, and why."""

    for_staff = True
    demands = ("access.emergency",)

    permit = forms.ChoiceField(label=_("What do you need to do?"))
    place = forms.ChoiceField(label=_("At which place?"))
    ceiling = forms.TypedChoiceField(label=_("Up to which level?"), coerce=int)
    reason = forms.CharField(label=_("What happened?"), max_length=200)


class RequestForm(Form):
    """What a person asks about her own data."""

    for_residents = True
    resident_demands = ("access.own_data",)

    kind = forms.ChoiceField(
        label=_("What do you ask for?"),
        choices=list(KIND_WORDS.items()),
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Which data, and what about them?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    place = forms.CharField(label=_("Code or name of the village or community"), max_length=60)
    for_deceased = forms.CharField(
        label=_("Is it about a relative who died? Their name, and how you are related"),
        max_length=120,
        required=False,
    )


class AnswerForm(Form):
    """The answer to such a request."""

    for_staff = True
    demands = ("access.requests",)

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("What was done; or, if it is refused, the reason in the law."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
    outcome = forms.ChoiceField(
        label=_("How is it decided?"),
        choices=[
            ("answer", _("Done as asked")),
            ("refuse", _("Refused, whole or in part, with the reason")),
        ],
        widget=forms.RadioSelect,
    )


class ImportForm(Form):
    """A list of staff and posts."""

    for_operator = True
    demands = ("access.staff_list",)

    file = forms.FileField(
        label=_("The list, as xlsx or csv"),
        help_text=_(
            "Headings in the first row: 姓名, 村社区代码; besides 登录名, 手机, 单位, 职务, 岗位类别, 任职时间."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    place = forms.ChoiceField(label=_("For which place and below?"))
    how = forms.ChoiceField(
        label=_("Try or do?"),
        choices=[
            ("try", _("Try only: shows what would happen to each row")),
            ("do", _("Bring it in")),
        ],
        initial="try",
        widget=forms.RadioSelect,
    )
