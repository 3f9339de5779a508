"""Pages on categories: the tree, a new one, other words, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.forms.routing import CategoryChangeForm, EndForm, NewCategoryForm, TakeUpForm
from linli.cases.queries import categories as queries
from linli.cases.services import categories as services
from linli.cases.views.routing_frame import (
    GET_POST,
    Asking,
    Way,
    answer,
    keeps_categories,
    require_keeper,
    tabs_of,
)
from linli.kernel.errors import NotFound
from linli.kernel.paths import CITY_PATH, code_of
from linli.kernel.permits import Actor
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.demo import demo_note

if TYPE_CHECKING:
    from linli.cases.models import Category


@require_safe
def category_list(request: Request) -> HttpResponse:
    """Show the tree of categories to who keeps rules, or hand it out as a file."""
    require_keeper(request.actor)
    words, with_ended = request.GET.get("q", "").strip()[:40], request.GET.get("ended") == "1"
    tree = queries.category_tree(None if with_ended else localdate())
    form = request.GET.get("format", "")
    if form in ("csv", "xlsx"):
        return download(
            [_heads(), *_cells(tree)], name=_("Categories"), form=form, note=demo_note()
        )
    context: dict[str, object] = {
        "tree": [shown for group in tree if (shown := _matching(group, words))],
        "words": words,
        "with_ended": with_ended,
        "here": address_of(request),
        "tabs": tabs_of(request.actor, "categories", code_of(CITY_PATH)),
        "may_change": keeps_categories(request.actor),
        "today": localdate(),
        "columns": [col(_("Category")), col(_("Words that point to it")), col(_("Next step"), end=True)],
    }  # fmt: skip
    return page(request, "cases/categories.html", context)


def _matching(group: queries.Group, words: str) -> queries.Group | None:
    """Return a group with those of its categories that a filter shows, or None."""
    if not words or _has(group.category, words):
        return group
    items = [one for one in group.items if _has(one, words)]
    return queries.Group(group.category, items) if items else None


def _has(category: Category, words: str) -> bool:
    text = "\n".join((category.code, category.title, category.title_en, category.words))
    return words.casefold() in text.casefold()


def _heads() -> list[str]:
    return [
        _("Short name"),
        _("Group of categories"),
        _("Chinese"),
        _("English"),
        _("Words"),
        _("Promise"),
        _("Promise in English"),
        _("Ended on"),
    ]


def _cells(tree: list[queries.Group]) -> list[list[str]]:
    return [
        [
            one.code, group.category.title, one.title, one.title_en,
            "、".join(one.words.split("\n")), one.promise, one.promise_en,
            one.until.isoformat() if one.until else "",
        ]
        for group in tree
        for one in (group.category, *group.items)
    ]  # fmt: skip


def _kept(actor: Actor, code: str) -> Category:
    """Return a category that the actor may change. Refuses with NotFound."""
    if not keeps_categories(actor):
        raise NotFound()
    return queries.get_category(code)


def _way(title: str) -> Way:
    return [(_("Categories"), reverse("cases:categories")), (title, "")]


@require_http_methods(GET_POST)
def category_new(request: Request) -> HttpResponse:
    """Add a group or a category."""
    if not keeps_categories(request.actor):
        raise NotFound()
    form = NewCategoryForm(request.POST or None, initial={"parent": request.GET.get("group", "")})

    def act() -> None:
        given = form.cleaned_data
        services.add_category(
            given["code"].strip(), form.details(), parent=given["parent"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("New category")
    asking = Asking(
        title, form, _way(title), reverse("cases:categories"), _("Add"), _("The category is added.")
    )
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def category_change(request: Request, code: str) -> HttpResponse:
    """Put the words of a category right."""
    one = _kept(request.actor, code)
    initial = {"title": one.title, "title_en": one.title_en, "words": one.words,
               "order": one.order, "edition": one.version}  # fmt: skip
    form = CategoryChangeForm(request.POST or None, initial=initial)

    def act() -> None:
        services.change_category(
            code, form.details(), edition=form.cleaned_data["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("Change “%(name)s”") % {"name": queries.name_of(one)}
    asking = Asking(
        title, form, _way(title), reverse("cases:categories"), _("Save"), _("Saved."),
        lead=_("Short name: %(code)s. A later release leaves what you change alone.") % {"code": code},
    )  # fmt: skip
    return answer(request, asking, act, lambda: queries.get_category(code).version)


@require_http_methods(GET_POST)
def category_end(request: Request, code: str) -> HttpResponse:
    """Let nobody choose a category any more, or take it into use again."""
    one = _kept(request.actor, code)
    initial = {"edition": one.version, "until": localdate()}
    kind = EndForm if one.until is None else TakeUpForm
    form = kind(request.POST or None, initial=initial)

    def act() -> None:
        given = form.cleaned_data
        services.end_category(
            code, given.get("until"), edition=given["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    name = {"name": queries.name_of(one)}
    title = _("End “%(name)s”") % name if one.until is None else _("Use “%(name)s” again") % name
    asking = Asking(
        title, form, _way(title), reverse("cases:categories"),
        _("End") if one.until is None else _("Use it again"), _("Saved."),
        lead=_("Cases that have it keep it. Nobody can choose it from that day on.")
        if one.until is None else "",
    )  # fmt: skip
    return answer(request, asking, act, lambda: queries.get_category(code).version)
