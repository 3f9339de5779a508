"""Which questions of a form are answered under seal, also because their answer tells of a sealed one."""

from __future__ import annotations

from linli.formkit.rules.order import needs_of
from linli.formkit.types import Spec


def sealed_keys(spec: Spec) -> frozenset[str]:
    """Return the questions that are sealed, hold a sealed column, or hang on one that is or does.

    Whoever reads that a question was asked knows the answer that it hangs on; so it is sealed with it.
    """
    found = {
        key
        for key, one in spec.fields.items()
        if one.sealed or any(column.sealed for column in one.columns)
    }
    grew = True
    while grew:
        hanging = {_head(path) for path in spec.paths if _heads(spec, path) & found}
        grew = bool(hanging - found)
        found |= hanging
    return frozenset(found)


def _head(path: str) -> str:
    return path.partition(".")[0]


def _heads(spec: Spec, path: str) -> set[str]:
    return {_head(need) for need in needs_of(spec, path)}
