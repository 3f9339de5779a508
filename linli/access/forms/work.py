"""What people type to look after accounts, rights and requests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.ui.forms import DateText, Form, Phone


class BadgeForm(Form):
    """The number that a badge reader types."""

    for_operator = True
    demands = ("access.accounts",)

    badge = forms.CharField(
        label=_("Badge"),
        help_text=_("Put the cursor here and hold the badge to the reader. Empty unties it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DeviceForm(Form):
    """Where the computer at hand stands, and how long it may rest."""

    for_operator = True
    demands = ("access.accounts",)
    enters = {"name": "access.device.name"}
    not_counted = {"idle": "a limit in minutes, no total"}

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

    for_operator = True
    demands = ("access.accounts", "access.unit")
    enters = {
        "display_name": "access.account.name",
        "username": "access.account.username",
        "phone": "access.account.phone",
    }
    asks_again = {"unit": "many work for bodies that stand in no register here"}

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
        help_text=_("Kept sealed. It can be used to sign in instead of the name."),
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("zh-hans", "中文"), ("en", "English")]
    )


class ReasonForm(Form):
    """Why something is done; it stands in the trail."""

    for_operator = True
    demands = ("access.accounts",)

    reason = forms.CharField(label=_("Reason"), max_length=200)


class AskForm(ReasonForm):
    """What a second person is asked about an account that runs, secures or checks the system."""

    what = forms.ChoiceField(label=_("What shall be done?"), widget=forms.RadioSelect)
    field_order = ("what", "reason")


class RightForm(Form):
    """A right to be given to a post, a kind of post or an account."""

    for_operator = True
    demands = ("access.accounts",)

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

    for_staff = True
    demands = ("access.residents",)

    person = forms.TypedChoiceField(
        label=_("Whose account is it?"), coerce=int, widget=forms.RadioSelect
    )
    takes_over = forms.BooleanField(
        label=_("They have an account at an old number: it goes on with this number"),
        help_text=_("Everything they have stays. Whoever has the old number is signed out."),
        required=False,
    )


class HolderForm(Form):
    """Which account whoever holds a post signs in with."""

    for_staff = True
    demands = ("access.accounts",)

    account = forms.TypedChoiceField(
        label=_("Which account does the holder use?"), coerce=int, widget=forms.RadioSelect
    )


class MandateForm(Form):
    """For whom a resident may act, by which paper, until when."""

    for_staff = True
    demands = ("access.residents",)

    principal = forms.TypedChoiceField(
        label=_("Who may they act for?"), coerce=int, widget=forms.RadioSelect
    )
    basis = forms.CharField(
        label=_("Which paper was shown?"),
        help_text=_("Such as “mandate of 24 November 2026, household register”."),
        max_length=200,
    )
    until = DateText(label=_("Last day"), lean=Lean.FUTURE)


class DeputyForm(Form):
    """Who stands in for a post, and when."""

    for_staff = True
    demands = ("access.deputies",)
    finds = ("account",)

    post = forms.ChoiceField(label=_("For which post?"))
    account = forms.CharField(
        label=_("Who stands in?"), help_text=_("The deputy's sign-in name."), max_length=60
    )
    starts_on = DateText(label=_("First day"))
    ends_on = DateText(label=_("Last day"), lean=Lean.FUTURE)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class TokenForm(Form):
    """A key for a program."""

    for_operator = True
    demands = ("access.accounts",)
    enters = {"name": "access.token.name"}

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


def with_choices(form: Form, **choices: list[tuple[Any, Any]]) -> Form:
    """Fill the choices of a form that depend on who is asking."""
    for name, options in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField), name
        field.choices = options
    return form
