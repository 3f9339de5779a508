"""What a form says when its step cannot be taken: beside the field, or what somebody else saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linli.kernel.errors import Invalid, Stale, WrongState
from linli.ui.forms import Form

Facts = list[tuple[str, Any]]


def told(
    form: Form,
    refusal: Invalid | WrongState,
    reread: Callable[[], Any],
    facts: Callable[[Any], Facts],
) -> Facts:
    """Put a refusal on the form, and return what the other person saved if there was one.

    What was typed stays, and the form takes the version of today along: who reads that and sends
    again means it.
    """
    if isinstance(refusal, Invalid):
        form.take(refusal.fields)
        return []
    form.add_error(None, str(refusal))
    if not isinstance(refusal, Stale):
        return []
    now = reread()
    form.renew("version", now.version)
    return facts(now)
