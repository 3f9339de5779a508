"""Parts of a case: a row of fields for each, as many rows as are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.act_frame import ActForm
from linli.cases.types.splitting import LEAST_PARTS, MOST_PARTS, PartWanted

ROWS = 3
TITLE = 60
Choices = Sequence[tuple[str, str]]


class SplitForm(ActForm):
    """What a case is split into; `offers` are the choices of category, post and photos."""

    not_counted = {"rows": "how many rows the page shows"}

    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=LEAST_PARTS, max_value=MOST_PARTS)

    def __init__(
        self, *args: Any, offers: Mapping[str, Choices] | None = None, count: int = ROWS, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.count = min(max(count, LEAST_PARTS), MOST_PARTS)
        for number in range(1, self.count + 1):
            self.fields |= _fields_of(number, offers or {})

    @property
    def parts(self) -> list[tuple[int, list[BoundField]]]:
        """The rows as the page draws them: their number and their fields."""
        return [
            (number, [bound for bound in self if bound.name.endswith(f"-{number}")])
            for number in range(1, self.count + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the title of each row in which something was chosen, and for two of them at least."""
        given: dict[str, Any] = super().clean() or {}
        rows = range(1, self.count + 1)
        for number in rows:
            chosen = any(given.get(f"{name}-{number}") for name in ("category", "post", "photos"))
            if chosen and not given.get(f"title-{number}") and f"title-{number}" not in self.errors:
                self.add_error(f"title-{number}", _("Say what this part is."))
        titles = [number for number in rows if given.get(f"title-{number}")]
        if len(titles) < LEAST_PARTS and not self.errors:
            self.add_error(f"title-{LEAST_PARTS}", _("Name at least two parts."))
        return given

    def wanted(self) -> list[PartWanted]:
        """Return the rows that have a title, as they are asked for."""
        said = self.cleaned_data
        return [
            PartWanted(
                title=said[f"title-{number}"],
                category_id=_id(said.get(f"category-{number}")),
                post_id=_id(said.get(f"post-{number}")),
                is_required=said[f"required-{number}"],
                photos=tuple(said.get(f"photos-{number}") or ()),
            )
            for number in range(1, self.count + 1)
            if said.get(f"title-{number}")
        ]


def _id(chosen: str | None) -> int | None:
    return int(chosen) if chosen else None


def _fields_of(number: int, offers: Mapping[str, Choices]) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "title": forms.CharField(
            label=_("What is this part?"), max_length=TITLE, required=number <= LEAST_PARTS
        ),
        "category": forms.ChoiceField(
            label=_("Category"), required=False,
            choices=[("", _("as the whole")), *offers.get("category", ())],
        ),
        "post": forms.ChoiceField(
            label=_("Which post?"), required=False,
            choices=[("", _("as the rules say")), *offers.get("post", ())],
        ),
        "photos": forms.MultipleChoiceField(
            label=_("Photos that belong to it"), required=False,
            choices=list(offers.get("photos", ())), widget=forms.CheckboxSelectMultiple,
        ),
        "required": forms.BooleanField(
            label=_("The whole waits until it is done"), required=False, initial=True
        ),
    }  # fmt: skip
    if not offers.get("photos"):
        del fields["photos"]
    return {f"{name}-{number}": field for name, field in fields.items()}
