"""What was typed into a form, under the labels that the form had; what machines wrote is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms as django_forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.ui.forms import Form, IdNumber

# Written by the page and not by a person.
_MACHINE = re.compile(
    r"expected_.*|csrfmiddlewaretoken|key|back|next|step|seq|version|part|parts|move|list_name|kept_again|draft"
)
_TYPED = re.compile(r"[\u4e00-\u9fff]|\w\s+\w")
# Secrets are not shown again, whatever form asked for them.
_SECRET = re.compile(r".*(?:password|secret|totp|pin|code|card|number)|username|token")
Shown = list[tuple[str, str]]


def shown_fields(address: str, fields: Sequence[tuple[str, str]]) -> Shown:
    """Return (label, value) of what a person typed or chose, in the order of the form."""
    names = {name for name, _value in fields}
    forms = sorted(_forms_near(address), key=lambda form: -len(names & set(form.base_fields)))
    out: Shown = []
    for name, value in fields:
        if not value.strip() or _MACHINE.fullmatch(name):
            continue
        field = next((form.base_fields[name] for form in forms if name in form.base_fields), None)
        if field is None:
            if label := _usual(name) or (_("Also typed") if _TYPED.search(value) else ""):
                out.append((label, value))
        elif not field.widget.is_hidden:
            out.append((str(field.label or _usual(name) or _("Also typed")), _chosen(field, value)))
    return out


def own_words(address: str, fields: Sequence[tuple[str, str]]) -> Shown:
    """Return (label, words) of what a person wrote in words of her own: no choices and no secrets."""
    names = {name for name, _value in fields}
    forms = sorted(_forms_near(address), key=lambda form: -len(names & set(form.base_fields)))
    written = [
        (name, value) for name, value in fields
        if not _SECRET.fullmatch(name)
        and _is_in_words(next((f.base_fields[name] for f in forms if name in f.base_fields), None))
    ]  # fmt: skip
    return shown_fields(address, written)


def _is_in_words(field: Any) -> bool:
    """Say whether a field takes free words; what no form knows is judged by how it reads."""
    if field is None:
        return True
    is_words = isinstance(field, django_forms.CharField) and not isinstance(field, IdNumber)
    return is_words and isinstance(field.widget, (django_forms.TextInput, django_forms.Textarea))


def _usual(name: str) -> str:
    """The label of a field that pages write by hand."""
    return {
        "text": pgettext("form", "Text"), "reason": _("Reason"), "note": _("Note"), "title": _("Title"),
        "name": _("Name"), "phone": _("Telephone"), "address": _("Address"), "basis": _("Basis"),
    }.get(name, "")  # fmt: skip


def _chosen(field: Any, value: str) -> str:
    """The words of a choice instead of its code."""
    flat: list[tuple[Any, Any]] = []
    for key, words in getattr(field, "choices", ()):
        flat += words if isinstance(words, list | tuple) else [(key, words)]
    return next((str(words) for key, words in flat if str(key) == value), value)


def _forms_near(address: str) -> Iterator[type[Form]]:
    """The forms of the app that answers at an address."""
    try:
        module = resolve(address.partition("?")[0]).func.__module__
    except Resolver404:
        return
    app = ".".join(module.split(".")[:2]) + "."
    yield from (form for form in _below(Form) if form.__module__.startswith(app))


def _below(form: type[Form]) -> Iterator[type[Form]]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)
