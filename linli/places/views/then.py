"""The register on a day: as it was, what became of it, and its figures then and restated."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.places import queries
from linli.places.forms.then import WITH_FIGURES, ThenForm
from linli.places.queries.figures import Figures
from linli.places.queries.then import Wanted
from linli.places.views import then_rows
from linli.places.views.then_rows import Sheet
from linli.runtime.queries import offered
from linli.ui.downloads import cut_note, file_note
from linli.ui.formats import day

BY_CODE = Keyset("code", ("code", "id"))
PAGE, MOST = 50, 20_000
FILES = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a day, a later one, which places, and how they are shown."""

    on: date
    to: date
    mode: str
    wanted: Wanted
    with_invented: bool

    @property
    def has_figures(self) -> bool:
        """Whether figures are shown, which towns and villages have."""
        return self.mode in WITH_FIGURES


@require_GET
def listing(request: Request) -> HttpResponse:
    """The register on a day as a page or a file."""
    form = ThenForm(request.GET)
    asked = _asked(form, request)
    if form.is_valid() and request.GET.get("format") in FILES:
        return _file(asked, request.GET["format"])
    found: Page[Any] = page_of(
        _places(asked), BY_CODE, cursor=request.GET.get("cursor"), limit=PAGE
    )
    figures = _figures(asked)
    grid = _sheet(asked, found.items, figures)
    context = {
        **_frame(form, asked, figures), "found": found, "grid": grid,
        **offered(request.actor, "places.then"),
    }  # fmt: skip
    return page(request, "places/then.html", context, status=200 if form.is_valid() else 422)


@require_GET
def paper(request: Request) -> HttpResponse:
    """The same list on paper, whole; if it is too long for that, it says so."""
    form = ThenForm(request.GET)
    asked = _asked(form, request)
    figures = _figures(asked)
    rows = list(_places(asked).order_by("code")[: MOST + 1])
    context = {
        **_frame(form, asked, figures), "grid": _sheet(asked, rows[:MOST], figures),
        "cut": cut_note(len(rows), MOST),
    }  # fmt: skip
    return page(request, "places/then_print.html", context)


def _asked(form: ThenForm, request: Request) -> Asked:
    today = timezone.localdate()
    said: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    mode = said.get("mode") or "then"
    names = ("town", "kind", "settlement", "category", "word")
    wanted = Wanted(
        said.get("level") or "village", **{name: said.get(name) or "" for name in names}
    )
    if mode in WITH_FIGURES and wanted.level not in ("town", "village"):
        wanted = replace(wanted, level="village")
    shows_demo = bool(settings.LINLI_DEMO) or request.GET.get("demo") == "include"
    return Asked(said.get("on") or today, said.get("to") or today, mode, wanted, shows_demo)


def _places(asked: Asked) -> QuerySet[Any]:
    on = asked.to if asked.mode == "carried" else asked.on
    return queries.wanted_on(asked.wanted, on, with_invented=asked.with_invented)


def _sheet(
    asked: Asked, rows: list[Any], figures: dict[int, Figures], *, with_path: bool = False
) -> Sheet:
    places = [queries.as_then(row) for row in rows]
    if asked.has_figures:
        return then_rows.with_figures(places, figures, asked.wanted.level)
    if asked.mode == "now":
        return then_rows.what_became(places, asked.on, asked.to)
    return then_rows.as_they_were(places, asked.on, with_path=with_path)


def _figures(asked: Asked) -> dict[int, Figures]:
    """The figures that are shown, counted once for a whole page."""
    if not asked.has_figures:
        return {}
    level, invented = asked.wanted.level, asked.with_invented
    if asked.mode == "carried":
        return queries.figures_carried(
            level, measured_on=asked.on, on=asked.to, with_invented=invented
        )
    return queries.figures_on(level, asked.on, with_invented=invented)


def _file(asked: Asked, form: str) -> HttpResponse:
    rows = list(_places(asked).order_by("code")[: MOST + 1])
    sheet = _sheet(asked, rows[:MOST], _figures(asked), with_path=True)
    note = file_note(len(rows), MOST, is_demo=sheet.has_invented)
    name = _("Register on %(day)s") % {"day": asked.on.isoformat()}
    return download(sheet.rows, name=name, form=form, note=note)


def _frame(form: ThenForm, asked: Asked, figures: dict[int, Figures]) -> dict[str, object]:
    towns = queries.places_on("town", asked.on, with_invented=asked.with_invented)
    return {
        "form": form, "asked": asked, "title": _title(asked),
        "towns": [(one.code, then_rows.called(one)) for one in towns],
        "checks": _checks(asked, figures) if asked.mode == "carried" else [],
    }  # fmt: skip


def _checks(asked: Asked, figures: dict[int, Figures]) -> list[dict[str, Any]]:
    before = queries.figures_on(asked.wanted.level, asked.on, with_invented=asked.with_invented)
    return then_rows.checked(before, figures)


def _title(asked: Asked) -> str:
    words = {"on": day(asked.on), "to": day(asked.to)}
    if asked.mode == "then":
        return _("The register on %(on)s") % words
    if asked.mode == "figures":
        return _("Figures of %(on)s, under the borders of that day") % words
    if asked.mode == "carried":
        return _("Figures of %(on)s, restated to the borders of %(to)s") % words
    return _("Places of %(on)s and what they are on %(to)s") % words
