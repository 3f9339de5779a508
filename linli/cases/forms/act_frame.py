"""What every form of an act on a case shares: the state that was looked at, words, files."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms

from linli.cases.forms.frame import area
from linli.files.types import ATTACHMENT
from linli.ui.forms import Form

MOST_FILES = 9
ACCEPT = ",".join(sorted(kind.mime for kind in ATTACHMENT.kinds))


# a field for words that are kept
words = partial(area, rows=3)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files in one field, cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(Files, self).clean(one, initial) for one in given[:MOST_FILES]]


class ActForm(Form):
    """Whatever is done says which state of the case the person looked at."""

    is_base = True
    for_staff = True
    demands: tuple[str, ...] = ("cases.work",)

    expected_seq = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def written(self) -> list[tuple[str, str]]:
        """Return (question, words) of what was typed in own words, to be copied elsewhere."""
        found = [(bound.label, bound.data) for bound in self if _is_in_words(bound.field)]
        return [(str(label), str(said)) for label, said in found if said and str(said).strip()]


def _is_in_words(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not field.widget.is_hidden
