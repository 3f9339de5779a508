"""What people type on the pages of the register."""

from __future__ import annotations

from linli.people.forms.fields import place_options
from linli.people.forms.homes import (
    DeclarationForm,
    DwellingEditForm,
    DwellingForm,
    HouseholdForm,
    MemberForm,
    PartyForm,
)
from linli.people.forms.papers import EntryForm, RollForm, UploadForm
from linli.people.forms.person import (
    ContactForm,
    CopyForm,
    DocumentForm,
    EraseForm,
    FactsForm,
    LeaveForm,
    LivesForm,
    LookUpForm,
    PersonForm,
    StayEditForm,
    StayForm,
)

__all__ = [
    "place_options",
    "HouseholdForm",
    "MemberForm",
    "DwellingEditForm",
    "DwellingForm",
    "DeclarationForm",
    "PartyForm",
    "RollForm",
    "EntryForm",
    "UploadForm",
    "PersonForm",
    "FactsForm",
    "StayEditForm",
    "StayForm",
    "LeaveForm",
    "LivesForm",
    "DocumentForm",
    "EraseForm",
    "ContactForm",
    "CopyForm",
    "LookUpForm",
]
