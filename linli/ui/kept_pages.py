"""Pages that work without network: the script that keeps one, and its files, on a phone.

Such a page is the same for everybody and holds nobody's data: what somebody needs there is fetched by the
page itself and lies on her phone sealed under her own key (`ui/js/phone_store.js`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static

# what every page asks for by address, and what modules import by their plain names
FILES = (
    "ui/kit.css", "ui/tokens.css", "ui/linli.css", "ui/linli.svg", "ui/icons.svg",
    "ui/htmx.min.js", "ui/js/page.js", "ui/js/dates.js", "ui/js/drafts.js",
)  # fmt: skip
MODULES = (
    "ui/js/photos.js", "ui/js/unkept.js", "ui/js/phone_db.js", "ui/js/phone_room.js",
    "ui/js/phone_store.js", "ui/js/phone_calls.js", "ui/js/phone_page.js",
)  # fmt: skip


def offline_worker(
    request: HttpRequest, name: str, start: str, files: Sequence[str], modules: Sequence[str]
) -> HttpResponse:
    """Return the script that keeps the page at `start`, `files` and `modules`; it reaches no further."""
    named = [static(one) for one in files]
    kept = [*named, *(f"{settings.STATIC_URL}{one}" for one in modules)]
    marks = json.dumps([*kept, *(static(one) for one in modules)])
    context: dict[str, object] = {
        "name": name, "files": kept, "start": start,
        "version": hashlib.sha256(marks.encode()).hexdigest()[:12],
    }  # fmt: skip
    response = render(request, "ui/offline_worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
