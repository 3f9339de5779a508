"""Forms that change places: rename, move, merge, split, and the town's decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Invalid, NotFound, Refusal, Stale, WrongState
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.places import permits, queries, services
from linli.places.forms import (
    CategoryForm,
    DecreeForm,
    MergeForm,
    MoveForm,
    NameForm,
    SettlementForm,
    SplitForm,
)
from linli.places.services.changes import Decree, NewPlace
from linli.places.services.decisions import Ruling
from linli.places.types import SMALL, Category, Settlement
from linli.ui.forms import Form

TITLES = {
    "rename": gettext_lazy("Rename"),
    "move": gettext_lazy("Move below another place"),
    "merge": gettext_lazy("Merge with neighbours"),
    "split": gettext_lazy("Split into parts"),
    "end": gettext_lazy("End"),
    "settlement": gettext_lazy("Decide: rural or urban community"),
    "category": gettext_lazy("Decide: category of the plan"),
}


FORMS: dict[str, type[Form]] = {"rename": NameForm, "move": MoveForm, "end": DecreeForm}
KINDS = ("rename", "move", "merge", "split")


@require_http_methods(["GET", "POST"])
def change(request: Request, code: str, kind: str) -> HttpResponse:
    """One change of a place, with a preview of what hangs on it."""
    place = queries.open_place(code)
    kinds = (*KINDS, "end") if place.level in SMALL else KINDS
    if kind not in kinds or place.parent_id is None:
        raise NotFound(kind=kind)
    require(
        request.actor, permits.to_change(request.actor, place.level, at=place.path), at=place.path
    )
    form, current = _form(kind, place, request), None
    if request.method == "POST" and form.is_valid():
        try:
            target = _apply(kind, place, form, request)
        except (WrongState, Invalid, NotFound) as refusal:
            _show(form, refusal)
            if isinstance(refusal, Stale):
                current = _renewed(form, code)
        else:
            messages.success(request, _("The change is recorded."))
            return done(request, reverse("places:detail", args=[target]))
    return _answer(request, place, form, kind, current)


def _form(kind: str, place: Any, request: Request) -> Form:
    given = request.POST or None
    initial = {
        "version": place.version, "name": place.name, "name_en": place.name_en,
        "short_name": place.short_name,
    }  # fmt: skip
    if kind == "merge":
        beside = [(p.code, p.name) for p in queries.children_of(place.parent) if p.pk != place.pk]
        return MergeForm(given, initial=initial, neighbours=beside)
    if kind == "split":
        children = [(p.code, p.name) for p in queries.children_of(place)]
        estates = queries.estates_of(place)
        return SplitForm(given, initial=initial, children=children, estates=estates)
    return FORMS[kind](given, initial=initial)


def _apply(kind: str, place: Any, form: Form, request: Request) -> str:
    """Call the service of the change and return the code of the page to show next."""
    said = form.cleaned_data
    by: dict[str, Any] = {
        "decree": Decree(said["document"], said["effective_on"], said["reason"]),
        "version": said["version"], "actor": request.actor, "now": timezone.now(),
    }  # fmt: skip
    if kind == "rename":
        services.rename_place(place, to=_new(said, place.code), **by)
        return str(place.code)
    if kind == "end":
        services.end_part(place, **by)
        return str(place.code)
    if kind == "move":
        services.move_place(place, under=queries.get_place(said["under"]), **by)
        return str(place.code)
    if kind == "merge":
        others = [queries.get_place(code) for code in said["others"]]
        return services.merge_places([place, *others], into=_new(said, said["code"]), **by).code
    assert isinstance(form, SplitForm)
    parts = [
        NewPlace(row[0], row[1], row[3], row[2], int(row[4]), form.taken(line))
        for line, row in enumerate(said["parts"], 1)
    ]
    services.split_place(place, parts=parts, heirs=form.heirs, **by)
    return str(place.code)


def _renewed(form: Form, code: str) -> list[tuple[str, str]]:
    """What the other person saved; the form takes its version along and keeps what was typed."""
    place = queries.get_place(code)
    form.renew("version", place.version)
    return [
        (_("Full name"), place.name),
        (_("Name as people say it"), place.short_name),
        (_("English name"), place.name_en),
        (_("Above"), place.parent.name if place.parent else ""),
    ]


def _new(said: dict[str, Any], code: str) -> NewPlace:
    return NewPlace(code, said["name"], said["name_en"], said["short_name"])


@require_http_methods(["GET", "POST"])
def decide(request: Request, code: str, topic: str) -> HttpResponse:
    """What a community counts as, or its category: a dated decision of the town."""
    place = queries.open_place(code)
    if topic not in ("settlement", "category") or place.level != "village":
        raise NotFound(topic=topic)
    require(request.actor, permits.DECIDE, at=place.path[: -len(place.code) - 1])
    kinds: dict[str, type[Form]] = {"settlement": SettlementForm, "category": CategoryForm}
    form = kinds[topic](request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ruling = Ruling(said["document"], said["decided_on"], said["valid_from"])
        try:
            if topic == "settlement":
                services.decide_settlement(
                    place, Settlement(said["value"]), ruling=ruling, actor=request.actor,
                    now=timezone.now(),
                )  # fmt: skip
            else:
                services.decide_category(
                    place, Category(said["value"]), ruling=ruling, actor=request.actor,
                    now=timezone.now(),
                )  # fmt: skip
        except Invalid as refusal:
            _show(form, refusal)
        else:
            messages.success(request, _("The decision is recorded."))
            return done(request, reverse("places:detail", args=[code]))
    return _answer(request, place, form, topic)


def _show(form: Form, refusal: Refusal) -> None:
    if isinstance(refusal, Invalid):
        form.take(refusal.fields)
    else:
        form.add_error(None, str(refusal))


def _answer(
    request: Request,
    place: Any,
    form: Form,
    kind: str,
    current: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context: dict[str, object] = {
        "place": place, "form": form, "title": TITLES[kind], "kind": kind, "current": current,
        "hanging": queries.hanging_on(place), "below": queries.count_below(place),
        "cells": queries.count_cells(place),
    }  # fmt: skip
    return page(request, "places/change.html", context, status=422 if form.is_bound else 200)
