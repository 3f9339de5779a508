"""The day outdoors without network: a page that holds nobody's data, and what lets a phone keep it.

The page is the same for everybody, signed in or not. What a worker needs lies sealed on her phone
and is drawn there; nothing of it passes through the page or the copy that the phone keeps of it.
"""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.grid.forms.rounds import CheckForm, FileForm, SightForm, VisitForm
from linli.grid.forms.storms import SheetForm
from linli.grid.queries.checklists import lines_of
from linli.grid.queries.subclasses import area_titles
from linli.grid.types import HAZARD_TITLES
from linli.kernel.web import Request, page
from linli.ui import kept_pages

# what the page asks for by address; modules import one another by their plain names
FILES = (*kept_pages.FILES, "grid/grid.css", "grid/outdoors/app.js")
MODULES = (
    *kept_pages.MODULES, "grid/outdoors/begun.js", "grid/outdoors/queue.js", "grid/outdoors/store.js", "grid/outdoors/day.js",
    "grid/outdoors/filing.js", "grid/outdoors/pictures.js", "grid/outdoors/sheets.js",
    "grid/outdoors/storms.js",
)  # fmt: skip


@require_safe
def app(request: Request) -> HttpResponse:
    """The page with its forms, empty: the phone fills in cells and lists."""
    context: dict[str, object] = {
        "sight": SightForm(), "visit": VisitForm(), "move": FileForm().offer((), area_titles()),
        "checks": [(key, words, CheckForm(hazard=key)) for key, words in HAZARD_TITLES.items()],
        "graves": {
            key: [line.key for line, _words in lines_of(key) if line.is_grave]
            for key in HAZARD_TITLES
        },
        "hazards": HAZARD_TITLES, "numbers": SheetForm(),
    }  # fmt: skip
    return page(request, "grid/outdoors/app.html", context)


@require_safe
def manifest(request: Request) -> HttpResponse:
    """What the phone needs to put the page among its programs."""
    start = reverse("grid:outdoors")
    told = {
        "name": _("My day outdoors"), "short_name": _("Outdoors"), "start_url": start, "id": start,
        "scope": start, "display": "standalone", "background_color": "#f4f2ee",
        "theme_color": "#0b5a63",
        "icons": [{"src": static("ui/linli.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }  # fmt: skip
    return HttpResponse(
        json.dumps(told, ensure_ascii=False), content_type="application/manifest+json"
    )


@require_safe
def worker(request: Request) -> HttpResponse:
    """The script that keeps the page and its files on the phone; it reaches this page alone."""
    return kept_pages.offline_worker(request, "outdoors", reverse("grid:outdoors"), FILES, MODULES)
