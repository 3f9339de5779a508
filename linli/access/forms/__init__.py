"""What people type on the pages of access."""

from linli.access.forms.giving import fill_right, places_to_give, right_meant
from linli.access.forms.own import (
    ActForm,
    ChangePasswordForm,
    CodeForm,
    ConfirmForm,
    ForgotForm,
    NewPasswordForm,
    PhoneForm,
    PinForm,
    RecoveryForm,
    SignInForm,
)
from linli.access.forms.special import AnswerForm, GlassForm, ImportForm, NoteForm, RequestForm
from linli.access.forms.work import (
    AccountForm,
    BadgeForm,
    DeputyForm,
    DeviceForm,
    MandateForm,
    ReasonForm,
    RightForm,
    TieForm,
    TokenForm,
    with_choices,
)

__all__ = [
    "AccountForm",
    "ActForm",
    "AnswerForm",
    "BadgeForm",
    "ChangePasswordForm",
    "CodeForm",
    "ConfirmForm",
    "DeputyForm",
    "MandateForm",
    "TieForm",
    "DeviceForm",
    "ForgotForm",
    "GlassForm",
    "ImportForm",
    "NewPasswordForm",
    "NoteForm",
    "PhoneForm",
    "PinForm",
    "ReasonForm",
    "RecoveryForm",
    "RequestForm",
    "RightForm",
    "SignInForm",
    "TokenForm",
    "fill_right",
    "places_to_give",
    "right_meant",
    "with_choices",
]
