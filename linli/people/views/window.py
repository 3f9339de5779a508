"""The register at the window: a form in two steps, so that the resident reads what will be saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse

from linli.kernel.web import Request, page
from linli.ui.context import Shell
from linli.ui.forms import Form

# how a form at the window is sent: back to be changed, to be read by the resident, to be kept
EDIT, CHECK = "edit", "check"
# fields of the request that are not what was typed
MARKS = frozenset({"csrfmiddlewaretoken", "key", "step"})
# an answer that says nothing: the resident need not read it
NOT_SAID = (None, "", "unknown")


@dataclass(frozen=True, slots=True)
class Window:
    """How a form stands at the window: its title, the fields asked first, the rest, the way back."""

    title: Any
    back: str
    first: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    who: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to be checked: its name, what it will be, and what it is if that is another."""

    label: str
    now: str
    before: str = ""


class _Undone(Exception):
    """Takes back what was only tried."""


def is_at_counter(request: Request) -> bool:
    """Say whether somebody works at an enrolled computer and did not ask for the desk's page."""
    return Shell(request).is_at_counter and request.GET.get("face") != "desk"


def try_out(act: Callable[[Any], str], form: Form) -> None:
    """Do it and take it back, so that what the resident reads is what will be. Refuses as the act does."""
    try:
        with transaction.atomic():
            act(form)
            raise _Undone
    except _Undone:
        return


def lines_of(form: Form, order: tuple[str, ...] = ()) -> list[Line]:
    """Return what was typed, each beside what it is today; what stays empty is left out."""
    said = {
        name: value
        for name, value in form.cleaned_data.items()
        if value not in NOT_SAID or form.initial.get(name) not in NOT_SAID
    }
    form.order_fields(order or None)
    typed = form.as_saved(said)
    today = dict(form.as_saved(form.initial))
    lines = []
    for label, now in typed:
        new, old = now.strip(), today.get(label, "").strip()
        if new or old:
            lines.append(Line(label, new, old if old != new else ""))
    return lines


def check_page(request: Request, form: Form, window: Window) -> HttpResponse:
    """Turn the screen: what will be saved, large, with the two answers."""
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in MARKS
        for value in values
    ]
    frame: dict[str, object] = {
        "window": window, "lines": lines_of(form, window.first + window.more), "typed": typed, "is_turned": True,
        "is_change": bool(form.initial.get("version")),
    }  # fmt: skip
    return page(request, "people/counter/check.html", frame)
