"""Groups and buildings of a village: the list, a new one, and where somebody keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.paging import Keyset, page_of
from linli.kernel.permits import require
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.places import permits, queries, services
from linli.places.forms import PartForm
from linli.places.queries import PartsWanted
from linli.places.types import KIND_TITLES, Kind
from linli.runtime.queries import offered
from linli.ui.downloads import file_note

BY_CODE = Keyset("code", ("code", "id"))
INVENTED_FIRST = Keyset("mine", ("-is_invented", "code", "id"))
PAGE, MOST = 50, 20_000


@require_GET
def listing(request: Request, code: str) -> HttpResponse:
    """The groups and buildings of a village, as a page or a file."""
    village = queries.get_place(code)
    if village.level != "village":
        raise NotFound(code=code)
    level = request.GET.get("level", "")
    word, ended = request.GET.get("word", "").strip(), request.GET.get("ended") == "1"
    wanted = PartsWanted(level if level in ("group", "building") else "", word[:60], ended)
    found = queries.parts_of(village, wanted)
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(request.GET["format"], village, found.order_by("code")[: MOST + 1])
    may_tend = village.valid_to is None and request.actor.may(permits.TEND, at=village.path)
    context: dict[str, object] = {
        "place": village, "wanted": wanted, "counts": queries.count_parts(village),
        "found": page_of(found, BY_CODE, cursor=request.GET.get("cursor"), limit=PAGE),
        "successors": queries.successors_of(village), "may_tend": may_tend,
        **offered(request.actor, "places.parts"),
        "kind_titles": {kind.value: title for kind, title in KIND_TITLES.items()},
    }  # fmt: skip
    return page(request, "places/parts.html", context)


def _file(form: str, village: object, found: object) -> HttpResponse:
    heads = [
        _("Code"), _("Kind"), _("Name"), _("English name"), _("Above"), _("Valid from"),
        _("Valid to"),
    ]  # fmt: skip
    rows = [
        [
            p.code, KIND_TITLES[Kind(p.kind)], p.name, p.name_en, p.parent.name,
            p.valid_from or "", p.valid_to or "",
        ]
        for p in found  # type: ignore[attr-defined]
    ]  # fmt: skip
    name = _("Groups and buildings of %(place)s") % {"place": village}
    note = file_note(len(rows), MOST, is_demo=getattr(village, "is_invented", False))
    rows = rows[:MOST]
    return download([heads, *rows], name=name, form=form, note=note)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, code: str) -> HttpResponse:
    """Add a group or building to a village."""
    find = queries.open_place if request.method == "POST" else queries.get_place
    village = find(code)
    require(request.actor, permits.TEND, at=village.path)
    if village.level != "village":
        raise NotFound(code=code)
    groups = queries.parts_of(village, PartsWanted("group")).order_by("code")
    names = [group.name for group in groups]
    initial = {"level": request.GET.get("level") or "group"}
    form = PartForm(request.POST or None, groups=names, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_part(village, form.part, actor=request.actor, now=timezone.now())
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("%(name)s is entered.") % {"name": made.name})
            return done(request, reverse("places:parts", args=[code]))
    context: dict[str, object] = {
        "place": village, "form": form, "successors": queries.successors_of(village)
    }  # fmt: skip
    return page(request, "places/part_new.html", context, status=422 if form.is_bound else 200)


@require_GET
def mine(request: Request) -> HttpResponse:
    """The villages whose groups and buildings somebody keeps; with one alone, straight to it."""
    villages = queries.villages_tended(request.actor)
    found = page_of(villages, INVENTED_FIRST, cursor=request.GET.get("cursor"), limit=PAGE)
    if not found.count:
        raise NotAllowed(permit=permits.TEND.name, at="")
    if found.count == 1 and found.items:
        return HttpResponseRedirect(reverse("places:parts", args=[found.items[0].code]))
    rows = [(village, reverse("places:parts", args=[village.code])) for village in found.items]
    return page(request, "places/parts_mine.html", {"rows": rows, "found": found})
