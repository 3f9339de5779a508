"""What phones sent and could not be done: the list, and one entry with what happened meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.queries.kinds import kind_of
from linli.cases.queries.posts import post_names
from linli.cases.queries.reading import ceiling_of, visible_cases
from linli.cases.queries.story import story_of
from linli.grid.errors import reason_words
from linli.grid.forms.kept import DropForm
from linli.grid.forms.lists import KeptFilter
from linli.grid.queries import phones
from linli.grid.queries.entries import readable_codes
from linli.grid.queries.entry_words import lines_of
from linli.grid.rules.replaying import is_open
from linli.grid.services import kept
from linli.grid.types.replay import ACT_TITLES, STATE_TITLES
from linli.grid.views.files import as_asked
from linli.grid.views.frame import GET_POST
from linli.grid.views.list_files import KEPT_VIEWS, NEWEST, entries_asked, entry_rows
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.paging import page_of
from linli.kernel.web import Request, done, own_account_id, page
from linli.runtime.queries import offered

PAGE = 50


@require_safe
def listing(request: Request) -> HttpResponse:
    """Entries that wait for a decision, for earlier entries, or were decided; also as a file and on paper."""
    own_account_id(request)
    view, form = request.GET.get("view", ""), KeptFilter(request.GET or None)
    view = view if view in KEPT_VIEWS else ""
    found, name = entries_asked(request.actor, view, form.wanted), _("Kept from phones")
    whole = found.order_by(*NEWEST.columns)
    if file := as_asked(request, whole, entry_rows, key="grid.kept", name=name, form=form):
        return file
    shown = page_of(found, NEWEST, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "found": shown, "view": view, "form": form, "acts": ACT_TITLES, "states": STATE_TITLES,
        "posts": post_names(one.post_id for one in shown.items), "words": reason_words,
        **offered(request.actor, "grid.kept"),
    }  # fmt: skip
    return page(request, "grid/kept_list.html", context)


@never_cache
@require_http_methods(GET_POST)
def detail(request: Request, entry_id: int) -> HttpResponse:
    """One entry: what the phone sent, what happened meanwhile, and the decision."""
    own_account_id(request)
    row = phones.get_queued(request.actor, entry_id)
    form = DropForm(request.POST or None, initial={"edition": row.edition})
    if request.method == "POST" and form.is_valid():
        try:
            said = _decide(request, row, form)
        except Invalid as fault:
            form.take(
                {name if name in form.fields else "__all__": w for name, w in fault.fields.items()}
            )
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, said)
            return done(request, reverse("grid:kept"))
    status = 422 if form.is_bound else 200
    return page(request, "grid/kept.html", _context(request, row, form), status=status)


def _decide(request: Request, row: Any, form: DropForm) -> str:
    edition, now = form.cleaned_data["edition"], timezone.now()
    if request.POST.get("step") == "apply":
        kept.apply_anew(row, edition=edition, actor=request.actor, now=now)
        return _("It is done now.")
    kept.drop(row, form.cleaned_data["why"], edition=edition, actor=request.actor, now=now)
    return _("It is left undone; the reason is kept.")


def _context(request: Request, row: Any, form: DropForm) -> dict[str, object]:
    found = kept.read(row, actor=request.actor)
    case = visible_cases(request.actor).filter(pk=row.case_id).first() if row.case_id else None
    story: list[Any] = []
    if case is not None and row.base_seq is not None:
        kind = kind_of(case.kind, case.version)
        ceiling = ceiling_of(request.actor, case)
        story = story_of(case.pk, kind, ceiling=ceiling, since=row.base_seq, limit=50)
    photos = phones.photos_of(row.pk)
    return {
        "row": row, "form": form, "acts": ACT_TITLES, "states": STATE_TITLES, "case": case,
        "lines": lines_of(found.entry), "story": story, "reason": reason_words(row.reason),
        "goes_to": found.number if case is not None and found.number != case.number else "",
        "post": post_names([row.post_id]).get(row.post_id or 0, ""),
        "is_open": is_open(row.state, row.received_at, timezone.now()),
        "photos": photos, "lost": len(readable_codes(found.entry.said)) - len(photos),
    }  # fmt: skip
