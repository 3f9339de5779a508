"""What the pages of filling in show, for ours and for those of other apps."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from linli.files import queries as files
from linli.files.types import Owner
from linli.formkit import queries
from linli.formkit.queries import OpenDraft
from linli.formkit.types import Page
from linli.kernel.permits import NOBODY
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request


def printed_address(key: str) -> str:
    """Return the address of a form that may be printed: it leads residents to where it is asked, and stays.

    It has no language: whoever scans it is led to her own.
    """
    address = reverse("formkit:ask", args=[key]).removeprefix(f"/{get_language()}")
    return f"{settings.LINLI_PUBLIC_URL}{address}"


def phone_address(key: str) -> str:
    """Return where residents fill in a form by phone so that somebody receives it, or nothing where no page asks it.

    A trial reaches nobody: its address stands on no paper.
    """
    is_open = queries.published_forms(NOBODY).filter(form__key=key).exists()
    return printed_address(key) if is_open and queries.asked_at(key) else ""


def fill_context(request: Request, draft: OpenDraft, shown: Page, *, tells: bool) -> dict[str, Any]:
    """Return what a page of a form needs; with `tells` what is wrong on it."""
    body, version = draft.body, draft.version
    today, spec = timezone.localdate(), queries.spec_of(draft.version)
    only = shown.items if tells else ()
    reading = queries.read_answers(version, body.typed, body.files, today=today, only=only)
    drawn = queries.draw(
        spec, shown, reading, today=today, language=request.LANGUAGE_CODE, body=body
    )
    held = files.files_of(Owner(queries.DRAFT_OWNER, draft.row.pk)) if drawn.has_files else []
    notes = [(f"id_{key}", words) for key, said in body.notes.items() for words in said]
    return {
        "draft": draft,
        "version": version,
        "spec": spec,
        "key": version.form.key,
        "drawn": drawn,
        "faults": [*notes, *drawn.faults] if tells else [],
        "notes": body.notes if tells else {},
        "held": {file.code: file for file in held},
        "pages": [
            page.title.told(request.LANGUAGE_CODE) or str(n) for n, page in enumerate(spec.pages, 1)
        ],
        "place": place_names(version.form.place),
        "may_take_over": draft.row.account_id is None and request.actor.account_id is not None,
    }


def place_names(path: str) -> list[tuple[str, str]]:
    """Return the places of a path from the city down: names with codes."""
    parts = [part for part in path.split("/") if part]
    paths = ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]
    names = PLACE_NAMES.call(set(paths))
    return [(str(names[p]), parts[n]) for n, p in enumerate(paths) if p in names]
