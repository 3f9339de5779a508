"""What people type to look after accounts, rights and requests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.access.states import KIND_WORDS
from linli.kernel.dates import Lean
from linli.ui.forms import DateText, Form, Phone


class BadgeForm(Form):
    """The number that a badge reader types."""

    badge = forms.CharField(
        label=_("Badge"),
        help_text=_("Put the cursor here and hold the badge to the reader. Empty unties it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DeviceForm(Form):
    """Where the computer at hand stands, and how long it may rest."""

    name = forms.CharField(
        label=_("What is this computer called?"),
        help_text=_("Such as “Counter 2”."),
        max_length=60,
    )
    place = forms.ChoiceField(label=_("Where is this computer?"))
    idle = forms.IntegerField(
        label=_("After how many minutes without a touch does it lock?"),
        min_value=1,
        max_value=15,
        initial=5,
    )


class AccountForm(Form):
    """A staff account."""

    display_name = forms.CharField(label=_("Name of the person"), max_length=60)
    username = forms.CharField(
        label=_("Sign-in name"),
        help_text=_("Small letters, digits, dot and dash, 3 to 40, beginning with a letter."),
        max_length=40,
    )
    unit = forms.CharField(label=_("Unit"), max_length=120, required=False)
    place = forms.ChoiceField(label=_("Place"))
    phone = Phone(
        label=_("Mobile number"),
        help_text=_("Kept sealed. She can sign in with it instead of the name."),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("zh-hans", "中文"), ("en", "English")]
    )


class ReasonForm(Form):
    """Why something is done; it stands in the trail."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class NoteForm(Form):
    """What the reviewer found."""

    justified = forms.ChoiceField(
        label=_("Was it justified?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class RightForm(Form):
    """A right to be given to a post, a kind of post or an account."""

    subject = forms.ChoiceField(label=_("To whom?"))
    template = forms.ChoiceField(label=_("Which rights?"), required=False)
    permit = forms.ChoiceField(label=_("Or a single permit"), required=False)
    place = forms.ChoiceField(label=_("At which place and below?"))
    ceiling = forms.TypedChoiceField(label=_("Up to which level?"), coerce=int)
    ends_on = DateText(label=_("Last day"), required=False, lean=Lean.FUTURE)
    purpose = forms.CharField(
        label=_("What for?"),
        help_text=_("Needed from level 6 on. It stands beside everything done by this right."),
        max_length=200,
        required=False,
    )


class TieForm(Form):
    """Which person of the register an account belongs to."""

    person = forms.TypedChoiceField(
        label=_("Whose account is it?"), coerce=int, widget=forms.RadioSelect
    )


class MandateForm(Form):
    """For whom a resident may act, by which paper, until when."""

    principal = forms.TypedChoiceField(
        label=_("For whom may she act?"), coerce=int, widget=forms.RadioSelect
    )
    basis = forms.CharField(
        label=_("Which paper was shown?"),
        help_text=_("Such as “mandate of 24 November 2026, household register”."),
        max_length=200,
    )
    until = DateText(label=_("Last day"), lean=Lean.FUTURE)


class DeputyForm(Form):
    """Who stands in for a post, and when."""

    post = forms.ChoiceField(label=_("For which post?"))
    account = forms.CharField(
        label=_("Who stands in?"), help_text=_("Her sign-in name."), max_length=60
    )
    starts_on = DateText(label=_("First day"))
    ends_on = DateText(label=_("Last day"), lean=Lean.FUTURE)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class TokenForm(Form):
    """A key for a program."""

    name = forms.CharField(label=_("What is it for?"), max_length=80)
    post = forms.ChoiceField(label=_("By which post?"), required=False)
    place = forms.ChoiceField(label=_("At which place?"))
    permits = forms.MultipleChoiceField(
        label=_("What may it do?"), widget=forms.CheckboxSelectMultiple
    )
    ends_on = DateText(label=_("Last day"), lean=Lean.FUTURE)
    system = forms.CharField(
        label=_("Name of the other system"),
        help_text=_("Empty if it is a program of your own."),
        max_length=80,
        required=False,
    )


class GlassForm(Form):
    """Emergency access: to what, where, and why."""

    permit = forms.ChoiceField(label=_("What do you need to do?"))
    place = forms.ChoiceField(label=_("At which place?"))
    ceiling = forms.TypedChoiceField(label=_("Up to which level?"), coerce=int)
    reason = forms.CharField(label=_("What happened?"), max_length=200)


class RequestForm(Form):
    """What a person asks about her own data."""

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
        label=_("Is it about a relative who died? Her name, and how you are related"),
        max_length=120,
        required=False,
    )


class AnswerForm(Form):
    """The answer to such a request."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("What was done; or, if it is refused, the reason in the law."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
    outcome = forms.ChoiceField(
        label=_("How is it decided?"),
        choices=[("answer", _("Done as asked")), ("refuse", _("Refused, with the reason"))],
        widget=forms.RadioSelect,
    )


class ImportForm(Form):
    """A list of staff and posts."""

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


def with_choices(form: Form, **choices: list[tuple[Any, Any]]) -> Form:
    """Fill the choices of a form that depend on who is asking."""
    for name, options in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField), name
        field.choices = options
    return form
