"""Makers of forms for everybody's tests, and the form that the demo shows."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from linli.formkit import permits, services
from linli.formkit.models import Form, FormVersion
from linli.formkit.queries import draft_of
from linli.formkit.rules.parsing import read_spec
from linli.formkit.services import Head
from linli.formkit.types import Audience, Spec, Words
from linli.kernel.permits import Actor
from linli.kernel.testing import VILLAGE, make_actor

DATA = Path(__file__).parent / "data"
DESIGNER = make_actor("designer", permits.DESIGN, at=VILLAGE, account_id=11)


def words(text: str) -> dict[str, str]:
    """Return one text for both languages."""
    return {"zh": text, "en": text}


def field(kind: str, label: str = "question", **more: Any) -> dict[str, Any]:
    """Return a field as JSON; columns may be given by name."""
    if isinstance(more.get("columns"), dict):
        more["columns"] = [{"key": key, **column} for key, column in more["columns"].items()]
    return {"x-linli": {"kind": kind, "label": words(label), **more}}


def options(*values: str) -> list[dict[str, Any]]:
    """Return the answers of a choice as JSON."""
    return [{"value": value, "words": words(value)} for value in values]


def spec_json(
    fields: dict[str, Any],
    *,
    pages: list[list[str]] | None = None,
    show: dict[str, Any] | None = None,
    compute: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a form as JSON, all questions on one page unless told otherwise."""
    laid = pages or [list(fields)]
    return {
        "schema": {"properties": fields, "x-linli": {"title": words("A form")}},
        "layout": {
            "pages": [
                {"key": f"page{n}", "title": words(f"Page {n}"), "sections": [{"items": keys}]}
                for n, keys in enumerate(laid, 1)
            ]
        },
        "logic": {"show": show or {}, "compute": compute or {}},
    }


def make_spec(fields: dict[str, Any], **more: Any) -> Spec:
    """Return a form as values."""
    return read_spec(spec_json(fields, **more))


def demo_spec(key: str = "fire-check") -> Spec:
    """Return a form that the demo shows: the fire-safety self check, what is asked of a lift, of wages
    or of dumped waste."""
    return read_spec(json.loads((DATA / f"{key}.json").read_text(encoding="utf-8")))


def make_form(
    spec: Spec | None = None,
    *,
    now: datetime,
    key: str = "fire-check",
    place: str = VILLAGE,
    audience: Audience = Audience.RESIDENTS,
    actor: Actor = DESIGNER,
) -> Form:
    """Make a form with a draft."""
    head = Head(key, Words("家庭消防自查", "Fire-safety self check"), place, audience)
    return services.create_form(head, actor=actor, now=now, spec=spec or demo_spec())


def make_published(
    spec: Spec | None = None, *, now: datetime, actor: Actor = DESIGNER, **more: Any
) -> FormVersion:
    """Make a form and publish its first version."""
    form = make_form(spec, now=now, actor=actor, **more)
    draft = draft_of(form)
    assert draft is not None
    return services.publish_version(
        draft, edition=draft.edition, basis="test", actor=actor, now=now
    )
