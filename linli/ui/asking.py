"""A page that asks for one act: a form that keeps what was typed, and what follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse

from linli.kernel.errors import Invalid, WrongState
from linli.kernel.web import Request, done, page
from linli.ui.forms import Form

T = TypeVar("T")
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


def acted(request: Request, form: Form, act: Callable[[], T]) -> tuple[T] | None:
    """Do the act of a form that was sent and is whole; return what came of it, or None to show the form.

    What is refused as Invalid stands beside its field, a wrong state above the form; other refusals pass.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return (act(),)
    except Invalid as fault:
        form.take(fault.fields)
    except WrongState as fault:
        form.add_error(None, str(fault))
    return None


def answer_with(
    template: str, request: Request, asking: Asking, act: Callable[[], Any], **more: Any
) -> HttpResponse:
    """Show the form; on a POST do the act and lead on, or show what is wrong with what was typed.

    The template takes `asking`, `form` and what is named besides; refusals as in `acted`.
    """
    form = asking.form
    if acted(request, form, act) is not None:
        messages.success(request, asking.said)
        return done(request, asking.to)
    context: dict[str, object] = {"asking": asking, "form": form, **more}
    return page(request, template, context, status=422 if form.is_bound else 200)
