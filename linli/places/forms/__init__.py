"""What people type about places."""

from linli.places.forms.cells import CellsForm
from linli.places.forms.changing import (
    CategoryForm,
    DecreeForm,
    MergeForm,
    MoveForm,
    NameForm,
    SettlementForm,
    SplitForm,
)
from linli.places.forms.parts import PartForm, PartsListForm
from linli.places.forms.then import ThenForm

__all__ = [
    "CategoryForm",
    "CellsForm",
    "DecreeForm",
    "MergeForm",
    "MoveForm",
    "NameForm",
    "PartForm",
    "PartsListForm",
    "SettlementForm",
    "SplitForm",
    "ThenForm",
]
