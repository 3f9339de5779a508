"""Who did something, in words: people by their name, the system by what it was at."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from linli.kernel.permits import NOBODY
from linli.kernel.registries import POST_TITLES, SYSTEM_WORK
from linli.ui.formats import is_chinese

# how jobs are called that nobody gave a title; no name of a person looks so
JOB_LIKE = re.compile(r"[a-z_]+\.[a-z_]+")
NAME_AND_POST = re.compile(r"(?P<name>.+) \((?P<post>[^()]+)\)")


def doer(label: str) -> str:
    """Return a label that was kept with an act, as people read it."""
    if label == NOBODY.label:
        return _("Somebody not signed in")
    known = SYSTEM_WORK.get(label)
    if known:
        return _("The system: %(work)s") % {"work": known.title}
    return system() if JOB_LIKE.fullmatch(label) else _by_post(label)


def _by_post(label: str) -> str:
    """Labels were kept in Chinese, a name with its post: a usual post has an English title."""
    found = None if is_chinese() else NAME_AND_POST.fullmatch(label)
    english = POST_TITLES.call().get(found["post"]) if found else None
    return f"{found['name']} ({english})" if found and english else label


def system() -> str:
    """Return what the system is called where it is not said what it was at."""
    return _("The system")
