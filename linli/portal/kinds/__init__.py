"""What acts and things are called that the apps record, for whoever reads the trail; and a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Registry, Verb
from linli.notify.types import TEMPLATES, told
from linli.portal.kinds import jobs, things, verbs

ANSWERED = told(
    "portal.feedback_answered", _("Your comment was answered"), "notify.own_matters",
    _("Your comment %(code)s on these pages was answered."),
)  # fmt: skip


def register() -> None:
    """Register the message; give each verb, kind of thing and job its title, an app's own stays."""
    TEMPLATES.add(ANSWERED)
    _add(VERBS, verbs.TITLES)
    _add(THINGS, things.TITLES)
    _add(SYSTEM_WORK, jobs.TITLES)


def _add(registry: Registry[Verb], titles: Mapping[str, Any]) -> None:
    for key, title in titles.items():
        if registry.get(key) is None:
            registry.add(Verb(key, title))
