"""Tables of access, by what they are about."""

from linli.access.models.accounts import Account, Deputy, Mandate
from linli.access.models.counter import CounterDevice, CounterPresence
from linli.access.models.requests import DataRequest, RightsList, StaffImport
from linli.access.models.rights import ApiToken, GivenRight
from linli.access.models.signing_in import (
    KeptForm,
    OneTimeLink,
    ResetRequest,
    SignIn,
    SignInCode,
    TotpSecret,
)

__all__ = [
    "Account",
    "ApiToken",
    "CounterDevice",
    "CounterPresence",
    "DataRequest",
    "Deputy",
    "GivenRight",
    "KeptForm",
    "Mandate",
    "OneTimeLink",
    "ResetRequest",
    "RightsList",
    "SignIn",
    "SignInCode",
    "StaffImport",
    "TotpSecret",
]
