"""What the usual posts may do: named sets of permits with a ceiling, the same in every city.

Permits are named, since the apps above register them. `unknown_names` tells which do not exist;
`linli check --deploy` and a test refuse them. Level 6 and above is never part of a template: it
takes a right of its own, with a purpose and an end.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from linli.access.templates_of_rights.kinds import KIND_RIGHTS
from linli.access.templates_of_rights.shape import (
    CITY,
    LEVEL_WORDS,
    TOWN,
    VILLAGE,
    RightsTemplate,
)
from linli.access.templates_of_rights.tables import ALL
from linli.kernel.permits import PERMITS

__all__ = [
    "HIDDEN",
    "KIND_RIGHTS",
    "LEVEL_WORDS",
    "NEVER_BROKEN",
    "NEVER_FULL",
    "TEMPLATES",
    "RightsTemplate",
    "applies_at",
    "choices",
    "level_of",
    "meant_by_depth",
    "permits_of",
    "title_of",
    "unknown_names",
]

DEPTHS = {1: CITY, 2: TOWN}
TEMPLATES = {template.key: template for template in ALL}
# never given by hand
HIDDEN = frozenset({"resident", "full", "starter"})
# what even a full session lacks: the three administrators stay apart (GB/T 22239-2019)
NEVER_FULL = (
    "trail.",
    "translog.",
    "access.grant",
    "access.review",
    "access.approve_reset",
    "orgs.kinds",
    "orgs.party",
    "plan.party",
)
# what no emergency opens: giving rights, and the trail in which it stands
NEVER_BROKEN = ("access.", "trail.")


@cache
def permits_of(template: str) -> tuple[str, ...]:
    """Return the names of the permits in a template; an unknown template gives none."""
    if template == "full":
        return tuple(name for name in PERMITS if not name.startswith(NEVER_FULL))
    known = TEMPLATES.get(template)
    return known.permits if known else ()


def applies_at(template: str, path: str) -> bool:
    """Say whether a template is meant for the level of a place; a single permit always is."""
    known = TEMPLATES.get(template)
    return not template or (known is not None and level_of(path) in known.levels)


@cache
def meant_by_depth() -> list[str]:
    """Return each template with the depths of paths that it is meant for, as `clerk3`, for a statement.

    Groups and buildings count as their village, at depth 3.
    """
    levels = {depth: DEPTHS.get(depth, VILLAGE) for depth in range(4)}
    return [f"{one.key}{n}" for one in ALL for n, level in levels.items() if level in one.levels]


def level_of(path: str) -> str:
    """Return city, town or village of a path; groups and buildings count as their village."""
    return DEPTHS.get(path.count("/"), VILLAGE)


def title_of(template: str, permit: str) -> Any:
    """Return what a right is called: the template's title or the permit's."""
    if template:
        known = TEMPLATES.get(template)
        return known.title if known else template
    return PERMITS[permit].title if permit in PERMITS else permit


def choices() -> list[RightsTemplate]:
    """Return the templates that can be given by hand."""
    return [template for template in ALL if template.key not in HIDDEN]


def unknown_names() -> list[tuple[str, str]]:
    """Return (template, permit) where a template names a permit that no app has registered."""
    return [
        (template.key, name) for template in ALL for name in template.permits if name not in PERMITS
    ]
