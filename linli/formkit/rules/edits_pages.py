"""Steps of building that concern pages, headings and names."""

from __future__ import annotations

from dataclasses import replace

from linli.formkit.rules.edits import EditRefused, free_key, is_key
from linli.formkit.types import Computation, Condition, Field, Operand, Page, Section, Spec, Words


def add_page(spec: Spec) -> tuple[Spec, str]:
    """Add a page at the end; return the form and the page's key."""
    key = free_key([page.key for page in spec.pages], "page")
    made = Page(key, Words(), (Section(Words(), ()),))
    return replace(spec, pages=(*spec.pages, made)), key


def add_section(spec: Spec, page: str) -> Spec:
    """Add a heading with room for questions at the end of a page."""
    return _with_page(spec, page, lambda one: replace(
        one, sections=(*one.sections, Section(Words(), ()))
    ))  # fmt: skip


def name_page(spec: Spec, page: str, title: Words, sections: tuple[Words, ...]) -> Spec:
    """Give a page and its sections their titles."""

    def named(one: Page) -> Page:
        titles = [*sections, *(Words() for _missing in one.sections)]
        return replace(one, title=title, sections=tuple(
            replace(section, title=words)
            for section, words in zip(one.sections, titles, strict=False)
        ))  # fmt: skip

    return _with_page(spec, page, named)


def move_page(spec: Spec, page: str, step: int) -> Spec:
    """Move a page one place up (-1) or down (1)."""
    pages = list(spec.pages)
    at = next((number for number, one in enumerate(pages) if one.key == page), None)
    if at is None:
        raise EditRefused("no_such_page")
    if 0 <= at + step < len(pages):
        pages[at], pages[at + step] = pages[at + step], pages[at]
    return replace(spec, pages=tuple(pages))


def remove_page(spec: Spec, page: str) -> Spec:
    """Take a page out that asks nothing. Raises EditRefused for one with questions, and the last."""
    found = spec.page(page)
    if found is None:
        raise EditRefused("no_such_page")
    if found.items or len(spec.pages) == 1:
        raise EditRefused("page_not_empty")
    return replace(spec, pages=tuple(one for one in spec.pages if one.key != page))


def remove_section(spec: Spec, page: str, section: int) -> Spec:
    """Take a heading out that has no questions below it. Raises EditRefused."""
    found = spec.page(page)
    if found is None or not 0 <= section < len(found.sections):
        raise EditRefused("no_such_page")
    if found.sections[section].items or len(found.sections) == 1:
        raise EditRefused("page_not_empty")
    left = tuple(one for number, one in enumerate(found.sections) if number != section)
    return _with_page(spec, page, lambda one: replace(one, sections=left))


def _with_page(spec: Spec, page: str, change: object) -> Spec:
    if spec.page(page) is None or not callable(change):
        raise EditRefused("no_such_page")
    pages = tuple(change(one) if one.key == page else one for one in spec.pages)
    return replace(spec, pages=pages)


def rename(spec: Spec, path: str, new: str) -> Spec:
    """Give a field or column another key, also where logic and layout speak of it."""
    head, _dot, tail = path.partition(".")
    taken = {c.key for c in spec.fields[head].columns} if tail else set(spec.fields)
    if not is_key(new) or new in taken:
        raise EditRefused("bad_key")
    names = {path: f"{head}.{new}" if tail else new}
    if not tail:
        names |= {f"{head}.{c.key}": f"{new}.{c.key}" for c in spec.fields[head].columns}

    def renamed(one: Field, at: str) -> Field:
        key = names.get(at, at).rpartition(".")[2]
        columns = tuple(renamed(column, f"{at}.{column.key}") for column in one.columns)
        show = one.show and _condition(one.show, names)
        return replace(one, key=key, columns=columns, show=show,
                       compute=one.compute and _computation(one.compute, names))  # fmt: skip

    fields = {names.get(key, key): renamed(one, key) for key, one in spec.fields.items()}
    pages = tuple(
        replace(page, sections=tuple(
            replace(s, items=tuple(names.get(key, key) for key in s.items)) for s in page.sections
        ))
        for page in spec.pages
    )  # fmt: skip
    return replace(spec, fields=fields, pages=pages)


def _condition(one: Condition, names: dict[str, str]) -> Condition:
    inner = tuple(_condition(part, names) for part in one.of)
    return replace(one, field=names.get(one.field, one.field), of=inner)


def _computation(one: Computation, names: dict[str, str]) -> Computation:
    def operand(part: Operand) -> Operand:
        inner = part.inner and _computation(part.inner, names)
        return replace(part, field=names.get(part.field, part.field), inner=inner)

    return replace(one, of=tuple(operand(part) for part in one.of))
