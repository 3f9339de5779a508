"""Several cases at once: choose what, look at what would come of it, do it, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.cases.forms.bulk import Choice, choices_for, form_for, undo_of
from linli.cases.queries.candidates import org_of_post, others_for
from linli.cases.queries.filters import sees_cases
from linli.cases.queries.reading import cases_numbered
from linli.cases.queries.telling import post_names
from linli.cases.services.bulk import MOST_PICKED, Tried, move_many, preview_move
from linli.cases.types.acting import Act, Typed
from linli.cases.views.frame import back_to_list
from linli.kernel.errors import NotFound
from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number


@require_POST
def bulk(request: Request) -> HttpResponse:
    """Move the ticked cases. Without a move it is asked which; without "sure" it is only shown."""
    if not sees_cases(request.actor):
        raise NotFound()
    numbers = request.POST.getlist("pick")[:MOST_PICKED]
    cases = cases_numbered(request.actor, numbers)
    choices = choices_for(request.actor, cases)
    name = request.POST.get("move", "")
    chosen = next((one for one in choices if one.name == name), None)
    context: dict[str, Any] = {
        "cases": cases, "choices": choices, "chosen": chosen,
        "back": back_to_list(request.POST.get("back", "")),
    }  # fmt: skip
    if chosen is None:
        return page(request, "cases/bulk.html", context)
    return _with(request, cases, chosen, context)


def _with(
    request: Request, cases: Sequence[Any], chosen: Choice, context: dict[str, Any]
) -> HttpResponse:
    """A chosen move: its questions, then what would come of it, then what came of it."""
    sent = ("asked" in request.POST or chosen.is_bare) and request.POST.get("step") != "find"
    form = form_for(chosen.name, chosen.move, request.POST if sent else None)
    context |= {"form": form}
    if not sent or not form.is_valid():
        context |= _to_choose(request, cases, chosen)
        return page(request, "cases/bulk.html", context, status=422 if sent else 200)
    given, now = _typed(request, cases, chosen, form.cleaned_data), timezone.now()
    if "sure" not in request.POST:
        found = preview_move(cases, chosen.name, given, actor=request.actor, now=now)
        context |= {"preview": found, "to": post_names([given.number("post")])}
        return page(request, "cases/bulk.html", context)
    seen = dict(pair.partition("@")[::2] for pair in request.POST.getlist("seen"))
    _as_seen(cases, seen)
    found = move_many(cases, chosen.name, given, actor=request.actor, now=now)
    return page(request, "cases/bulk_done.html", {**context, **_result(chosen, found)})


def _to_choose(request: Request, cases: Sequence[Any], chosen: Choice) -> dict[str, Any]:
    """The posts to choose from, where the cases are handed on."""
    if chosen.name != Act.OFFER:
        return {}
    words = request.POST.get("q", "")[:60]
    return {
        "words": words,
        "found": others_for(request.actor, cases, words, timezone.localdate()),
    }


def _typed(request: Request, cases: Sequence[Any], chosen: Choice, given: dict[str, Any]) -> Typed:
    if chosen.name != Act.OFFER:
        return Typed(given)
    org = org_of_post(request.actor, cases, given["post"], timezone.localdate())
    return Typed({**given, "org": org})


def _as_seen(cases: Sequence[Any], seen: dict[str, str]) -> None:
    """What moved since the preview was shown is refused like any stale sheet."""
    for case in cases:
        case.seq = whole_number(seen.get(case.number), most=10**9) or case.seq


def _result(chosen: Choice, found: Sequence[Tried]) -> dict[str, Any]:
    done = [one for one in found if not one.refusal]
    undo = undo_of(chosen.name, [(one.case, one.before) for one in done])
    return {
        "done": done,
        "refused": [one for one in found if one.refusal],
        "undo": undo,
        "title": _("%(move)s: what came of it") % {"move": chosen.title},
    }
