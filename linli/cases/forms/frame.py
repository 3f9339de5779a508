"""What forms share by which staff open cases and take their steps: papers, lines, choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.cases.engine.saying import MOST_SIGNS
from linli.files.types import ATTACHMENT, MOST_UPLOADS
from linli.ui.forms import Form
from linli.ui.uploads import Uploads

Choices = Sequence[tuple[str, Any]]
ACCEPT = ",".join(sorted(kind.mime for kind in ATTACHMENT.kinds))


def _how_many() -> str:
    """What fits, in the language of whoever reads it: forms are made before anybody does."""
    return _now("Up to %(most)s files: photos, PDF, Word, Excel.") % {"most": MOST_UPLOADS}


class Papers(Uploads):
    """Papers, which the files service examines one by one."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Papers and photos that came along"),
            help_text=lazy(_how_many, str)(),
            accept=ACCEPT,
        )


def area(
    label: Any,
    *,
    rows: int = 5,
    help_text: Any = "",
    required: bool = True,
    most: int = MOST_SIGNS,
) -> forms.CharField:
    """Return a field for several lines that are kept, at most `most` characters."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def line(label: Any, most: int, *, help_text: Any = "", required: bool = True) -> forms.CharField:
    """Return a field for one line."""
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=most)


def company_fields() -> tuple[forms.ChoiceField, forms.CharField]:
    """Return the fields that name a property company: of the register, or in words."""
    in_register = forms.ChoiceField(
        label=_("Property company in the register"), required=False,
        help_text=_("Choose it here if it works with this system; otherwise write its name below."),
    )  # fmt: skip
    return in_register, line(_("Which property company, and which estate?"), 80)


def about_field() -> forms.ChoiceField:
    """Return the field that names the post whose conduct it is about; such posts are its choices."""
    return forms.ChoiceField(
        label=_("Whose conduct is it about?"), required=False,
        help_text=_("Whoever holds this post never sees the case."),
    )  # fmt: skip


def _nothing_yet(field: forms.ChoiceField, options: Choices) -> Choices:
    """Where one of several offices must be named, none is named beforehand."""
    is_list = type(field.widget) is forms.Select
    return [("", "—")] if is_list and field.required and len(options) > 1 else []


class OpeningForm(Form):
    """A case that the office opens. `choices` fill its fields of choice by name."""

    is_base = True
    for_staff = True
    demands: tuple[str, ...] = ("cases.paper",)

    # codes of papers that are here already, see views.papers_kept
    kept = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, choices: Mapping[str, Choices] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (choices or {}).items():
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = [*_nothing_yet(field, options), *options]
                if not options:
                    del self.fields[name]
