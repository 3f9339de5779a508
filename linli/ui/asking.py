"""A page that asks for one act: a form that keeps what was typed, and what follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from linli.kernel.errors import Invalid, WrongState
from linli.kernel.web import Request, done, page
from linli.ui.forms import Form

Way = list[tuple[str, str]]


@dataclass(frozen=True)
class Asking:
    """A page that asks: its words, form, way, and where it leads."""

    title: str
    form: Form
    way: Way
    to: str
    submit: str
    said: str
    lead: str = ""


def answer_with(
    template: str, request: Request, asking: Asking, act: Callable[[], Any], **more: Any
) -> HttpResponse:
    """Show the form; on a POST do the act and lead on, or show what is wrong with what was typed.

    The template takes `asking`, `form` and what is named besides. What is refused as Invalid stands
    beside its field, a wrong state above the form; other refusals pass.
    """
    form = asking.form
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, asking.said)
            return done(request, asking.to)
    context: dict[str, object] = {"asking": asking, "form": form, **more}
    return page(request, template, context, status=422 if form.is_bound else 200)
