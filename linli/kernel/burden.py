"""The burden guard: no function asks anything of staff without a basis (BU-12 to BU-15, BU-22).

A form that staff fill in names the demands it makes; the start-up check refuses a demand without
a basis, a forbidden kind, and a form that asks for a photo, a place or a check-in unnamed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.checks import CheckMessage, Error, register

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

ASKS = ("form", "photo", "location", "check_in", "count", "repeated_cell")
# BU-13 and BU-15: only in these scenes, and then with a basis
HEAVY = ("photo", "location", "check_in")
SCENES = ("fire", "safety", "emergency", "acceptance_of_repair")
# names by which a heavy demand betrays itself in a form
TELLTALE = {
    "photo": ("photo", "picture", "selfie", "image"),
    "location": ("lon", "lat", "location", "gps", "track"),
    "check_in": ("check_in", "clock_in", "punch", "sign_in_time", "online"),
}


def demand_faults(demands: Iterable[StaffDemand]) -> Iterator[str]:
    """Yield what is wrong with declared demands."""
    for demand in demands:
        if demand.asks not in ASKS:
            yield f"{demand.key}: asks for “{demand.asks}”, which is none of {', '.join(ASKS)}"
        if not demand.basis.strip():
            yield f"{demand.key}: has no basis (BU-12)"
        if demand.seconds <= 0:
            yield f"{demand.key}: says no seconds"
        needs_scene = demand.asks == "check_in" or not demand.optional
        if demand.asks in HEAVY and needs_scene and demand.scene not in SCENES:
            yield f"{demand.key}: a {demand.asks} needs a scene of {', '.join(SCENES)} (BU-13, BU-15)"


def form_faults(kinds: Iterable[type[forms.BaseForm]]) -> Iterator[str]:
    """Yield staff forms (`for_staff = True`) that ask heavily without naming the demand."""
    for kind in kinds:
        if not getattr(kind, "for_staff", False):
            continue
        named = {d.asks for key in getattr(kind, "demands", ()) if (d := STAFF_DEMANDS.get(key))}
        for name, field in getattr(kind, "base_fields", {}).items():
            asks = heavy_ask(name, field)
            if asks and asks not in named:
                yield f"{kind.__module__}.{kind.__name__}.{name}: asks for a {asks} undeclared"


def heavy_ask(name: str, field: forms.Field) -> str:
    """Return which heavy demand a field is, or nothing."""
    words = name.lower()
    for asks, marks in TELLTALE.items():
        if any(words == mark or words.startswith(mark + "_") for mark in marks):
            return asks
    accepts = (
        str(field.widget.attrs.get("accept", "")) if isinstance(field, forms.FileField) else ""
    )
    is_photo_only = accepts.startswith("image/") and "pdf" not in accepts
    return "photo" if is_photo_only else ""


def every_form(root: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    """Yield every form class that was imported."""
    for kind in root.__subclasses__():
        if kind.__module__.startswith("linli."):
            yield kind
        yield from every_form(kind)


@register("linli")
def check_burden(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with an unfounded demand on staff."""
    faults = [*demand_faults(STAFF_DEMANDS), *form_faults(every_form())]
    return [
        Error(
            fault,
            hint="Declare it in registries.STAFF_DEMANDS with its basis, or drop it.",
            id="linli.E001",
        )
        for fault in faults
    ]
