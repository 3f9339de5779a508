"""A case's category and place are put right, with what its words suggest beside the form."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.cases.forms.placing import PutRightForm
from linli.cases.permits import DISPATCH
from linli.cases.queries.categories import category_names
from linli.cases.queries.reading import get_case
from linli.cases.queries.routes import suggested_for
from linli.cases.services.placing import put_right
from linli.cases.types.moves import At
from linli.cases.views.routing_frame import GET_POST, Asking, answer
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places.queries.tree import names_of_paths


@require_http_methods(GET_POST)
def case_put_right(request: Request, number: str) -> HttpResponse:
    """Choose another category or place; the case is sent anew if that is looked at by what sent it."""
    case = get_case(request.actor, number)
    require(request.actor, DISPATCH, at=case.path, level=case.level)
    form = PutRightForm(request.POST or None, initial=_initial(request, case))

    def act() -> None:
        given = form.cleaned_data
        put_right(
            At(case.pk, given["edition"]), number, category_id=given["category_id"],
            place=given["place"].strip(), reason=given["reason"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title, sheet = _("Put category or place right"), reverse("cases:sheet", args=[number])
    way = [(_("Cases"), reverse("cases:list")), (number, sheet), (title, "")]
    asking = Asking(
        title, form, way, sheet, _("Put right"), _("Put right. It goes to another post if the rules say so."),
        template="cases/put_right.html", more={"case": case, **_hints(case)},
    )  # fmt: skip
    return answer(request, asking, act, lambda: get_case(request.actor, number).seq)


def _initial(request: Request, case: Any) -> dict[str, object]:
    get = request.GET.get
    return {
        "category_id": get("category", "") or case.category_id or "",
        "place": get("place", "") or code_of(case.path),
        "edition": case.seq,
    }


def _hints(case: Any) -> dict[str, object]:
    found = suggested_for(case)
    return {
        "hints": found,
        "categories": category_names(),
        "places": names_of_paths(one.path for one in found.places),
    }
