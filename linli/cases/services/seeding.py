"""Categories that a city begins with; what it corrected stays as it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases.clients import shipped
from linli.cases.clients.shipped import ShippedCategory
from linli.cases.models import Category
from linli.kernel.permits import Actor, open_to_all

COLUMNS = ("title", "title_en", "words", "order")


@open_to_all("run by migrate, as the owner of the tables")
@transaction.atomic
def load_categories(*, actor: Actor, now: datetime) -> int:
    """Bring the categories to what the package says; return how many were made or changed.

    A category that the city changed or ended is left alone; a second run does nothing.
    """
    known = {category.code: category for category in Category.objects.all()}
    groups = [one for one in shipped.categories() if not one.parent]
    leaves = [one for one in shipped.categories() if one.parent]
    made = _make(groups, known) + _make(leaves, known)
    return made + _mend(known)


def _make(wanted: list[ShippedCategory], known: dict[str, Category]) -> int:
    new = [_category(one, known) for one in wanted if one.code not in known]
    Category.objects.bulk_create(new)
    known.update({category.code: category for category in new})
    return len(new)


def _category(one: ShippedCategory, known: dict[str, Category]) -> Category:
    parent = known[one.parent] if one.parent else None
    return Category(code=one.code, parent=parent, **{name: getattr(one, name) for name in COLUMNS})


def _mend(known: dict[str, Category]) -> int:
    """Bring what nobody here has touched to a newer release's words."""
    changed = []
    for one in shipped.categories():
        category = known[one.code]
        theirs = {name: getattr(one, name) for name in COLUMNS}
        ours = {name: getattr(category, name) for name in COLUMNS}
        if category.version == 1 and ours != theirs:
            for name, value in theirs.items():
                setattr(category, name, value)
            changed.append(category)
    Category.objects.bulk_update(changed, COLUMNS)
    return len(changed)
