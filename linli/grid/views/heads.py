"""Heads of buildings, blocks and lanes: who they are, standing, the choice, the end of a term."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.access import permits as access
from linli.cases.queries.accusing import is_led_elsewhere, unkept_words
from linli.cases.services.filing import refer_accusation
from linli.cases.types import Channel
from linli.cases.types.filing import Filing
from linli.grid import permits
from linli.grid.forms.heads import (
    ChoiceForm,
    HeadEndForm,
    SayForm,
    StandAtOfficeForm,
    StandForm,
    TieForm,
)
from linli.grid.queries import heads as queries
from linli.grid.services import heads, register_ties, words
from linli.grid.types import HEAD_TITLES, HeadKind
from linli.grid.views.frame import GET_POST, answer, ask_entry, village_named, way_to
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.ids import code_typed
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.runtime.types import client_address, limited
from linli.ui.asking import Asking
from linli.ui.jinja import named


@require_http_methods(GET_POST)
def stand(request: Request, code: str) -> HttpResponse:
    """Stand as head, or enter somebody who came to the office for it."""
    place, actor = village_named(code), request.actor
    keeps = actor.may(permits.HEADS, at=place.path)
    if not (keeps or actor.may(access.RESIDE, at=place.path)):
        raise NotAllowed(permit=permits.HEADS.name, at=place.path)
    form = (StandAtOfficeForm if keeps else StandForm)(request.POST or None)
    to = reverse("grid:heads_kept" if keeps else "grid:heads", args=[code])

    def act() -> None:
        heads.stand(places.open_place(code), form.facts, actor=actor, now=timezone.now())

    title = _("Stand as head of a building, block or lane")
    asking = Asking(
        title=title, form=form, way=[(named(place), to), (title, "")], to=to,
        submit=_("Stand"), said=_("Entered. The neighbours choose; the office tells the day."),
        lead=_("Voluntary and unpaid; you may stop at any time."),
    )  # fmt: skip
    return answer(request, asking, act)


def _kept_head(request: Request, head_id: int) -> tuple[Any, Any, str]:
    head = queries.get_head(request.actor, head_id)
    require(request.actor, permits.HEADS, at=head.path)
    place = places.get_place(code_of(head.path))
    return head, place, reverse("grid:heads_kept", args=[place.code])


@require_http_methods(GET_POST)
def choice(request: Request, head_id: int) -> HttpResponse:
    """Record what the neighbours chose."""
    head, place, to = _kept_head(request, head_id)
    form = ChoiceForm(request.POST or None, initial={"edition": head.edition})

    def act() -> None:
        edition = form.cleaned_data["edition"]
        heads.record_choice(
            head, form.choice, edition=edition, actor=request.actor, now=timezone.now()
        )

    title = _("What the neighbours chose")
    asking = Asking(
        title=title, form=form, way=way_to(place, (_("Heads"), to), (title, "")), to=to,
        submit=_("Record"), said=_("The choice is recorded."), lead=f"{head.public_name} · {head.ground}",
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def end(request: Request, head_id: int) -> HttpResponse:
    """End a term with its hand-over."""
    head, place, to = _kept_head(request, head_id)
    form = HeadEndForm(request.POST or None, initial={"edition": head.edition, "on": localdate()})

    def act() -> None:
        said = form.cleaned_data
        heads.end_term(
            head, on=said["on"], handed_over=said["handed_over"], edition=said["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("Note the hand-over") if queries.lacks_hand_over(head) else _("End the term")
    asking = Asking(
        title=title, form=form, way=way_to(place, (_("Heads"), to), (title, "")), to=to,
        submit=_("Record"), said=_("The term is over."), lead=_lead_of_end(head),
    )  # fmt: skip
    return answer(request, asking, act)


def _lead_of_end(head: Any) -> str:
    """Say whose term it is, and what neighbours said that nobody will read."""
    whose, left = f"{head.public_name} · {head.ground}", queries.open_words_of(head).count()
    if not left:
        return whose
    waits = ngettext(
        "%(num)s word of a neighbour waits for this head. It closes unread with the term: ask the head first to answer it or pass it on.",
        "%(num)s words of neighbours wait for this head. They close unread with the term: ask the head first to answer them or pass them on.",
        left,
    ) % {"num": left}  # fmt: skip
    return f"{whose} · {waits}"


@require_http_methods(GET_POST)
def tie(request: Request, head_id: int) -> HttpResponse:
    """Say which entry of the register a head is."""
    head, place, to = _kept_head(request, head_id)
    return ask_entry(
        request, head, TieForm, register_ties.tie_head, way=way_to(place, (_("Heads"), to)),
        lead=f"{head.public_name} · {head.ground}",
    )  # fmt: skip


@require_POST
def withdraw(request: Request, head_id: int) -> HttpResponse:
    """Stand no more."""
    head = queries.get_head(request.actor, head_id)
    heads.withdraw(head, actor=request.actor, now=timezone.now())
    messages.success(request, _("You stand no more."))
    return done(request, reverse("grid:heads", args=[code_of(head.path)]))


@limited("grid.words", words.GIVEN, client_address)
@require_http_methods(GET_POST)
def say(request: Request, head_id: int) -> HttpResponse:
    """Say something to a head, or ask to be called; her number is shown nowhere."""
    head = queries.serving_head(head_id, localdate())
    form = SayForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    # the page of one who has no account leads to the office instead
    is_right = request.method == "POST" and head.account_id is not None and form.is_valid()
    is_accusing = is_right and is_led_elsewhere(request.POST, form.cleaned_data["text"])
    if is_right and "to_official" in request.POST:
        return _led_elsewhere(request, head, form)
    if is_right and not is_accusing:
        said = form.cleaned_data
        try:
            _word, own_code = words.say(
                head, said["kind"], said["text"], phone=said["phone"] or "",
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Invalid as fault:
            form.take(fault.fields)
        else:
            return done(request, reverse("grid:word_follow", args=[own_code]))
    context: dict[str, object] = {"head": head, "form": form, "unkept": unkept_words(), "title": HEAD_TITLES[HeadKind(head.kind)],
                                  "place": places.get_place(code_of(head.path)), "is_accusing": is_accusing}  # fmt: skip
    status = 422 if form.is_bound and not is_accusing else 200
    return page(request, "grid/head_say.html", context, status=status)


def _led_elsewhere(request: Request, head: Any, form: SayForm) -> HttpResponse:
    """Keep nothing of an accusation but that its writer was led to the discipline inspection."""
    code = code_of(head.path)
    filing = Filing("", Channel.PAGE, place=code)
    refer_accusation(filing, actor=request.actor, now=timezone.now())
    context: dict[str, object] = {"form": form, "chain": places.chain_of(code)}
    return page(request, "cases/report_official.html", context)


say.reads_freely = True  # type: ignore[attr-defined]  # opening the form says nothing


@limited("grid.codes", words.LOOKS, client_address)
@require_safe
def follow(request: Request, word: str) -> HttpResponse:
    """What became of a word, for whoever has its code; what was said is not shown again."""
    found = queries.word_by_code(word)
    own = code_typed(word) if queries.is_own_code(found, word) else ""
    context: dict[str, object] = {
        "word": found, "titles": HEAD_TITLES, "code": own or found.code,
        "to_case": f"{reverse('cases:follow', args=[found.case.number])}?code={own}"
        if found.case and own else "",
        "address": settings.LINLI_PUBLIC_URL + reverse("grid:word_follow", args=[own or found.code]),
    }  # fmt: skip
    is_paper = request.GET.get("format") == "print"
    return page(request, f"grid/word{'_print' if is_paper else ''}.html", context)
