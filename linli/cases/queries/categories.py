"""Categories of cases: the tree, one of them, and the choices of a form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.cases.models import Category
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.wholes import whole_number
from linli.ui.formats import is_chinese


@dataclass(slots=True)
class Group:
    """A group of categories with those that belong to it, in order."""

    category: Category
    items: list[Category] = field(default_factory=list)


def in_use(on: date) -> QuerySet[Category]:
    """Categories that may be chosen on a day."""
    return Category.objects.filter(Q(until__isnull=True) | Q(until__gt=on))


def category_tree(on: date | None = None) -> list[Group]:
    """Return groups with their categories in order; with a day those in use then, else all."""
    rows = list((in_use(on) if on else Category.objects.all()).order_by("order", "pk"))
    below: dict[int, list[Category]] = defaultdict(list)
    for row in rows:
        if row.parent_id is not None:
            below[row.parent_id].append(row)
    return [Group(row, below[row.pk]) for row in rows if row.parent_id is None]


def get_category(code: str) -> Category:
    """Return a category by its short name. Refuses with NotFound."""
    found = Category.objects.filter(code=code).select_related("parent").first()
    if found is None:
        raise NotFound()
    return found


def id_chosen(code: str, on: date) -> int:
    """Return the id of a category in use by its short name, or by the id itself. Refuses with Invalid."""
    if number := whole_number(code):
        return number
    found = in_use(on).filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise Invalid({"category": [_("There is no category %(code)s.") % {"code": code}]})
    return int(found)


def name_of(category: Category) -> str:
    """Return what a category is called in the reader's language."""
    return category.title if is_chinese() or not category.title_en else category.title_en


def category_names() -> dict[int, str]:
    """Return what every category is called in the reader's language, also those that ended."""
    return {category.pk: name_of(category) for category in Category.objects.all()}


def category_choices(on: date) -> list[tuple[int, str]]:
    """Return (id, name) of the categories in use, groups before what belongs to them."""
    found: list[tuple[int, str]] = []
    for group in category_tree(on):
        found.append((group.category.pk, name_of(group.category)))
        found += [(one.pk, f"{name_of(group.category)} · {name_of(one)}") for one in group.items]
    return found


def ids_of_codes(codes: list[str]) -> dict[str, int]:
    """Return the ids of categories by their short names; unknown ones are left out."""
    return dict(Category.objects.filter(code__in=codes).values_list("code", "pk"))


def ids_by_code(codes: Iterable[str]) -> dict[str, int | None]:
    """Return the category that each short name means, groups too; "" means none.

    One query. Refuses with Invalid what is no short name of a category.
    """
    asked = {code for code in codes if code}
    found: dict[str, int | None] = {"": None, **ids_of_codes(sorted(asked))}
    if unknown := sorted(asked - found.keys()):
        raise Invalid({"category": unknown})
    return found


def codes_of_ids(ids: set[int]) -> dict[int, str]:
    """Return the short names of categories by their ids."""
    return dict(Category.objects.filter(pk__in=ids).values_list("pk", "code"))


def kin_of(category_id: int) -> frozenset[str]:
    """Return the short names of a category, of its group and of what stands in its group if it is one. One query."""
    group = Category.objects.filter(pk=category_id).values("parent_id")
    near = Q(pk=category_id) | Q(parent=category_id) | Q(pk__in=group)
    return frozenset(Category.objects.filter(near).values_list("code", flat=True))


def id_of(code: str, on: date) -> int | None:
    """Return the id of a category in use by its short name, written with _ or with -; None for none."""
    known = in_use(on).filter(code__in={code, code.replace("-", "_")})
    return known.order_by("pk").values_list("pk", flat=True).first()


def promise_told(category_id: int) -> dict[str, str] | None:
    """Return what a category, or else its group, promises in both languages; empty without a promise.

    None if there is no such category. One query.
    """
    names = ("promise", "promise_en", "parent__promise", "parent__promise_en")
    found = Category.objects.filter(pk=category_id).values_list(*names).first()
    if found is None:
        return None
    zh, en = found[:2] if found[0] else found[2:]
    return {"zh": zh, "en": en} if zh else {}
