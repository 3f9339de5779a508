"""Parameters as the pages and the API list them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.kernel.errors import NotFound
from linli.rulebook import rules
from linli.rulebook.errors import NotInForce
from linli.rulebook.law.load import law
from linli.rulebook.law.model import Group, Parameter
from linli.rulebook.models import LocalValue
from linli.rulebook.queries.cache import held
from linli.rulebook.types import Value, Words

# the name under which pages speak of a row of the table
LocalRow = LocalValue


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader of the list asked for; empty words ask for nothing."""

    words: str = ""
    group: str = ""
    certainty: str = ""
    level: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter with the value that holds, or none on that day."""

    parameter: Parameter
    value: Value | None
    words: Words

    @property
    def key(self) -> str:
        return self.parameter.key


def rows(asked: Asked, on: date) -> list[Row]:
    """Return the parameters that fit, in the order of their groups, with the value on a day."""
    local = held().local
    found = []
    for parameter in _in_order(asked.group):
        row = _row(parameter, local.get(parameter.key, {}), asked.place, on)
        if _fits(row, asked):
            found.append(row)
    return found


def _in_order(group: str = "") -> Iterable[Parameter]:
    """The parameters, or only those of a group: what is left out is not worked out for a day."""
    read = law()
    order = {key: group.order for key, group in read.groups.items()}
    wanted = (one for one in read.parameters.values() if not group or one.group == group)
    return sorted(wanted, key=lambda p: order[p.group])


def _row(parameter: Parameter, local: rules.Local, place: str, on: date) -> Row:
    try:
        value = rules.resolve(parameter, local, place, on)
    except NotInForce:
        return Row(parameter, None, ("", ""))
    return Row(parameter, value, law().glossary.words(value.value, value.unit))


def _fits(row: Row, asked: Asked) -> bool:
    certainty = row.value.certainty if row.value else row.parameter.certainty
    if asked.certainty and certainty != asked.certainty:
        return False
    level = row.value.level if row.value else rules.level_of(row.parameter.jurisdiction)
    if asked.level and level != asked.level:
        return False
    wanted = _plain(asked.words).split()
    text = _plain(_searched(row)) if wanted else ""
    return all(word in text for word in wanted)


def _searched(row: Row) -> str:
    parameter, value = row.parameter, row.value
    parts = [parameter.key, *parameter.title, *parameter.rules, *parameter.text, *row.words]
    return " ".join([*parts, *(value.source if value else ())])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def groups() -> list[Group]:
    """Return the headings in order."""
    return list(law().groups.values())


def changes_between(first: date, last: date, words: str = "") -> list[rules.Change]:
    """Return what changed or will change in a period, at every level, oldest first."""
    local, plain = held().local, _plain(words)
    found = [
        change
        for parameter in law().parameters.values()
        if plain in _plain(" ".join([parameter.key, *parameter.title]))
        for change in rules.changes(parameter, local.get(parameter.key, {}))
        if first <= change.on <= last
    ]
    return sorted(found, key=lambda change: (change.on, change.parameter.key))


def changes_of(parameter: Parameter) -> list[rules.Change]:
    """Return the whole history of one parameter, oldest first."""
    return rules.changes(parameter, held().local.get(parameter.key, {}))


def local_values(key: str) -> list[LocalValue]:
    """Return the local values of a parameter, newest first, withdrawn ones too."""
    return list(LocalValue.objects.filter(key=key).order_by("-valid_from", "-id"))


def get_local_value(pk: int) -> LocalValue:
    """Return one local value. They are public. Refuses with NotFound."""
    found = LocalValue.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(id=pk)
    return found


def ending_values(paths: Sequence[str], until: date, limit: int) -> list[LocalValue]:
    """Return values at or below some places that end by a day and have no successor, late first."""
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(place__gte=path, place__lt=path + "~")
    later = LocalValue.objects.filter(
        key=OuterRef("key"), jurisdiction=OuterRef("jurisdiction"),
        valid_from__gt=OuterRef("valid_from"), withdrawn_from=None,
    )  # fmt: skip
    found = LocalValue.objects.filter(below, valid_to__lte=until, withdrawn_from=None)
    return list(found.exclude(Exists(later)).order_by("valid_to", "id")[:limit])


def values_of_place(path: str, on: date) -> int:
    """Count the values that a place set for itself and that hold on a day or later."""
    return _holding([path], on).count()


def keys_of_places(paths: Sequence[str], on: date) -> dict[str, list[str]]:
    """Return by path which parameters places set for themselves, that hold on a day or later."""
    rows = _holding(paths, on).order_by("key").distinct()
    keys: dict[str, list[str]] = {}
    for path, key in rows.values_list("jurisdiction", "key"):
        keys.setdefault(path, []).append(key)
    return keys


def _holding(paths: Sequence[str], on: date) -> QuerySet[LocalValue]:
    found = LocalValue.objects.filter(jurisdiction__in=paths)
    return found.exclude(valid_to__lt=on).exclude(withdrawn_from__lte=on)


def values_of_body(body_id: int) -> int:
    """Count the values that a body set and that were not withdrawn: they stay its own."""
    return LocalValue.objects.filter(body_id=body_id, withdrawn_from__isnull=True).count()
