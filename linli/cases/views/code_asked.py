"""The page that asks for the code of a case: where none came with its number, or another's."""

from __future__ import annotations

from django.http import HttpResponse

from linli.cases.forms.following import FindForm
from linli.kernel.ids import number_typed
from linli.kernel.web import Request, page


def code_asked(request: Request, number: str, code: str, status: int) -> HttpResponse:
    """Ask for the code of a number; where one was given, say that it does not belong to it."""
    form = FindForm(initial={"number": number_typed(number)})
    frame: dict[str, object] = {"form": form, "is_wrong": bool(code)}
    return page(request, "cases/find.html", frame, status=status)
