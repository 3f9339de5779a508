"""Pages on sets of rules: those of a place, one of them, put in force, compared with last month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases import permits
from linli.cases.forms.rule_sets import InForceForm, SetForm
from linli.cases.queries import rule_sets as queries
from linli.cases.queries.bounces import NONE_SENT, SHOWN_DAYS, hand_backs
from linli.cases.queries.routing_words import STATE_WORDS, Teller
from linli.cases.services import rule_sets as services
from linli.cases.views.routing_frame import (
    GET_POST,
    Asking,
    Way,
    answer,
    kept_place,
    place_at,
    place_name,
    require_keeper,
    tabs_of,
)
from linli.kernel.errors import NotFound, WrongState
from linli.kernel.paths import code_of
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.orgs.queries.receiving import closed_among
from linli.places.queries.tree import names_of_paths
from linli.ui.columns import col

if TYPE_CHECKING:
    from linli.cases.models import RuleSet


MONTH = 30
MOST_SHOWN = 200
MOVES: dict[str, Callable[..., object]] = {
    "watch": services.watch_set,
    "edit-again": services.edit_again,
    "take-back": services.take_back,
}


@require_safe
def start(request: Request) -> HttpResponse:
    """Lead to the rules of the place where the actor keeps them."""
    require_keeper(request.actor)
    paths = request.actor.paths(permits.KEEP_RULES)
    return redirect("cases:rule_sets", code=code_of(paths[0]))


@require_safe
def set_list(request: Request, code: str) -> HttpResponse:
    """List the sets of a place, the newest first."""
    place = kept_place(request.actor, code)
    sets = list(queries.list_sets(request.actor, place.path)[:MOST_SHOWN])
    others = [path for path in queries.places_with_sets(request.actor) if path != place.path]
    context: dict[str, object] = {
        "place": place,
        "title": _("Rules of %(place)s") % {"place": place_name(place)},
        "sets": sets,
        "states": STATE_WORDS,
        "today": localdate(),
        "others": sorted(names_of_paths(others).items()),
        "code_of": code_of,
        "tabs": tabs_of(request.actor, "sets", code),
        "columns": [col(_("Rules")), col(_("State")), col(_("In force")), col(_("Number of rules")),
                    col(_("Begun")), col(_("Next step"), end=True)],
    }  # fmt: skip
    return page(request, "cases/rule_sets.html", context)


@require_http_methods(GET_POST)
def set_new(request: Request, code: str) -> HttpResponse:
    """Begin a set of rules, empty or from another one."""
    place = kept_place(request.actor, code)
    sets = list(queries.list_sets(request.actor, place.path)[:MOST_SHOWN])
    initial = {"copy_of": request.GET.get("copy_of", "")}
    form = SetForm(request.POST or None, initial=initial, sets=sets)
    made: list[RuleSet] = []

    def act() -> None:
        given = form.cleaned_data
        copied = queries.get_set(request.actor, int(given["copy_of"])) if given["copy_of"] else None
        made.append(
            services.begin_set(
                place.path, given["title"], copy_of=copied, actor=request.actor, now=timezone.now()
            )
        )

    title, back = _("New rules"), reverse("cases:rule_sets", args=[code])
    way: Way = [(_("Rules of %(place)s") % {"place": place_name(place)}, back), (title, "")]
    asking = Asking(title, form, way, back, _("Begin"), _("The draft is begun."))
    response = answer(request, asking, act)
    return done(request, reverse("cases:rule_set", args=[made[0].pk])) if made else response


def frame(request: Request, rule_set: RuleSet, tab: str) -> dict[str, object]:
    """Return what every page of a set shows."""
    code = code_of(rule_set.path)
    name = place_name(place_at(code))
    pages = [
        ("rules", _("Rules in order"), reverse("cases:rule_set", args=[rule_set.pk])),
        ("tests", _("Test cases"), reverse("cases:rule_tests", args=[rule_set.pk])),
        (
            "compare",
            _("Compare with last month"),
            reverse("cases:rule_compare", args=[rule_set.pk]),
        ),
    ]
    rules_of = _("Rules of %(place)s") % {"place": name}
    return {
        "one": rule_set,
        "place_name": name,
        "way": [(rules_of, reverse("cases:rule_sets", args=[code])), (rule_set.title, "")],
        "tabs": [(title, to, None, key == tab) for key, title, to in pages],
        "states": STATE_WORDS,
        "today": localdate(),
        "has_begun": bool(rule_set.since and rule_set.since <= localdate()),
        "code": code,
    }


@require_safe
def set_detail(request: Request, set_id: int) -> HttpResponse:
    """Show the rules of a set in order, with what they sent and how much came back."""
    rule_set = queries.get_set(request.actor, set_id)
    rules, now = queries.rules_of(rule_set), timezone.now()
    sent = hand_backs(set_id, since=now - timedelta(days=SHOWN_DAYS), until=now)
    teller = Teller(rules)
    context: dict[str, object] = {
        **frame(request, rule_set, "rules"),
        "rows": [
            (rule, teller.conditions(rule), teller.goes_to(rule), sent.get(rule.pk, NONE_SENT))
            for rule in rules
        ],
        "closed": closed_among(rule.post_id for rule in rules if rule.post_id),
        "days": SHOWN_DAYS,
        "tests": rule_set.tests.count(),
        "failing": len(queries.failing_tests(rule_set)),
        "columns": [col(_("Order")), col(_("Rule")), col(_("Fits")), col(_("Goes to")),
                    col(_("Sent, handed back")), col(_("Next step"), end=True)],
    }  # fmt: skip
    return page(request, "cases/rule_set.html", context)


@require_POST
def set_move(request: Request, set_id: int, move: str) -> HttpResponse:
    """Watch a set, open it again, or take it back before its first day."""
    act = MOVES.get(move)
    if act is None:
        raise NotFound()
    _tried(request, act, set_id)
    return done(request, reverse("cases:rule_set", args=[set_id]))


@require_POST
def set_drop(request: Request, set_id: int) -> HttpResponse:
    """Throw a draft away."""
    rule_set = queries.get_set(request.actor, set_id)
    if not _tried(request, services.drop_set, set_id, said=_("The draft is thrown away.")):
        return done(request, reverse("cases:rule_set", args=[set_id]))
    return done(request, reverse("cases:rule_sets", args=[code_of(rule_set.path)]))


def edition_of(request: Request) -> int:
    """Return the edition that the page showed; one that cannot be read fits nothing."""
    return whole_number(request.POST.get("edition", ""), most=10**9) or 0


def _tried(request: Request, act: Callable[..., object], set_id: int, said: str = "") -> bool:
    """Do something with a set; say what came of it. Refuses with NotFound."""
    try:
        act(set_id, edition=edition_of(request), actor=request.actor, now=timezone.now())
    except WrongState as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said or _("Saved."))
    return True


@require_http_methods(GET_POST)
def set_in_force(request: Request, set_id: int) -> HttpResponse:
    """Put a set in force from a day on."""
    rule_set = queries.get_set(request.actor, set_id)
    now_in_force = queries.set_in_force(rule_set.path, localdate())
    first = localdate() + timedelta(days=1) if now_in_force else localdate()
    form = InForceForm(request.POST or None, initial={"since": first, "edition": rule_set.edition})

    def act() -> None:
        given = form.cleaned_data
        services.put_in_force(
            set_id, given["since"], edition=given["edition"], note=given["note"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("Put in force")
    framed: dict[str, Any] = frame(request, rule_set, "rules")
    way = [
        framed["way"][0],
        (rule_set.title, reverse("cases:rule_set", args=[set_id])),
        (title, ""),
    ]
    asking = Asking(
        title, form, way, reverse("cases:rule_set", args=[set_id]), title,
        _("The rules are in force from that day on."),
        lead=_("The rules that hold now end on that day. Cases that were sent already stay where they are."),
    )  # fmt: skip
    return answer(request, asking, act, lambda: queries.get_set(request.actor, set_id).edition)
