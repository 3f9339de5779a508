"""What was typed into a form, under the labels that the form had; what machines wrote is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from typing import Any

from django import forms as django_forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markupsafe import escape

from linli.ui.forms import Form, IdNumber

# Written by the page and not by a person.
_MACHINE = re.compile(
    r"expected_.*|csrfmiddlewaretoken|key|back|next|step|seq|version|part|parts|move|list_name|kept_again|draft|.*-(?:typed|meant)"
)
_TYPED = re.compile(r"[\u4e00-\u9fff]|\w\s+\w")
# Secrets are not shown again, whatever form asked for them.
_SECRET = re.compile(r".*(?:password|secret|totp|pin|code|card|number)|username|token")
Shown = list[tuple[str, str]]


def shown_fields(address: str, fields: Sequence[tuple[str, str]], form: Any = None) -> Shown:
    """Return (label, value) of what a person typed or chose, in the order of the form.

    `form` is the form that took it, where it is still there: it knows fields it made for itself.
    """
    return _shown(fields, _fields_known(address, fields, form))


def _shown(fields: Sequence[tuple[str, str]], known: dict[str, Any]) -> Shown:
    out = Shown()
    for name, value in fields:
        if not value.strip() or _MACHINE.fullmatch(name):
            continue
        field = known.get(name)
        if field is None:
            if label := _usual(name) or (_("Also typed") if _TYPED.search(value) else ""):
                out.append((label, value))
        elif not field.widget.is_hidden and (said := _chosen(field, value)):
            out.append((str(field.label or _usual(name) or _("Also typed")), said))
    return out


def lost_words(
    address: str, fields: Sequence[tuple[str, str]], shown: str, form: Any = None
) -> Shown:
    """Return (label, words) of what a person wrote of her own, words and figures, that a page does not show.

    No choices and no secrets; nor what stood in the form before she wrote.
    """
    known, body = _fields_known(address, fields, form), _unfolded(shown)
    written = [
        (name, value) for name, value in fields
        if not _SECRET.fullmatch(name) and _is_written(known.get(name))
        and not _stood_before(name, value, form) and not _is_shown(name, value, body)
        and _reads_alone(name, value, known.get(name))
    ]  # fmt: skip
    return _shown(written, known)


def _reads_alone(name: str, value: str, field: Any) -> bool:
    """Say whether a value tells something though no form names it: a number alone does not."""
    named = field is None or field.label != "" or _usual(name)
    return bool(named or _TYPED.search(value))


def _fields_known(address: str, sent: Sequence[tuple[str, str]], form: Any) -> dict[str, Any]:
    """The field of each name: of the form that took it, else of the form of the app that has them all."""
    names = {name for name, _value in sent if not _MACHINE.fullmatch(name)}
    near = sorted(_forms_near(address), key=lambda kind: -len(kind.base_fields))
    known = {
        name: field
        for kind in near
        if names <= set(kind.base_fields)
        for name, field in kind.base_fields.items()
    }
    if not known:
        # written by hand in a page, or with fields made on the way: no other form names them
        known = {name: _unnamed(field) for kind in near for name, field in kind.base_fields.items()}
    own = form.fields.items() if isinstance(form, Form) else ()
    return known | {form.add_prefix(name): field for name, field in own}


def _unnamed(field: Any) -> Any:
    """Return what a field takes, without the label that another form has for a field of this name."""
    bare = copy(field)
    bare.label = ""
    return bare


def _stood_before(name: str, value: str, form: Any) -> bool:
    if not isinstance(form, Form):
        return False
    bound = next((form[own] for own in form.fields if form.add_prefix(own) == name), None)
    return bound is not None and str(bound.initial or "") == value


def _is_shown(name: str, value: str, body: str) -> bool:
    """Say whether words stand on the page; a figure may stand anywhere, so its own field is asked."""
    words = _unfolded(str(escape(value)))
    if _TYPED.search(value):
        return words in body
    field = rf"<(?:input|textarea)\b[^>]*\bname=\"{re.escape(name)}\"[^>]*(?:>|\bvalue=\"){re.escape(words)}[\"<]"
    return re.search(field, body) is not None


def _unfolded(text: str) -> str:
    """Return a text in one line: browsers send other line ends than pages have."""
    return " ".join(text.split())


def _is_written(field: Any) -> bool:
    """Say whether a field takes free words or figures; what no form knows is judged by how it reads."""
    if field is None:
        return True
    is_own = isinstance(field, django_forms.CharField | django_forms.IntegerField)
    is_free = isinstance(
        field.widget, django_forms.TextInput | django_forms.NumberInput | django_forms.Textarea
    )
    return is_own and is_free and not isinstance(field, IdNumber)


def _usual(name: str) -> str:
    """The label of a field that pages write by hand."""
    return {
        "text": pgettext("form", "Text"), "reason": _("Reason"), "note": _("Note"), "title": _("Title"),
        "name": _("Name"), "phone": _("Telephone"), "address": _("Address"), "basis": _("Basis"),
    }.get(name, "")  # fmt: skip


def _chosen(field: Any, value: str) -> str:
    """The words of a choice instead of its code; nothing where only the page knew them."""
    flat: list[tuple[Any, Any]] = []
    for key, words in getattr(field, "choices", ()):
        flat += words if isinstance(words, list | tuple) else [(key, words)]
    is_code = isinstance(field, django_forms.ChoiceField) and not _TYPED.search(value)
    return next((str(words) for key, words in flat if str(key) == value), "" if is_code else value)


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
