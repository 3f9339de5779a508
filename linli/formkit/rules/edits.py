"""Steps of building a form, each from one spec to the next; nothing is checked here but what breaks."""

from __future__ import annotations

from dataclasses import replace

from linli.formkit.rules.shapes import KEY, RESERVED
from linli.formkit.types import Field, Kind, Option, Page, Section, Spec, Words

EMPTY = Spec(Words(), Words(), {}, (Page("page1", Words(), (Section(Words(), ()),)),))


class EditRefused(ValueError):
    """A step that cannot be made; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def new_field(key: str, kind: Kind, label: Words = Words()) -> Field:
    """Return a field as it begins its life: sealed if it names people, with what its kind needs."""
    made = Field(key, kind, label, sealed=kind in (Kind.IDENTITY, Kind.PHONE))
    if kind in (Kind.CHOICE, Kind.SEVERAL):
        return replace(made, options=(Option("a", Words()), Option("b", Words())))
    if kind is Kind.TABLE:
        return replace(made, columns=(Field("name", Kind.TEXT, Words()),))
    if kind is Kind.DECIMAL:
        return replace(made, decimals=2)
    return made


def free_key(taken: object, base: str) -> str:
    """Return a name that nothing has yet: base, base2, base3…"""
    names = set(taken) if isinstance(taken, (set, frozenset, dict, list, tuple)) else set()
    if base not in names:
        return base
    number = 2
    while f"{base}{number}" in names:
        number += 1
    return f"{base}{number}"


def add_field(
    spec: Spec, kind: Kind, *, page: str, section: int, label: Words = Words()
) -> tuple[Spec, str]:
    """Add a question at the end of a section; return the form and the question's key."""
    key = free_key(dict(spec.fields), kind.value)
    fields = {**spec.fields, key: new_field(key, kind, label)}
    return _placed(replace(spec, fields=fields), key, page, section), key


def _placed(spec: Spec, key: str, page: str, section: int, at: int | None = None) -> Spec:
    found = spec.page(page)
    if found is None or not 0 <= section < len(found.sections):
        raise EditRefused("no_such_page")
    items = list(found.sections[section].items)
    items.insert(len(items) if at is None else at, key)
    return with_items(spec, page, section, tuple(items))


def with_items(spec: Spec, page: str, section: int, items: tuple[str, ...]) -> Spec:
    """Return the form with other questions in one section."""
    return replace(spec, pages=tuple(
        replace(one, sections=tuple(
            replace(s, items=items) if n == section else s for n, s in enumerate(one.sections)
        )) if one.key == page else one
        for one in spec.pages
    ))  # fmt: skip


def where(spec: Spec, key: str) -> tuple[str, int, int]:
    """Return page, section and place of a question. Raises EditRefused if it stands nowhere."""
    for page in spec.pages:
        for number, section in enumerate(page.sections):
            if key in section.items:
                return page.key, number, section.items.index(key)
    raise EditRefused("no_such_field")


def add_column(spec: Spec, table: str, kind: Kind) -> tuple[Spec, str]:
    """Add a column to a table; return the form and the column's path."""
    one = spec.fields.get(table)
    if one is None or one.kind is not Kind.TABLE:
        raise EditRefused("no_such_field")
    key = free_key([column.key for column in one.columns], kind.value)
    changed = replace(one, columns=(*one.columns, new_field(key, kind)))
    return put(spec, table, changed), f"{table}.{key}"


def put(spec: Spec, path: str, changed: Field) -> Spec:
    """Return the form with one field or column replaced, under its old key."""
    head, _dot, tail = path.partition(".")
    if tail:
        one = spec.fields[head]
        columns = tuple(changed if column.key == tail else column for column in one.columns)
        return put(spec, head, replace(one, columns=columns))
    return replace(spec, fields={**spec.fields, head: changed})


def copy_field(spec: Spec, path: str) -> tuple[Spec, str]:
    """Put a copy of a question behind it; return the form and the copy's path."""
    head, _dot, tail = path.partition(".")
    one = spec.find(path)
    if one is None:
        raise EditRefused("no_such_field")
    if tail:
        table = spec.fields[head]
        key = free_key([column.key for column in table.columns], tail)
        at = [column.key for column in table.columns].index(tail) + 1
        columns = (*table.columns[:at], replace(one, key=key), *table.columns[at:])
        return put(spec, head, replace(table, columns=columns)), f"{head}.{key}"
    key = free_key(dict(spec.fields), head)
    page, section, at = where(spec, head)
    copied = replace(spec, fields={**spec.fields, key: replace(one, key=key)})
    return _placed(copied, key, page, section, at + 1), key


def remove_field(spec: Spec, path: str) -> Spec:
    """Take a question or column out; what looked at it is told by the lint."""
    head, _dot, tail = path.partition(".")
    if spec.find(path) is None:
        raise EditRefused("no_such_field")
    if tail:
        table = spec.fields[head]
        columns = tuple(column for column in table.columns if column.key != tail)
        return put(spec, head, replace(table, columns=columns))
    pages = tuple(
        replace(page, sections=tuple(
            replace(s, items=tuple(key for key in s.items if key != head)) for s in page.sections
        ))
        for page in spec.pages
    )  # fmt: skip
    fields = {key: one for key, one in spec.fields.items() if key != head}
    return replace(spec, fields=fields, pages=pages)


def move_field(spec: Spec, path: str, step: int) -> Spec:
    """Move a question or column one place up (-1) or down (1), into the next section if need be."""
    head, _dot, tail = path.partition(".")
    if tail:
        table = spec.fields.get(head)
        keys = [column.key for column in table.columns] if table else []
        if table is None or tail not in keys:
            raise EditRefused("no_such_field")
        order = shifted(keys, keys.index(tail), step)
        by_key = {column.key: column for column in table.columns}
        return put(spec, head, replace(table, columns=tuple(by_key[key] for key in order)))
    page, section, at = where(spec, head)
    items = list(next(p for p in spec.pages if p.key == page).sections[section].items)
    if 0 <= at + step < len(items):
        return with_items(spec, page, section, tuple(shifted(items, at, step)))
    return _to_neighbour(spec, head, page, section, step)


def shifted(items: list[str], at: int, step: int) -> list[str]:
    """Return a list in which one item changed places with its neighbour."""
    to = at + step
    moved = list(items)
    if 0 <= to < len(moved):
        moved[at], moved[to] = moved[to], moved[at]
    return moved


def _to_neighbour(spec: Spec, key: str, page: str, section: int, step: int) -> Spec:
    """Over the edge of a section one comes into the next or the one before, on its page or another."""
    places = [(one.key, number) for one in spec.pages for number in range(len(one.sections))]
    to = places.index((page, section)) + step
    if not 0 <= to < len(places):
        return spec
    left = with_items(spec, page, section, tuple(
        one for one in next(p for p in spec.pages if p.key == page).sections[section].items if one != key
    ))  # fmt: skip
    return _placed(left, key, *places[to], at=0 if step > 0 else None)


def is_key(text: str) -> bool:
    """Say whether a text can name a field."""
    return bool(KEY.fullmatch(text)) and text not in RESERVED
