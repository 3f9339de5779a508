"""What falls due: which occasion fits an age, a permit, a document or a benefit, and what it opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from linli.offerings.types.reminders import Due, Occasion

CAUSES = ("age", "permit", "document", "benefit")


def read_occasion(row: Mapping[str, object]) -> Occasion:
    """Return an occasion out of plain data. Raises ValueError for what cannot be one."""
    items = row.get("items")
    if not isinstance(items, list) or row.get("cause") not in CAUSES:
        raise ValueError(f"no occasion: {row.get('key')}")
    key, cause, on, zh, en = (str(row[name]) for name in ("key", "cause", "on", "zh", "en"))
    return Occasion(key, cause, on, zh, en, tuple(str(one) for one in items))


def occasion_for(occasions: Iterable[Occasion], cause: str, on: str) -> Occasion | None:
    """Return the occasion of a cause: the one named for it, else the one that holds for all."""
    fitting = [one for one in occasions if one.cause == cause and one.on in (on, "")]
    return max(fitting, key=lambda one: bool(one.on), default=None)


def words_of_due(due: Due, *, is_chinese: bool) -> str:
    """Return why somebody stands on the list."""
    text = due.occasion.zh if is_chinese else due.occasion.en
    return text.replace("{age}", str(due.age)).replace("{name}", due.what)


def items_of(due: Due) -> tuple[str, ...]:
    """Return the keys of what she may apply for, its own item first, each once."""
    own = (due.item,) if due.item else ()
    return tuple(dict.fromkeys((*own, *due.occasion.items)))


def in_order(found: Iterable[Due]) -> Sequence[Due]:
    """Return what falls due by days; what one person has on a day stands together."""
    return sorted(found, key=lambda due: (due.on, due.name, due.person_id, due.occasion.key))
