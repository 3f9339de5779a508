"""A list of the trail as the rows of a file, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import NOBODY
from linli.kernel.registries import PLACE_NAMES, POST_NAMES, THING_NAMES, THINGS, VERBS
from linli.trail.types import Seen
from linli.ui.doers import doer, system
from linli.ui.formats import moment

OUTCOMES = {
    "done": gettext_lazy("carried out"),
    "refused": gettext_lazy("refused"),
    "read": gettext_lazy("data read"),
}


def title_of(entry: Seen) -> str:
    """Return what an act is called: its step if it is one of many, else its verb, as far as known."""
    step = VERBS.get(step_key(entry.verb, str(entry.details.get("move", ""))))
    known = step or VERBS.get(entry.verb)
    return str(known.title) if known else entry.verb


def step_key(verb: str, move: str) -> str:
    """Return under which key a step of a verb has its title."""
    return f"{verb}/{move}"


def thing_of(kind: str) -> str:
    """Return what a kind of thing is called, or the kind itself."""
    known = THINGS.get(kind)
    return str(known.title) if known else kind


def who_of(entry: Seen) -> str:
    """Return who did it: a name, else that nobody was signed in, or which work of the system it was."""
    if entry.account_id is not None:
        return entry.label
    verb = VERBS.get(entry.verb)
    if entry.label == NOBODY.label and verb and verb.unnamed:
        return str(verb.unnamed)
    told = doer(entry.label)
    # whatever acts without an account and has no title is a job of the system
    return told if told != entry.label else system()


def names_of(entries: Iterable[Seen]) -> tuple[dict[str, str], dict[int, str]]:
    """Return what the places and posts of entries are called."""
    found = list(entries)
    return (
        PLACE_NAMES.call({e.path for e in found if e.path}),
        POST_NAMES.call({e.post_id for e in found if e.post_id is not None}),
    )


def things_of(entries: Iterable[Seen]) -> dict[tuple[str, str], str]:
    """Return what the things are called that entries are about, by kind and key."""
    found: dict[tuple[str, str], str] = THING_NAMES.call({(e.kind, e.key) for e in entries})
    return found


def heads() -> list[str]:
    """Return the headings of a file."""
    return [
        _("No."), _("When"), _("Done by"), _("Post"), _("Outcome"), _("Act"), _("Concerning"),
        _("At which place"), _("Number of a person"), _("Purpose"), _("Recorded details"),
    ]  # fmt: skip


def rows_of(entries: list[Seen]) -> Iterator[list[Any]]:
    """Return entries as rows."""
    places, posts = names_of(entries)
    things = things_of(entries)
    for e in entries:
        yield [
            e.id, moment(e.at), who_of(e), "" if e.post_id is None else posts.get(e.post_id, ""),
            str(OUTCOMES[e.outcome]), title_of(e),
            " ".join([thing_of(e.kind), things.get((e.kind, e.key), ""), e.key]).replace("  ", " "),
            places.get(e.path, e.path), e.person_id or "", e.purpose, _plain(e.details),
        ]  # fmt: skip


def _plain(details: dict[str, object]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in details.items())
