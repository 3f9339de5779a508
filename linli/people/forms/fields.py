"""What the forms of the register have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.dates import Lean
from linli.people.queries.scopes import Node
from linli.ui.formats import is_chinese
from linli.ui.forms import DateText, Form

EMPTY = ("", _("not stated"))


def choices(words: Mapping[Any, Any], *, empty: Any = None) -> list[tuple[str, Any]]:
    """Return words of the register as options."""
    first = [("", empty)] if empty is not None else []
    return [*first, *((str(getattr(key, "value", key)), title) for key, title in words.items())]


def place_options(nodes: Iterable[Node]) -> list[tuple[str, str]]:
    """Return places as options by code, those below a town indented."""
    chinese = is_chinese()
    return [
        (
            n.code,
            "\u3000" * max(0, n.path.count("/") - 2)
            + (n.name if chinese or not n.name_en else n.name_en),
        )
        for n in nodes
    ]


def text(label: Any, longest: int = 200, *, needed: bool = False, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=needed, **more)


def choice(label: Any, options: list[tuple[str, Any]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=options, **more)


def day(label: Any, **more: Any) -> DateText:
    return DateText(label=label, required=False, lean=more.pop("lean", Lean.PAST), **more)


class PlaceForm(Form):
    """A form that asks for a place among those where the actor may act; without any it does not ask."""

    is_base = True
    for_staff = True

    def __init__(self, *args: Any, places: Iterable[Node] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = place_options(places)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = options
        if not options:
            del self.fields["place"]
