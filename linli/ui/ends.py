"""Both ends of a resident's page, rendered while the database looks for what stands between them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template import engines

from linli.ui.context import page_context


def ends_of(request: HttpRequest, tab: str) -> dict[str, Any]:
    """Return `ends` for the context of a page of the residents' face: head and foot need no answer.

    `tab` is the one that the page itself sets. A page without `ends` draws them where they stand.
    """
    template = engines["jinja2"].env.get_template("ui/_ends.html")  # type: ignore[attr-defined]
    drawn = template.make_module({**page_context(request), "tab": tab})
    return {"ends": {"top": drawn.top, "bottom": drawn.bottom}}
