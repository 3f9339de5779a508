"""One of many: a list that opens while it is short, else a field into which a part of the name is typed.

Without a script it works all the same: what can mean several things is asked once more, with these to tick.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from linli.ui.picking import meant

# a longer list is typed into and not scrolled through, as with places
LONG, MOST_FITS = 40, 12
MEANT, TYPED = "-meant", "-typed"


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let one of these (several, where the field takes them) be chosen in a field of a form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField), name
    field.choices = list(choices)


class Finding(forms.Select):
    """Takes what was typed, or what was ticked of the things that it can mean while it stands there unchanged."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        typed, ticked = data.get(name), data.get(f"{name}{MEANT}")
        return ticked if ticked and typed == data.get(f"{name}{TYPED}") else typed


class OneOfMany(forms.TypedChoiceField):
    """One of a list that may be long; cleaned as the base does it. `fits` are what was typed can mean."""

    widget = Finding
    default_error_messages = {
        "none_fits": _("Nothing in the list is called so. Write a part of the name, such as the office or the title."),
        "several_fit": _("Several in the list are called so: tick the one you mean, or write more of its name."),
        "many_fit": _("More than %(most)s in the list are called so. Write more of the name."),
    }  # fmt: skip

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.fits: list[tuple[str, str]] = []

    @property
    def is_long(self) -> bool:
        """Whether the list is too long to scroll through."""
        return len(self.named) > LONG

    @property
    def named(self) -> list[tuple[str, str]]:
        """Key and name of each, without the words for none; of those of one name the key stands behind it."""
        choices: Any = self.choices
        found = [(str(key), str(words)) for key, words in choices if key not in ("", None)]
        names = Counter(words for _key, words in found)
        return [(key, words if names[words] == 1 else f"{words} #{key}") for key, words in found]

    def to_python(self, value: Any) -> str:
        """Return the key that is meant. Raises ValidationError where none or several are."""
        typed = " ".join(str(super().to_python(value)).split())
        if not typed or not self.is_long:
            return typed
        named = self.named
        keys = meant(named, typed)
        if len(keys) == 1:
            return keys[0]
        if len(keys) > MOST_FITS:
            raise self._fault("many_fit")
        self.fits = [one for one in named if one[0] in keys]
        raise self._fault("several_fit" if keys else "none_fits")

    def _fault(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params={"most": MOST_FITS})

    def shown(self, value: Any) -> str:
        """Return the name of what was chosen before or ticked; what else was typed as it is."""
        typed = "" if value is None else str(value)
        return dict(self.named).get(typed.removeprefix("#") if self.is_ticked(value) else "", typed)

    def is_ticked(self, value: Any) -> bool:
        """Whether a value is a key: as the form had it first, or ticked of what fits."""
        return not isinstance(value, str) or value.startswith("#")
