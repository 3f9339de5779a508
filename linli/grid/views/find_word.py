"""A neighbour finds what became of her word to a head by the number that she was told to keep."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.grid.forms.heads import WordCodeForm
from linli.grid.queries import heads as queries
from linli.grid.services import words
from linli.grid.views.frame import GET_POST
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.web import Request, done, page
from linli.runtime.types import client_address, limited


@limited("grid.codes", words.LOOKS, client_address)
@require_http_methods(GET_POST)
def find(request: Request) -> HttpResponse:
    """Ask for the number and lead to the answer; sent as a form, so that the address keeps no number."""
    form = WordCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = code_typed(form.cleaned_data["code"])
        try:
            queries.word_by_code(code)
        except NotFound:
            form.add_error("code", _("No word has this number. Compare it sign by sign."))
            return page(request, "grid/find_word.html", {"form": form}, status=404)
        return done(request, reverse("grid:word_follow", args=[code]))
    status = 422 if form.is_bound else 200
    return page(request, "grid/find_word.html", {"form": form}, status=status)


find.reads_freely = True  # type: ignore[attr-defined]  # only looks
