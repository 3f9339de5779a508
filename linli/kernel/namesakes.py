"""Things of one name that come together at one place: those that come are told apart by their origin."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Any

from django.db.models import F, QuerySet


def told_apart(name: str, origin: str, taken: Collection[str], *, most: int) -> str:
    """Return a name with its origin before it, numbered if that is taken too; of `most` signs."""
    for number in count(1):
        after = "" if number == 1 else f" {number}"
        kept = name[: most - len(after)]
        made = f"{origin[: most - len(after) - len(kept)]}{kept}{after}"
        if made not in taken:
            return made
    raise AssertionError("one of the numbers is free")


def make_room(
    coming: QuerySet[Any], there: QuerySet[Any], column: str, *, origin: str, alike: str = ""
) -> None:
    """Rename those that come and are called like one that is there, by where they come from.

    `alike`: a column in which two must be the same as well to be taken for each other.
    """
    most = coming.model._meta.get_field(column).max_length
    columns = [column, *filter(None, [alike])]
    has_edition = any(field.name == "edition" for field in coming.model._meta.fields)
    more = {"edition": F("edition") + 1} if has_edition else {}
    taken = {row[1:] for row in there.values_list("pk", *columns)}
    own = list(coming.order_by("pk").values_list("pk", *columns))
    # what comes keeps its names, but for those made here
    held = taken | {row[1:] for row in own}
    for pk, name, *same in own:
        if (name, *same) not in taken:
            continue
        made = told_apart(name, origin, {one for one, *as_ in held if as_ == same}, most=most)
        coming.filter(pk=pk).update(**{column: made}, **more)
        taken.add((made, *same))
        held.add((made, *same))
