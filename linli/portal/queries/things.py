"""What single things are called, for whoever reads the trail: a number alone tells nobody anything.

Residents, their papers and the Party's organisations stay numbers: the trail opens neither register.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.timezone import localdate

from linli.kernel.registries import POST_NAMES
from linli.kernel.wholes import whole_number
from linli.notify.types import TEMPLATES
from linli.orgs import queries as orgs
from linli.ui.formats import is_chinese


@dataclass(frozen=True, slots=True)
class Named:
    """The column with the name, the one with the English name, and which rows have none."""

    column: str
    english: str = ""
    only: Mapping[str, Any] | None = None


# kind of thing → where its name stands
NAMED: dict[str, Named] = {
    "access.account": Named("display_name", only={"kind": "staff"}),
    "access.apitoken": Named("name"),
    "access.counterdevice": Named("name"),
    "access.datarequest": Named("number"),
    "access.deputy": Named("account__display_name"),
    "access.resetrequest": Named("account__display_name"),
    "access.staffimport": Named("name"),
    "cases.case": Named("number"),
    "cases.category": Named("title", "title_en"),
    "cases.reportspot": Named("title"),
    "cases.ruleset": Named("title"),
    "documents.document": Named("number"),
    "documents.sealuse": Named("number"),
    "formkit.form": Named("title", "title_en"),
    "notices.posting": Named("code"),
    "orgs.certificate": Named("holder_name"),
    "orgs.postholding": Named("holder_name"),
    "orgs.servicecentre": Named("organisation__code"),
    "orgs.stafflist": Named("file_name"),
    "orgs.traininghours": Named("holder_name"),
    "people.household": Named("number"),
    "people.importrun": Named("file_name"),
    "people.roll": Named("name"),
    "places.cell": Named("name"),
    "places.layer": Named("name", "name_en"),
    "places.place": Named("name", "name_en"),
    "plan.fundingline": Named("purpose"),
    "plan.measure": Named("number"),
    "plan.pilot": Named("title"),
    "plan.plandocument": Named("title", "title_en"),
    "plan.practice": Named("title"),
    "plan.target": Named("name"),
    "plan.task": Named("name"),
    "plan.townplan": Named("title"),
    "rulebook.localvalue": Named("key"),
    "runtime.longjob": Named("title"),
}


def names_of_things(things: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Return what things are called, by kind and key; one query for each kind that has names."""
    by_kind: dict[str, set[int]] = {}
    for kind, key in things:
        number = whole_number(key, least=1)
        if number is not None:
            by_kind.setdefault(kind, set()).add(number)
    return {
        (kind, str(number)): name
        for kind, numbers in by_kind.items()
        for number, name in _names(kind, numbers).items()
        if name
    }


def _names(kind: str, numbers: set[int]) -> Mapping[int, str]:
    if kind == "orgs.organisation":
        return orgs.names_of(numbers, localdate())
    if kind == "orgs.post":
        return dict(POST_NAMES.call(numbers))
    if kind in ("notify.message", "notify.delivery"):
        found = _read(kind, ("template",), numbers)
        return {number: _letter(template) for number, (template,) in found.items()}
    named = NAMED.get(kind)
    if named is None:
        return {}
    columns = (named.column, named.english or named.column)
    found = _read(kind, columns, numbers, **(named.only or {}))
    return {
        number: str(own if is_chinese() or not english else english)
        for number, (own, english) in found.items()
    }


def _read(
    kind: str, columns: tuple[str, ...], numbers: set[int], /, **only: Any
) -> dict[int, tuple[Any, ...]]:
    rows = apps.get_model(kind)._default_manager.filter(pk__in=numbers, **only)
    return {row[0]: row[1:] for row in rows.values_list("pk", *columns)}


def _letter(template: str) -> str:
    known = TEMPLATES.get(template)
    return str(known.title) if known else ""
