"""What people type to sign in, and on the pages about their own way in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.access import rules
from linli.ui.forms import Form, Phone


def _secret(fill: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": fill})


class SignInForm(Form):
    """Name and password of staff."""

    for_staff = True
    demands = ("access.sign_in",)
    finds = ("username",)

    username = forms.CharField(
        label=_("Sign-in name or mobile number"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"), max_length=128, widget=_secret("current-password"), strip=False
    )
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)


class PhoneForm(Form):
    """The number to which a resident gets her code."""

    for_residents = True
    resident_demands = ("access.sign_in",)

    phone = Phone(
        label=_("Mobile number"),
        help_text=_("You get a text message with six digits. It costs you nothing."),
        widget=forms.TextInput(attrs={"autocomplete": "tel-national"}),
    )
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)

    def clean_phone(self) -> str:
        normal = rules.normal_phone(self.cleaned_data["phone"])
        if normal is None:
            raise forms.ValidationError(_("This is no mobile number."))
        return normal


class CodeForm(Form):
    """The six digits of a text message or of an authenticator app."""

    for_staff = True
    for_residents = True
    demands = ("access.sign_in",)
    resident_demands = ("access.sign_in",)

    code = forms.CharField(
        label=_("The six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


class RecoveryForm(Form):
    """One of the recovery codes that were printed."""

    for_staff = True
    demands = ("access.sign_in",)

    recovery = forms.CharField(
        label=_("Recovery code"),
        help_text=_("One of the ten that you printed, such as K7QM3-XRW2T. Each works once."),
        max_length=20,
    )


class NewPasswordForm(Form):
    """A first or new password, typed once: the page can show it."""

    for_staff = True
    demands = ("access.sign_in",)

    password = forms.CharField(
        label=_("New password"),
        help_text=_("Ten characters or more, letters mixed with digits or signs."),
        max_length=128,
        widget=_secret("new-password"),
        strip=False,
    )


class ChangePasswordForm(Form):
    """The password of today and the one from now on."""

    for_staff = True
    demands = ("access.sign_in",)

    old_password = forms.CharField(
        label=_("Password of today"),
        max_length=128,
        widget=_secret("current-password"),
        strip=False,
    )
    new_password = forms.CharField(
        label=_("New password"),
        help_text=_("Ten characters or more, letters mixed with digits or signs."),
        max_length=128,
        widget=_secret("new-password"),
        strip=False,
    )


class ConfirmForm(Form):
    """The password once more, before something grave."""

    for_staff = True
    demands = ("access.sign_in",)

    password = forms.CharField(
        label=_("Password"), max_length=128, widget=_secret("current-password"), strip=False
    )
    next = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)


class ForgotForm(Form):
    """Who cannot sign in, and how a colleague recognises her."""

    for_staff = True
    demands = ("access.reset",)
    finds = ("username",)

    username = forms.CharField(label=_("Sign-in name or mobile number"), max_length=60)
    reason = forms.CharField(
        label=_("What happened?"),
        help_text=_("Two colleagues read it before they approve, such as “new phone”."),
        max_length=200,
        required=False,
    )


class PinForm(Form):
    """A PIN for counter computers."""

    for_staff = True
    demands = ("access.sign_in",)

    pin = forms.CharField(
        label=_("New PIN"),
        help_text=_("Six digits, no run such as 123456 and no repetition such as 121212."),
        max_length=6,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ActForm(Form):
    """For whom one acts, and what she asked. `people` are those to choose from."""

    for_staff = True
    demands = ("access.act_for",)

    people: list[tuple[int, str]]

    person = forms.TypedChoiceField(label=_("For whom?"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What did they ask you to do?"),
        help_text=_("It is shown on every page and recorded; they can see it."),
        max_length=200,
    )
