"""A head's own small desk: what neighbours said, and what she does with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.grid.forms.heads import WordForm
from linli.grid.queries import heads as queries
from linli.grid.services import words
from linli.grid.states import WORD
from linli.grid.types import HEAD_TITLES, WORD_TITLES
from linli.grid.views.frame import GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, page_of
from linli.kernel.web import Request, done, own_account_id, page

NEWEST = Keyset("new", ("-said_at", "-id"))
PAGE = 50


@require_safe
def desk(request: Request) -> HttpResponse:
    """One's own headships and what waits there."""
    own_account_id(request)
    found = queries.words_to(request.actor, localdate())
    context: dict[str, object] = {
        "own": list(queries.own_heads(request.actor)[:20]), "titles": HEAD_TITLES,
        "kinds": WORD_TITLES,
        "found": page_of(found, NEWEST, cursor=request.GET.get("cursor"), limit=PAGE),
    }  # fmt: skip
    return page(request, "grid/head_desk.html", context)


@never_cache
@require_http_methods(GET_POST)
def word(request: Request, word: str) -> HttpResponse:
    """What a neighbour said, and what to do: answer, invite, settle it, pass it on."""
    own_account_id(request)
    found = queries.get_word(request.actor, word, localdate())
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        move, note = request.POST.get("move", ""), form.cleaned_data["note"]
        try:
            words.do(found, move, note, actor=request.actor, now=timezone.now())
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("Done."))
            return done(request, reverse("grid:head_desk"))
    text, phone = words.read_word(found, actor=request.actor, now=timezone.now())
    steps = {
        "answer": _("Answer"), "invite": _("Invite to talk"), "settle": _("Settled between neighbours"),
        "pass_on": _("Pass on to the office"),
    }  # fmt: skip
    context: dict[str, object] = {
        "word": found, "text": text, "number": phone, "form": form, "kinds": WORD_TITLES,
        "steps": [(m.name, steps[m.name]) for m in WORD.moves_from(found.state) if m.name in steps],
    }  # fmt: skip
    return page(request, "grid/head_word.html", context, status=422 if form.is_bound else 200)
