"""The burden guard: no function asks anything of staff without a basis (BU-12 to BU-15, BU-22).

Every form says who fills it in; a form of staff names the demands it makes. The start-up check
refuses a demand without a basis, a form that says neither, and a form that asks for a check-in,
photo, place, upload, count or repeated cell unnamed. How a form declares itself: `form_checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages
from typing import Any

from django import forms
from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from linli.kernel.form_checks import faults_of_form, faults_of_rows, faults_of_twins, named_by
from linli.kernel.registries import RESIDENT_DEMANDS, STAFF_DEMANDS, ResidentDemand, StaffDemand

ASKS = ("form", "photo", "location", "check_in", "count", "repeated_cell", "upload")
PERIODS = ("occasion", "once", "month", "quarter", "year")
# BU-13 and BU-15: only in these scenes, and then with a basis
HEAVY = ("photo", "location", "check_in")
SCENES = ("fire", "safety", "emergency", "acceptance_of_repair")


def demand_faults(demands: Iterable[StaffDemand]) -> Iterator[str]:
    """Yield what is wrong with declared demands."""
    for demand in demands:
        if demand.asks not in ASKS:
            yield f"{demand.key}: asks for “{demand.asks}”, which is none of {', '.join(ASKS)}"
        if demand.period not in PERIODS:
            yield f"{demand.key}: comes “{demand.period}”, which is none of {', '.join(PERIODS)}"
        if not demand.basis.strip():
            yield f"{demand.key}: has no basis (BU-12)"
        if demand.seconds <= 0:
            yield f"{demand.key}: says no seconds"
        needs_scene = demand.asks == "check_in" or not demand.optional
        if demand.asks in HEAVY and needs_scene and demand.scene not in SCENES:
            yield f"{demand.key}: a {demand.asks} needs a scene of {', '.join(SCENES)} (BU-13, BU-15)"


def resident_faults(demands: Iterable[ResidentDemand]) -> Iterator[str]:
    """Yield what residents are asked without a basis or a term."""
    for demand in demands:
        if not str(demand.basis).strip():
            yield f"{demand.key}: asks residents without a basis"
        if not str(demand.kept).strip():
            yield f"{demand.key}: does not say how long it is kept"


def form_faults(kinds: Iterable[type[Any]]) -> Iterator[str]:
    """Yield what forms and sets of forms ask without saying so."""
    known = list(kinds)
    for kind in known:
        faults = faults_of_rows(kind) if hasattr(kind, "form") else faults_of_form(kind)
        for fault in faults:
            yield f"{kind.__module__}.{kind.__name__}{fault}"
    yield from faults_of_twins(known)


def every_form(root: type[Any] = forms.BaseForm) -> Iterator[type[Any]]:
    """Yield every form class of ours that was imported, without those of tests."""
    for kind in root.__subclasses__():
        if kind.__module__.startswith("linli.") and ".tests." not in kind.__module__:
            yield kind
        yield from every_form(kind)


def every_form_set() -> Iterator[type[Any]]:
    """Yield every set of forms of ours that was imported."""
    yield from every_form(forms.BaseFormSet)


def load_forms() -> None:
    """Import the forms of every app, also of those whose pages were not asked for yet."""
    for config in apps.get_app_configs():
        if not config.name.startswith("linli.") or not find_spec(f"{config.name}.forms"):
            continue
        module = import_module(f"{config.name}.forms")
        for part in walk_packages(getattr(module, "__path__", []), f"{module.__name__}."):
            import_module(part.name)


def forms_by_demand() -> dict[str, list[str]]:
    """Return the names of the forms that make each demand, of staff and of residents."""
    load_forms()
    found: dict[str, list[str]] = {}
    for kind in sorted(set(every_form()), key=lambda kind: (kind.__module__, kind.__name__)):
        for key in named_by(kind):
            found.setdefault(key, []).append(f"{kind.__module__.split('.')[1]}.{kind.__name__}")
    return found


@register("linli")
def check_burden(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start with an unfounded demand on staff."""
    load_forms()
    faults = [
        *demand_faults(STAFF_DEMANDS),
        *resident_faults(RESIDENT_DEMANDS),
        *form_faults([*every_form(), *every_form_set()]),
    ]
    return [
        Error(
            fault,
            hint="Declare it as docs/howto/ask-something.md says, or drop it.",
            id="linli.E001",
        )
        for fault in faults
    ]
