"""The kind of case that feedback is; what acts and things are called that the apps record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from linli.cases.kinds.declaring import declare
from linli.cases.types.steps import STEPS
from linli.kernel.registries import CASE_KINDS, SYSTEM_WORK, THINGS, VERBS, Registry, Verb
from linli.notify.types import TEMPLATES, told
from linli.portal.kinds import jobs, sections, things, verbs
from linli.portal.kinds.feedback import FEEDBACK

OWN = "notify.own_matters"
TOLD = (
    # in inboxes of writers from before feedback had a number
    told(
        "portal.feedback_answered", _("Your comment was answered"), OWN,
        _("Your comment %(code)s on these pages was answered."),
    ),
    told(
        "portal.feedback_news", _("News of your feedback"), OWN,
        _("Feedback %(number)s: %(state)s %(next)s"),
    ),
    told(
        "portal.feedback_said", _("A word about your feedback"), OWN,
        _("The office wrote to you about feedback %(number)s. Read it there."),
    ),
)  # fmt: skip


def register() -> None:
    """Register feedback and its messages; give each verb, kind of thing and job its title, an app's own stays."""
    declare(FEEDBACK)
    sections.register()
    TEMPLATES.add_all(TOLD)
    VERBS.add(Verb("cases.moved", _("Step of a case"), unnamed=verbs.UNNAMED))
    _add(VERBS, verbs.TITLES)
    _add(VERBS, steps_of_cases())
    _add(THINGS, things.TITLES)
    _add(SYSTEM_WORK, jobs.TITLES)


def steps_of_cases() -> dict[str, Any]:
    """Return what each step of a case is called in the trail; one move may have names by kind.

    The kinds of all apps are there: this one stands above them.
    """
    found: dict[str, list[Any]] = {}
    for step in STEPS:
        found.setdefault(step.key, []).append(step.title)
    for entry in CASE_KINDS:
        for name, move in entry.kind.machine.moves.items():
            titles = found.setdefault(name, [])
            if move.title not in titles:
                titles.append(move.title)
    return {f"cases.moved/{name}": _all_names(*titles) for name, titles in found.items()}


def _joined(*titles: Any) -> str:
    """Return names in the reader's language, each once: kinds may share a word."""
    return " / ".join(dict.fromkeys(str(title) for title in titles))


_all_names = lazy(_joined, str)


def _add(registry: Registry[Verb], titles: Mapping[str, Any]) -> None:
    for key, title in titles.items():
        if registry.get(key) is None:
            registry.add(Verb(key, title))
