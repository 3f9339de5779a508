"""What a form declares of itself, and what it asks without declaring it.

Who fills it in: `for_staff`, `for_operator` (who runs accounts and rights), `for_residents`, or
`keeps_nothing` (a search, a comparison); a class that is only derived from says `is_base`.

What it asks: `demands` names entries of STAFF_DEMANDS, `resident_demands` of RESIDENT_DEMANDS.
A number is a count unless `not_counted` says for its field what else it is. A field that a register
holds already stands in `enters` (here the register takes it, once), `finds` (it only looks the
entry up), `prefills` (it is shown, to be corrected) or `asks_again` (with the reason).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from typing import Any

from django import forms

from linli.kernel.registries import HELD_FACTS, RESIDENT_DEMANDS, STAFF_DEMANDS

WORKERS = ("for_staff", "for_operator")
FLAGS = (*WORKERS, "for_residents", "keeps_nothing")
# names by which a demand betrays itself in a form
TELLTALE = {
    "photo": ("photo", "picture", "selfie", "image"),
    "location": ("lon", "lat", "location", "gps", "track"),
    "check_in": ("check_in", "clock_in", "punch", "sign_in_time", "online"),
    "count": ("count", "total", "headcount", "statistics"),
}
NOT_TYPED = (forms.ChoiceField, forms.BooleanField, forms.FileField)


def faults_of_form(kind: type[Any]) -> Iterator[str]:
    """Yield what a class of forms leaves unsaid."""
    if kind.__dict__.get("is_base", False):
        return
    if not any(getattr(kind, flag, False) for flag in FLAGS):
        yield f": says none of {', '.join(FLAGS)}"
    if is_for_workers(kind):
        yield from _faults_of_names(getattr(kind, "demands", ()), STAFF_DEMANDS, "demands")
        yield from _faults_of_reasons(kind)
        yield from faults_of_fields(kind, getattr(kind, "base_fields", {}))
    if getattr(kind, "for_residents", False):
        named = getattr(kind, "resident_demands", ())
        yield from _faults_of_names(named, RESIDENT_DEMANDS, "resident_demands")


def is_for_workers(kind: type[Any]) -> bool:
    """Say whether people at work fill this form in."""
    return any(getattr(kind, flag, False) for flag in WORKERS)


def named_by(kind: type[Any]) -> tuple[str, ...]:
    """Return the demands of staff and residents that a form makes."""
    if kind.__dict__.get("is_base", False):
        return ()
    workers = getattr(kind, "demands", ()) if is_for_workers(kind) else ()
    residents = getattr(kind, "resident_demands", ()) if getattr(kind, "for_residents", 0) else ()
    return (*workers, *residents)


def faults_of_fields(kind: type[Any], fields: Mapping[str, forms.Field]) -> Iterator[str]:
    """Yield fields that ask for more than the form's demands say; also for fields made later."""
    named = {d.asks for key in getattr(kind, "demands", ()) if (d := STAFF_DEMANDS.get(key))}
    for name, field in fields.items():
        if isinstance(field.widget, forms.HiddenInput):
            continue
        asks = heavy_ask(name, field)
        if asks == "count" and _declared(name, getattr(kind, "not_counted", {})):
            asks = ""
        if asks and asks not in named:
            yield f".{name}: asks for a {asks} undeclared"
        yield from _faults_of_cell(kind, name, field, named)


def heavy_ask(name: str, field: forms.Field) -> str:
    """Return which heavy demand a field is, or nothing."""
    words = name.lower()
    for asks, marks in TELLTALE.items():
        if any(words == m or words.startswith(m + "_") or words.endswith("_" + m) for m in marks):
            return asks
    if isinstance(field, forms.FileField):
        accepts = str(field.widget.attrs.get("accept", ""))
        is_photo = isinstance(field, forms.ImageField) or accepts.startswith("image/")
        return "photo" if is_photo and "pdf" not in accepts else "upload"
    # decimals and floats are kinds of IntegerField
    return "count" if isinstance(field, forms.IntegerField) else ""


def _faults_of_cell(
    kind: type[Any], name: str, field: forms.Field, named: set[str]
) -> Iterator[str]:
    """Yield a field that a register holds already and that is typed again without a word on it."""
    if _declared(name, getattr(kind, "asks_again", {})):
        if "repeated_cell" not in named:
            yield f".{name}: is asked again, but no demand of the form is a repeated_cell"
        return
    said = (
        *getattr(kind, "enters", {}),
        *getattr(kind, "finds", ()),
        *getattr(kind, "prefills", ()),
    )
    if isinstance(field, NOT_TYPED) or _declared(name, said):
        return
    for fact in HELD_FACTS:
        if any(fnmatch(name, pattern) for pattern in fact.names):
            where = "enters, finds, prefills or asks_again"
            yield f".{name}: a register holds this ({fact.key}); say in {where} what it is for"
            return


def faults_of_rows(kind: type[Any]) -> Iterator[str]:
    """Yield a set of forms that makes staff fill in row after row without naming it."""
    form = kind.form
    if form is None or not is_for_workers(form):
        return
    asked = {d.asks for key in getattr(form, "demands", ()) if (d := STAFF_DEMANDS.get(key))}
    if "repeated_cell" not in asked:
        yield f": repeats {form.__name__} row by row, but no demand is a repeated_cell"


def faults_of_twins(kinds: list[type[Any]]) -> Iterator[str]:
    """Yield facts that two forms take from staff, although one of them could have known it."""
    taken: dict[str, type[Any]] = {}
    for kind in kinds:
        if kind.__dict__.get("is_base", False) or not is_for_workers(kind):
            continue
        for name, fact in getattr(kind, "enters", {}).items():
            # heirs take what their base takes: the same question about the same thing
            owner = next(base for base in kind.__mro__ if "enters" in base.__dict__)
            other = taken.setdefault(fact, owner)
            if not (issubclass(owner, other) or issubclass(other, owner)):
                twin = f"{other.__module__}.{other.__name__}"
                yield f"{kind.__module__}.{kind.__name__}.{name}: {twin} takes {fact} already"


def _faults_of_names(named: tuple[str, ...], known: Any, attribute: str) -> Iterator[str]:
    if not named:
        yield f": names nothing in {attribute}"
    for key in named:
        if known.get(key) is None:
            yield f": {attribute} names {key}, which nobody declared"


def _faults_of_reasons(kind: type[Any]) -> Iterator[str]:
    for attribute in ("not_counted", "asks_again", "enters"):
        for name, reason in getattr(kind, attribute, {}).items():
            if not str(reason).strip():
                yield f".{name}: stands in {attribute} without a word on why"


def _declared(name: str, said: Any) -> bool:
    return any(fnmatch(name, pattern) for pattern in said)
