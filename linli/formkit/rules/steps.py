"""The small steps of the builder by name, with what was typed beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from linli.formkit.rules import edits, edits_pages
from linli.formkit.rules.edits import EditRefused
from linli.formkit.types import IN_TABLES, Kind, Spec, Words
from linli.kernel.wholes import whole_number

Values = Mapping[str, str]
LONGEST = 1000


def make_step(spec: Spec, name: str, target: str, values: Values) -> tuple[Spec, str]:
    """Return the form after a step, and the path to look at then. Raises EditRefused."""
    step = STEPS.get(name)
    if step is None:
        raise EditRefused("no_such_field")
    return step(spec, target, values)


def _words(values: Values, name: str) -> Words:
    zh, en = (values.get(f"{name}{mark}", "").strip()[:LONGEST] for mark in ("_zh", "_en"))
    return Words(zh, en)


def _kind(values: Values) -> Kind:
    try:
        return Kind(values.get("kind", ""))
    except ValueError:
        raise EditRefused("no_such_field") from None


def _section(target: str) -> tuple[str, int]:
    page, _colon, section = target.partition(":")
    return page, whole_number(section, most=999) or 0


def _add(spec: Spec, target: str, values: Values) -> tuple[Spec, str]:
    page, section = _section(target)
    label = Words(values.get("label", "").strip()[:LONGEST])
    return edits.add_field(spec, _kind(values), page=page, section=section, label=label)


def _column(spec: Spec, target: str, values: Values) -> tuple[Spec, str]:
    kind = _kind(values)
    if kind not in IN_TABLES:
        raise EditRefused("no_such_field")
    return edits.add_column(spec, target, kind)


def _moved(step: int) -> Callable[[Spec, str, Values], tuple[Spec, str]]:
    return lambda spec, target, values: (edits.move_field(spec, target, step), target)


def _page_moved(step: int) -> Callable[[Spec, str, Values], tuple[Spec, str]]:
    return lambda spec, target, values: (edits_pages.move_page(spec, target, step), "")


def _name(spec: Spec, target: str, values: Values) -> tuple[Spec, str]:
    page = spec.page(target)
    if page is None:
        raise EditRefused("no_such_page")
    sections = tuple(_words(values, f"section_{number}") for number in range(len(page.sections)))
    return edits_pages.name_page(spec, target, _words(values, "page"), sections), ""


def _head(spec: Spec, target: str, values: Values) -> tuple[Spec, str]:
    return replace(spec, title=_words(values, "title"), intro=_words(values, "intro")), ""


def _section_removed(spec: Spec, target: str, values: Values) -> tuple[Spec, str]:
    return edits_pages.remove_section(spec, *_section(target)), ""


STEPS: dict[str, Callable[[Spec, str, Values], tuple[Spec, str]]] = {
    "add": _add,
    "column": _column,
    "copy": lambda spec, target, values: edits.copy_field(spec, target),
    "up": _moved(-1),
    "down": _moved(1),
    "remove": lambda spec, target, values: (edits.remove_field(spec, target), ""),
    "page": lambda spec, target, values: (edits_pages.add_page(spec)[0], ""),
    "section": lambda spec, target, values: (edits_pages.add_section(spec, target), ""),
    "name": _name,
    "head": _head,
    "page_up": _page_moved(-1),
    "page_down": _page_moved(1),
    "page_remove": lambda spec, target, values: (edits_pages.remove_page(spec, target), ""),
    "section_remove": _section_removed,
}
