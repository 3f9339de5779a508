"""Going from page to page: what belongs to which, and which comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from linli.formkit.types import Page, Spec


def owner_of(name: str) -> str:
    """Return the field that a name on a page belongs to: "rows-0-n" is of "rows"."""
    return name.partition("-")[0]


def merged(
    spec: Spec,
    page: Page,
    old: Mapping[str, Sequence[str]],
    new: Mapping[str, Sequence[str]],
    *,
    only: str = "",
) -> dict[str, list[str]]:
    """Return what was typed so far, with this page's questions (or one field) as they are now."""
    mine = {only} if only else set(page.items)
    kept = {name: list(texts) for name, texts in old.items() if owner_of(name) not in mine}
    return kept | {name: list(texts) for name, texts in new.items() if owner_of(name) in mine}


def after(spec: Spec, page: Page) -> str:
    """Return the next page's key, nothing behind the last."""
    at = spec.pages.index(page) + 1
    return spec.pages[at].key if at < len(spec.pages) else ""


def before(spec: Spec, page: Page) -> str:
    """Return the key of the page before, or of the first."""
    return spec.pages[max(0, spec.pages.index(page) - 1)].key


def page_of(spec: Spec, path: str) -> str:
    """Return the key of the page on which a field stands."""
    head = path.partition(".")[0]
    return next((page.key for page in spec.pages if head in page.items), "")
