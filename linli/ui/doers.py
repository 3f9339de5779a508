"""Who did something, in words: people by their name, the system by what it was at."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from linli.kernel.permits import NOBODY
from linli.kernel.registries import SYSTEM_WORK

# how jobs are called that nobody gave a title; no name of a person looks so
JOB_LIKE = re.compile(r"[a-z_]+\.[a-z_]+")


def doer(label: str) -> str:
    """Return a label that was kept with an act, as people read it."""
    if label == NOBODY.label:
        return _("Somebody not signed in")
    known = SYSTEM_WORK.get(label)
    if known:
        return _("The system: %(work)s") % {"work": known.title}
    return system() if JOB_LIKE.fullmatch(label) else label


def system() -> str:
    """Return what the system is called where it is not said what it was at."""
    return _("The system")
