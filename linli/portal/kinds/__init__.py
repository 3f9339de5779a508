"""The kind of case that feedback is; what acts and things are called that the apps record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases.kinds.declaring import declare
from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Registry, Verb
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
    _add(VERBS, verbs.TITLES)
    _add(THINGS, things.TITLES)
    _add(SYSTEM_WORK, jobs.TITLES)


def _add(registry: Registry[Verb], titles: Mapping[str, Any]) -> None:
    for key, title in titles.items():
        if registry.get(key) is None:
            registry.add(Verb(key, title))
