"""What must be right before a form is published, and what should be looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from linli.formkit.rules.lint_fields import field_findings
from linli.formkit.rules.order import fields_of_condition, ordered
from linli.formkit.rules.shapes import RESERVED
from linli.formkit.rules.sorts import computation_faults, condition_faults
from linli.formkit.types import Audience, Field, Finding, Kind, Spec, Words

MANY_ON_PAGE, MANY_QUESTIONS = 12, 40
# a page with more names than this would be refused by the web framework
MOST_NAMES = 900


def lint(spec: Spec, audience: Audience, known: frozenset[str] = frozenset()) -> list[Finding]:
    """Return faults first, then warnings, each in the order of the form.

    `known` are the sources by which some app fills fields in beforehand.
    """
    found = [
        *_head(spec),
        *_layout(spec),
        *_pages(spec),
        *_logic(spec),
        *_numbers(spec),
        *_hukou(spec),
    ]
    for path in spec.paths:
        one = spec.find(path)
        if path in RESERVED:
            found.append(Finding("reserved_key", path))
        if one is not None:
            found += field_findings(path, one, audience, known)
    order = {path: number for number, path in enumerate(["", *laid_out(spec)])}
    return sorted(
        _once(found),
        key=lambda one: (not one.is_fault, order.get(one.path.partition(".")[0], len(order))),
    )


def _once(found: list[Finding]) -> Iterator[Finding]:
    """Yield each finding once."""
    seen = set()
    for one in found:
        mark = (one.code, one.path, tuple(sorted((k, str(v)) for k, v in one.params.items())))
        if mark not in seen:
            seen.add(mark)
            yield one


def laid_out(spec: Spec) -> list[str]:
    """Return the keys of all fields in the order in which they are asked."""
    return [key for page in spec.pages for key in page.items]


def _head(spec: Spec) -> Iterator[Finding]:
    yield from missing("title", "", spec.title)
    if spec.intro:
        yield from missing("intro", "", spec.intro)


def missing(what: str, path: str, words: Words) -> Iterator[Finding]:
    """Yield a finding for each language in which a text is missing."""
    for language, text in (("zh", words.zh), ("en", words.en)):
        if not text.strip():
            yield Finding("no_words", path, params={"what": what, "language": language})


def _layout(spec: Spec) -> Iterator[Finding]:
    placed = laid_out(spec)
    if not placed:
        yield Finding("empty_form")
    for key in spec.fields:
        if key not in placed:
            yield Finding("unreachable", key)
    for key in sorted(set(placed)):
        if key not in spec.fields:
            yield Finding("no_such_item", key)
        elif placed.count(key) > 1:
            yield Finding("asked_twice", key)


def _pages(spec: Spec) -> Iterator[Finding]:
    keys = [page.key for page in spec.pages]
    for number, page in enumerate(spec.pages, 1):
        asked = [k for k in page.items if k in spec.fields and spec.fields[k].kind is not Kind.NOTE]
        if keys.count(page.key) > 1:
            yield Finding("double_page", params={"page": number})
        if not asked:
            yield Finding("empty_page", params={"page": number})
        if len(spec.pages) > 1:
            for one in missing("page", "", page.title):
                yield Finding(one.code, params={**one.params, "page": number})
        for section in page.sections:
            if section.title:
                yield from missing("section", next(iter(section.items), ""), section.title)
        if len(asked) > MANY_ON_PAGE:
            params = {"page": number, "count": len(asked), "most": MANY_ON_PAGE}
            yield Finding("many_on_page", is_fault=False, params=params)
        yield from _page_fits(spec, number, asked)
        yield from _same_labels(spec, asked)


def _page_fits(spec: Spec, number: int, asked: list[str]) -> Iterator[Finding]:
    fields = [spec.fields[key] for key in asked]
    names = sum(one.max_rows * (len(one.columns) + 1) if one.columns else 2 for one in fields)
    if any(one.columns for one in fields) and names > MOST_NAMES:
        yield Finding("too_many_cells", params={"page": number, "most": MOST_NAMES})


def _same_labels(spec: Spec, asked: list[str]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for key in asked:
        label = spec.fields[key].label.zh.strip()
        if label and label in seen:
            params = {"other": seen[label]}
            yield Finding("same_label", key, is_fault=False, params=params)
        seen[label] = key


def _logic(spec: Spec) -> Iterator[Finding]:
    page_at = {key: n for n, page in enumerate(spec.pages) for key in page.items}
    place_at = {key: n for n, key in enumerate(laid_out(spec))}
    for path in ordered(spec)[1]:
        yield Finding("circle", path)
    for path in spec.paths:
        one = spec.find(path)
        if one is None:
            continue
        if one.show is not None:
            yield from condition_faults(spec, path, one.show)
            yield from _later(one, path, page_at, place_at)
        if one.kind is Kind.COMPUTED:
            yield from computation_faults(spec, path, one)
        elif one.compute is not None:
            yield Finding("computes_typed", path)


def _later(
    one: Field, path: str, page_at: dict[str, int], place_at: dict[str, int]
) -> Iterator[Finding]:
    head = path.partition(".")[0]
    for name in fields_of_condition(one.show) if one.show else ():
        other = name.partition(".")[0]
        if page_at.get(other, 0) > page_at.get(head, 0):
            yield Finding("later_page", path, params={"field": name})
        elif place_at.get(other, 0) > place_at.get(head, 0):
            yield Finding("later_field", path, is_fault=False, params={"field": name})


def _numbers(spec: Spec) -> Iterator[Finding]:
    asked = [one for one in spec.fields.values() if one.kind not in (Kind.NOTE, Kind.COMPUTED)]
    if len(asked) > MANY_QUESTIONS:
        params = {"count": len(asked), "most": MANY_QUESTIONS}
        yield Finding("many_questions", is_fault=False, params=params)


def _hukou(spec: Spec) -> Iterator[Finding]:
    """Nobody is asked for hukou before it is known what she needs (design decision 10)."""
    for key in spec.pages[0].items if spec.pages else ():
        one = spec.fields.get(key)
        if one is not None and one.show is None and asks_hukou(one):
            yield Finding("hukou_early", key)


def asks_hukou(one: Field) -> bool:
    """Say whether a question is about the register of residence."""
    said = f"{one.label.zh} {one.label.en}".lower()
    return one.topic == "hukou" or any(word in said for word in ("户籍", "户口", "hukou"))
