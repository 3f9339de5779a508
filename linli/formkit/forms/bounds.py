"""Bounds and compared values, typed as the answers themselves are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate

from linli.formkit.queries import told_fault
from linli.formkit.rules.cells import Unreadable, read_cell
from linli.formkit.rules.typing_back import texts_of
from linli.formkit.types import Field, Kind

TODAY = ("today", "今天")


def as_typed(one: Field) -> Field:
    """Return a field as what it is read like: a computed one as its result, without bounds."""
    kind = one.result if one.kind is Kind.COMPUTED else one.kind
    return replace(one, kind=kind, least=None, most=None, longest=0)


def bound_text(one: Field, bound: Any) -> str:
    """Return a bound as people write it."""
    if bound is None:
        return ""
    return str(bound) if isinstance(bound, str) else texts_of(as_typed(one), bound)[0]


def read_bound(one: Field, text: str) -> tuple[Any, str]:
    """Return a bound and what is wrong with it."""
    clean = text.strip()
    if not clean:
        return None, ""
    if one.kind is Kind.DATE and clean.lower() in TODAY:
        return "today", ""
    return read_value(one, clean)


def read_value(one: Field, text: str) -> tuple[Any, str]:
    """Return a value that an answer is compared with, and what is wrong with it."""
    plain = as_typed(one)
    # one of several ticks is compared, written by name or in words
    kind = Kind.CHOICE if plain.kind is Kind.SEVERAL else plain.kind
    plain = replace(plain, kind=kind)
    try:
        return read_cell(plain, [text], localdate()), ""
    except Unreadable as error:
        return None, told_fault(error.fault, plain)
    except KeyError:
        return text, ""


def value_text(one: Field, value: Any) -> str:
    """Return a compared value as a designer would type it."""
    if isinstance(value, (list, tuple)):
        return ", ".join(value_text(one, each) for each in value)
    plain = as_typed(one)
    if plain.kind in (Kind.CHOICE, Kind.SEVERAL):
        return str(value)
    return texts_of(plain, value)[0]
